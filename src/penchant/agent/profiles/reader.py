"""Reads profiles: a stored or replayed state combined with edits, statements and population. Writes nothing and calls no language model."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from cachetools import LRUCache

from penchant.agent.privacy.consent import Permissions
from penchant.agent.profiles.cache import OpenedProfile, ProfileCache, ProfileQuery
from penchant.agent.profiles.engine.codec import LiveInterests, decode, is_of_first_version
from penchant.agent.profiles.engine.evidence import circumstances
from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.projection import Overlay, People, view
from penchant.agent.profiles.engine.rows import (
    LENT_UNTIL_EVENTS,
    Borrowed,
    lend,
    lent_by_friend,
    lent_by_mix,
    most_similar_kind,
)
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.engine.tree import instant
from penchant.agent.profiles.folding import Folding
from penchant.agent.profiles.population import DOCUMENT, Population
from penchant.agent.profiles.population_reader import PopulationReader
from penchant.agent.profiles.profile_diff import ProfileDiff, diff
from penchant.agent.profiles.words import WordPlacer
from penchant.agent.statements.book import StatementBook
from penchant.agent.taxonomy.service import TaxonomyService
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import SEE_EVERYONE, Cure, EmbedderMismatch, NotFoundError
from penchant.prompts.remarks import remark
from penchant.store.edits import Edit
from penchant.store.profile import Profile
from penchant.store.profile_states import ProfileState, ProfileStates
from penchant.store.profiles import StoredProfile
from penchant.store.readings import StoredReading
from penchant.store.statement import Statement
from penchant.store.user_records import UserRecords

PLACES_KEPT = 8


class Standing(NamedTuple):
    """The statements of a user that hold, and the edits that count."""

    statements: Sequence[Statement] = ()
    edits: Sequence[Edit] = ()


class ProfileReader:
    """Reads the profiles of one installation. `language`: the default language of labels. Thread-safe."""

    def __init__(
        self,
        *,
        records: UserRecords,
        statements: StatementBook,
        folding: Folding,
        taxonomies: TaxonomyService,
        words: WordPlacer,
        permissions: Permissions,
        cache: ProfileCache,
        language: str,
    ) -> None:
        self.profiles, self.ledger, self.edits = records.profiles, records.ledger, records.edits
        self.statements, self.readings = statements, records.readings
        self.populations = PopulationReader(records.documents)
        self.states = ProfileStates(records.database, DOCUMENT)
        self.folding, self.taxonomies, self.words = folding, taxonomies, words
        self.permissions, self.cache, self.language = permissions, cache, language
        self._places: LRUCache[tuple[int, int, str], Places] = LRUCache(PLACES_KEPT)

    def profile(
        self,
        user_id: str,
        at: datetime | None = None,
        version: int | None = None,
        language: str | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """Return the tree as of `at`, or in `version`; by default the latest. Raises `NotFoundError`, `UsageError`."""
        language, asked = language or self.language, circumstances(context or {})
        return self._open(ProfileQuery(user_id, at, version, language, asked)).profile

    def live(self, user_id: str, at: datetime | None = None, *, language: str | None = None) -> LiveInterests:
        """Return the leaves as arrays. Raises `NotFoundError`, `UsageError`."""
        return self._open(ProfileQuery(user_id, at, None, language or self.language)).live

    def diff(self, user_id: str, from_version: int, to_version: int) -> ProfileDiff:
        """Return what changed from one version to another. Raises `NotFoundError`."""
        return diff(self.profile(user_id, version=from_version), self.profile(user_id, version=to_version))

    def timeline(self, user: str, moments: Sequence[datetime], language: str | None) -> list[Profile]:
        """Return the tree as of each moment, earliest first, as `profile` would. The ledger is folded only once for all of them."""
        head = self.profiles.head(user)
        stored = self._state(head) if head else None
        past = [at for at in sorted(moments) if stored is None or at.timestamp() < stored.at]
        taxonomy = self._taxonomy_of(head)
        places = self.places(taxonomy, language)
        # the same state object is advanced each time, so each profile is read before the next state is requested
        states = zip(past, self.folding.states_at(user, past, taxonomy), strict=True)
        read = [self._stop(user, state, at, head, places) for at, state in states]
        rest = sorted(moments)[len(past) :] if stored is not None else []
        return read + [self._stop(user, stored, at, head, places) for at in rest if stored is not None]

    def _stop(self, user: str, state: State, at: datetime, head: StoredProfile | None, places: Places) -> Profile:
        standing, version = self._standing(user, at, places.language), head.version if head else 0
        overlay = self._overlay(state, places, standing, self.populations.known_at(at, head))
        reading = self._reading(user, version, places.language, at)
        return OpenedProfile(user, version, state, overlay, view(state, overlay, at.timestamp()), reading).profile

    def rebuilt(self, user: str) -> Profile:
        """Return the latest version, folded from scratch from the ledger. Raises `NotFoundError`."""
        head = self.profiles.head(user)
        if head is None:
            cure = Cure(("update", user), "makes one", "update_profile makes one")
            raise NotFoundError(f"user {user!r} has no profile yet", cure)
        stored, taxonomy = self._state(head), self._taxonomy_of(head)
        state = self.folding.from_scratch(user, instant(stored.at), taxonomy) if stored.n_events else State()
        places = self.places(taxonomy, None)
        standing = self._standing(user, None, places.language)
        overlay = self._overlay(state, places, standing, self.populations.known_at(None, head))
        reading = self._reading(user, head.version, places.language)
        shown = view(state, overlay, head.as_of.timestamp())
        return OpenedProfile(user, head.version, state, overlay, shown, reading).profile

    def places(self, taxonomy: Taxonomy, language: str | None) -> Places:
        """Return the nodes of `taxonomy` in a language, with the labels of the newest taxonomy."""
        newest = self.taxonomies.current()
        key = (taxonomy.version, newest.version, language or self.language)
        found = self._places.get(key)
        if found is None:
            found = Places(taxonomy, key[2], None if newest.version == taxonomy.version else newest)
            self._places[key] = found
        return found

    def forget(self) -> None:
        """Clear everything cached in memory, because a user is being erased."""
        self.cache.forget()
        self.words.forget()
        self.populations.forget()

    def _open(self, query: ProfileQuery) -> OpenedProfile:
        state = self.states.of(query.user_id)
        if state is None or state.friends or (query.at is not None and query.at < state.as_of):
            return self._read(query)  # it depends on the ledger or on other profiles
        return self.cache.get((query, state), state.shared, lambda: self._read(query, state))

    def _read(self, query: ProfileQuery, known: ProfileState | None = None) -> OpenedProfile:
        """Read a profile from the store. `known`: the user's `ProfileState`, used to skip queries for data that does not exist."""
        user, at, version, language, _ = query
        head = self.profiles.head(user) if version is None else self.profiles.at_version(user, version)
        when = at or (head.as_of if head else self._last_seen(user))
        if known is None or head is None or head.version != known.version:
            known = None  # outdated, or another version was requested
        state, taxonomy = self._state_at(query, head)
        of_version = head if version is not None else None
        until = at or (of_version.created_at if of_version else None)
        is_silent = known is not None and not known.edits and not known.statements
        standing = Standing() if is_silent else self._standing(user, until, language)
        population = (
            self.populations.of_version(of_version) if of_version else self.populations.known_at(at, head, known)
        )
        overlay = self._overlay(state, self.places(taxonomy, language), standing, population)
        overlay = replace(overlay, circumstances=query.circumstances)
        number = head.version if head else 0
        reading = self._reading(user, number, language, at) if known is None or known.read is not None else None
        return OpenedProfile(user, number, state, overlay, view(state, overlay, when.timestamp()), reading)

    def _state_at(self, query: ProfileQuery, head: StoredProfile | None) -> tuple[State, Taxonomy]:
        """Return the state at the moment of a query, and its taxonomy. Raises `EmbedderMismatch`."""
        at, taxonomy = query.at, self._taxonomy_of(head)
        state = self._state(head) if head else State()
        if query.version is None:
            if not state.n_events:  # no node depends on an older taxonomy yet
                taxonomy = self.taxonomies.current()
            _check_embedder(taxonomy, self.taxonomies.embedder.name)
        if at is not None and (head is None or at.timestamp() < state.at):
            state = self.folding.from_scratch(query.user_id, at, taxonomy)
        return state, taxonomy

    def _last_seen(self, user: str) -> datetime:
        """Return when the newest event or edit of a user happened. Raises `NotFoundError` where there is none of either."""
        moments = [event.at for event in self.ledger.recent(user, 1)] + [edit.at for edit in self.edits.for_user(user)]
        if not moments:
            raise NotFoundError(remark("user_unknown", user=repr(user)), SEE_EVERYONE)
        return max(moments)

    def _reading(self, user: str, version: int, language: str, until: datetime | None = None) -> StoredReading | None:
        """Return what a language model read in a version (0: none) until then, if the user still allows one to read."""
        found = self.readings.latest(user, version, language, until) if version else None
        return found if found is not None and self.permissions.allows(user, "llm") else None

    def _standing(self, user: str, until: datetime | None, language: str) -> Standing:
        return Standing(*self.statements.standing(user, until, language))

    def _state(self, head: StoredProfile) -> State:
        """Return the state of a version. A state from the first version of Penchant is folded again from the ledger."""
        if is_of_first_version(head.state):
            return self.folding.from_scratch(head.user_id, head.as_of, self.taxonomies.current())
        return decode(head.state)

    def _taxonomy_of(self, head: StoredProfile | None) -> Taxonomy:
        number = None if head is None else head.receipt["engine"].get("taxonomy")
        return self.taxonomies.current() if number is None else self.taxonomies.version(int(number))

    def _overlay(
        self, state: State, places: Places, standing: Standing, population: Population | None, *, lent: bool = True
    ) -> Overlay:
        edits = [edit for edit in standing.edits if _is_heard(edit, state)]
        labels = [label for edit in edits for label in (edit.text, *edit.path[-1:]) if label]
        stated = [edit.text or edit.path[-1] for edit in edits if edit.action == "state" and (edit.text or edit.path)]
        return Overlay(
            places=places,
            statements=tuple(standing.statements),
            edits=edits,
            vectors=self.words.vectors(labels),
            text_places=self._text_places(places.taxonomy, stated, edits),
            population=population,
            borrowed=self._borrowed(state, edits, population, places)
            if lent and state.n_events < LENT_UNTIL_EVENTS
            else (),
        )

    def _text_places(self, taxonomy: Taxonomy, stated: Sequence[str], edits: Sequence[Edit]) -> dict[str, str | None]:
        """Return the place of each stated label: where its sentence was placed when it was stored, else by the label alone."""
        heard = {edit.text: edit.details["place"] for edit in edits if edit.text and edit.details.get("place")}
        return self.words.place_in(taxonomy, stated) | self.words.limited_to(taxonomy, heard)

    def _borrowed(
        self, state: State, edits: Sequence[Edit], population: Population | None, places: Places
    ) -> list[Borrowed]:
        """Return the interests lent by friends, by people who share an attribute and by users of the most similar kind."""
        friends = dict.fromkeys(edit.text for edit in edits if edit.action == "friend" and edit.text)
        lenders = [self._of_friend(friend, places) for friend in friends]
        if population:
            portrait = [edit.text or "" for edit in edits if edit.action == "attribute"]
            lenders += [lent_by_mix(population.portraits.get(attribute, {}), places) for attribute in portrait]
            if state.n_events:
                kind = most_similar_kind(People(places.taxonomy).topics(state), population.kinds)
                lenders.append(lent_by_mix(kind, places))
        return lend([lender for lender in lenders if lender])

    def _of_friend(self, friend: str, places: Places) -> list[Borrowed]:
        head = self.profiles.head(friend)
        if head is None or not self.permissions.allows(friend, "profile"):
            return []
        state = self._state(head)
        standing = self._standing(friend, None, places.language)
        overlay = self._overlay(state, places, standing, self.populations.known_at(None, head), lent=False)
        friend_view = view(state, overlay, state.at)
        return lent_by_friend(friend_view.rows, friend_view.weights.p.tolist(), friend_view.weights.liking.tolist())


def _is_heard(edit: Edit, state: State) -> bool:
    """Return whether an edit counts in this state. What was said in a message counts once that message has been folded."""
    return "event_id" not in edit.details or edit.at.timestamp() <= state.at


def _check_embedder(taxonomy: Taxonomy, embedder: str) -> None:
    """Raise `EmbedderMismatch` if the taxonomy's vectors are from another embedder and so cannot be compared."""
    if taxonomy.embedder != embedder:
        raise EmbedderMismatch(
            f"profiles were made with the embedder {taxonomy.embedder!r}, the settings now say {embedder!r}: "
            "run `penchant update --all` to make them anew"
        )
