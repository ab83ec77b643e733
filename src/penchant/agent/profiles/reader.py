"""Profiles as they are read: a stored or replayed state, with everything laid over it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.profiles.cache import OpenedProfile
from penchant.agent.profiles.cold_start import LENT_UNTIL_EVENTS, Borrowed, lend, of_mix, similar
from penchant.agent.profiles.engine.codec import decode
from penchant.agent.profiles.engine.contextual import circumstances
from penchant.agent.profiles.engine.grouping import settled
from penchant.agent.profiles.engine.profile_arrays import LiveInterests
from penchant.agent.profiles.engine.projection import Overlay, View, view
from penchant.agent.profiles.engine.state import State, normalised
from penchant.agent.profiles.engine.tree import moment
from penchant.agent.profiles.folding import Folding
from penchant.agent.profiles.names import Naming, stated_key
from penchant.agent.profiles.observations import embedded
from penchant.agent.profiles.population import DOCUMENT, Person, Population
from penchant.agent.profiles.readers.reader import Reading, ReadRequest
from penchant.errors import SEE_EVERYONE, Cure, NotFoundError
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.profile import Profile
from penchant.store.stamps import Stamps

if TYPE_CHECKING:
    from penchant.agent.app.services import Services


class ProfileReader:
    """Reads the profiles of one installation."""

    def __init__(self, parts: "Services", folding: Folding, naming: Naming, edits: Edits, documents: Documents) -> None:
        self.parts, self.folding, self.naming = parts, folding, naming
        self.edits, self.documents = edits, documents
        self.stamps, self.kept = Stamps(parts.database, DOCUMENT), parts.profile_cache

    def profile(
        self,
        user: str,
        at: datetime | None,
        version: int | None,
        language: str | None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """The tree of `user` as of `at`, or as `version` had it; by default the latest. Raises `NotFoundError`, `UsageError`."""
        return self._open(user, at, version, language, context).profile

    def timeline(self, user: str, moments: Sequence[datetime], language: str | None) -> list[Profile]:
        """The tree as of each moment, earliest first, as `profile` has it: the ledger is folded once, and read at every stop."""
        head = self.parts.profiles.head(user)
        number, stored = (head.version, decode(head.state)) if head else (0, None)
        past = [at for at in sorted(moments) if stored is None or at.timestamp() < stored.at]
        states = zip(past, self.folding.stops(user, past), strict=True)
        read = [self._stop(user, state, at, number, language) for at, state in states]
        rest = sorted(moments)[len(past) :] if stored is not None else []
        return read + [self._stop(user, stored, at, number, language) for at in rest if stored is not None]

    def _stop(self, user: str, state: State, at: datetime, number: int, language: str | None) -> Profile:
        overlay = self._overlay(user, state, at, language or self.parts.settings.lang, None)
        return self._opened(user, state, overlay, at, number, said_until=at).profile

    def live(self, user: str, at: datetime | None, context: Mapping[str, str] | None = None) -> LiveInterests:
        """The leaves as arrays. Raises `NotFoundError`, `UsageError`."""
        return self._open(user, at, None, None, context).live

    def rebuilt(self, user: str) -> Profile:
        """The latest version as the ledger and the recorded names give it from scratch. Raises `NotFoundError`."""
        head = self.parts.profiles.head(user)
        if head is None:
            cure = Cure(("update", user), "makes one", "update_profile makes one")
            raise NotFoundError(f"user {user!r} has no profile yet", cure)
        stored = decode(head.state)
        state = self.folding.from_scratch(user, moment(stored.at)) if stored.n_events else self.folding.empty()
        overlay = self._overlay(user, state, None, self.parts.settings.lang, None)
        return self._opened(user, state, overlay, head.as_of, head.version).profile

    def person(self, user: str) -> Person | None:
        """What a user adds to the population: a function of their state and portrait alone. None without any interest."""
        head = self.parts.profiles.head(user)
        if head is None:
            return None
        state = decode(head.state)
        seen = self._recorded(state)
        mix: dict[str, float] = {}
        sums: dict[str, np.ndarray] = {}
        for row, p in zip(seen.rows, seen.weights.p, strict=True):
            mix[row.topic] = mix.get(row.topic, 0.0) + float(p)
            sums[row.topic] = sums.get(row.topic, np.zeros(state.dimensions, np.float32)) + np.float32(p) * row.vector
        portrait = [edit.text for edit in self._standing(user, None) if edit.action == "attribute" and edit.text]
        labels = {row.topic: row.path[0] for row in seen.rows}
        vectors = {topic: normalised(total) for topic, total in sums.items()}
        return Person(mix, state.trust, labels, vectors, tuple(portrait)) if mix else None

    def _open(
        self,
        user: str,
        at: datetime | None,
        version: int | None,
        language: str | None,
        context: Mapping[str, str] | None = None,
    ) -> OpenedProfile:
        asked, language = circumstances(context or {}), language or self.parts.settings.lang
        stamp = self.stamps.of(user)
        if stamp is None or stamp.friends or (at is not None and at < stamp.as_of):
            return self._read(user, at, version, language, asked)  # others' profiles or the ledger have a say in it
        key = (user, stamp, self.folding.calibration, at, version, language, asked)
        return self.kept.get(key, stamp.shared, lambda: self._read(user, at, version, language, asked))

    def _read(
        self, user: str, at: datetime | None, version: int | None, language: str, circumstances: Sequence[str]
    ) -> OpenedProfile:
        head = self.parts.profiles.head(user) if version is None else self.parts.profiles.at_version(user, version)
        if head is None and not self.parts.ledger.count(user) and not self.edits.for_user(user):
            raise NotFoundError(f"nobody has seen user {user!r}", SEE_EVERYONE)
        state = decode(head.state) if head else self.folding.empty()
        if at is not None and (head is None or at.timestamp() < state.at):
            state = self.folding.from_scratch(user, at)
        of_version = head if version is not None else None
        said_until = at or (of_version.created_at if of_version else None)
        learnt = of_version.receipt["population"] if of_version else None
        overlay = replace(self._overlay(user, state, said_until, language, learnt), circumstances=circumstances)
        when = at or (head.as_of if head else self.parts.clock.now())
        return self._opened(user, state, overlay, when, head.version if head else 0, said_until=said_until)

    def _opened(
        self,
        user: str,
        state: State,
        overlay: Overlay,
        at: datetime,
        version: int,
        *,
        said_until: datetime | None = None,
    ) -> OpenedProfile:
        said = tuple(self.parts.statement_book.current(user, said_until, overlay.language))
        return OpenedProfile(user, version, state, overlay, view(state, overlay, at.timestamp()), said)

    def _overlay(
        self,
        user: str,
        state: State,
        said_until: datetime | None,
        language: str,
        learnt: int | None,
        *,
        lent: bool = True,
    ) -> Overlay:
        edits = [edit for edit in self._standing(user, said_until) if _is_heard(edit, state)]
        names = self._names(user, state, edits, language)
        placed = [_placed(edit, names) for edit in edits]
        labels = [label for edit in placed for label in (edit.text, *edit.path[-1:]) if label]
        population = Population.load(self.documents.get(DOCUMENT, learnt) if learnt != 0 else None)
        return Overlay(
            names=names,
            language=language,
            calibration=self.folding.calibration,
            edits=placed,
            vectors=embedded(labels, self.parts.embedder),
            population=population,
            borrowed=self._borrowed(state, edits, population, language)
            if lent and state.n_events < LENT_UNTIL_EVENTS
            else (),
        )

    def _standing(self, user: str, until: datetime | None) -> list[Edit]:
        return self.parts.statement_book.edits_of(user, until)

    def _names(self, user: str, state: State, edits: Sequence[Edit], language: str) -> dict[str, Reading]:
        """Every reading a view needs; what is missing in this language is read now and recorded."""
        leaves = settled(state, self.folding.calibration).leaves
        unplaced = [edit for edit in edits if edit.action == "state" and edit.text and not edit.path]
        labels = {stated_key(edit.text): edit.text for edit in unplaced if edit.text}
        known = self.naming.known({leaf.key for leaf in leaves} | set(labels), language)
        groups = self.naming.groups([leaf for leaf in leaves if leaf.key not in known])
        groups += [self.naming.stated(label) for key, label in labels.items() if key not in known]
        if groups:
            request = ReadRequest(user, language, tuple(groups))
            [reply] = self.parts.reader.read([request])
            self.naming.record(request, reply, self.parts.model_name)
            known |= self.naming.known([group.key for group in groups], language)
        return known

    def _borrowed(
        self, state: State, edits: Sequence[Edit], population: Population | None, language: str
    ) -> list[Borrowed]:
        """What friends, people of the same portrait and users of the same kind lend, called by its names in `language`."""

        def label(topic: str, learnt: str) -> str:
            return self.parts.vocabulary.translated(topic, learnt, language)

        lenders = [self._of_friend(edit.text, language) for edit in edits if edit.action == "friend" and edit.text]
        if population:
            lenders += [
                of_mix(population, population.portraits.get(e.text or "", {}), label)
                for e in edits
                if e.action == "attribute"
            ]
            if state.n_events:
                lenders.append(of_mix(population, self._same_kind(state, population), label))
        return lend([lender for lender in lenders if lender])

    def _same_kind(self, state: State, population: Population) -> dict[str, float]:
        seen = self._recorded(state)
        mix: dict[str, float] = {}
        for row, p in zip(seen.rows, seen.weights.p, strict=True):
            mix[row.topic] = mix.get(row.topic, 0.0) + float(p)
        return similar(mix, population.kinds)

    def _recorded(self, state: State) -> View:
        """The state with recorded names only: nothing is asked of a model, nobody else is looked at."""
        language, calibration = self.parts.settings.lang, self.folding.calibration
        keys = [leaf.key for leaf in settled(state, calibration).leaves]
        return view(state, Overlay(self.naming.known(keys, language), language, calibration), state.at)

    def _of_friend(self, friend: str, language: str) -> list[Borrowed]:
        head = self.parts.profiles.head(friend)
        if head is None or not self.parts.permissions.allows(friend, "profile"):
            return []
        state = decode(head.state)
        overlay = self._overlay(friend, state, None, language, None, lent=False)
        seen = view(state, overlay, state.at)
        weighed = zip(seen.rows, seen.weights.p.tolist(), seen.weights.liking.tolist(), strict=True)
        return [
            Borrowed(row.path[:2], row.topic, row.vector, p)
            for row, p, liking in weighed
            if p > 0 and liking >= 0.5 and not row.muted
        ]


def _is_heard(edit: Edit, state: State) -> bool:
    """What was said in a message counts from the message on, as does everything else about it."""
    return "event_id" not in edit.details or edit.at.timestamp() <= state.at


def _placed(edit: Edit, names: dict[str, Reading]) -> Edit:
    """A stated label takes the place it was read to have, under its own words."""
    reading = names.get(stated_key(edit.text)) if edit.action == "state" and edit.text and not edit.path else None
    return edit.model_copy(update={"path": (*reading.path[:2], edit.text)}) if reading else edit
