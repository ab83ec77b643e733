"""A capable language model reads one user's profile: a portrait, narrower labels, and why the user cares about each strong interest.

There is at most one call per user and update, only when enough has changed since the last one (`is_due`), and within a token budget.
The reading is stored beside the version it was made from. No structure and no number comes from it, so profiles can be replayed
without it. Anything the model mentions that is not in the profile is left out (`reading_check`). Small models are never asked.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from penchant.agent.llm.model import LanguageModel, Prompt, token_counter
from penchant.agent.llm.structured_output import Completion, complete
from penchant.agent.profiles.reading_check import Passage, fits_titles, unsupported_claim
from penchant.errors import PenchantError
from penchant.prompts.contexts import InterestLine, ReadProfile
from penchant.prompts.fence import Trusted, neutralise
from penchant.prompts.locales import Translator
from penchant.prompts.remarks import remark
from penchant.prompts.render import render
from penchant.prompts.replies import ProfileReading, read_profile_reply
from penchant.store.catalogue import Catalogue
from penchant.store.consents import Consents
from penchant.store.event import EventType
from penchant.store.plain import lower_shouting, plain
from penchant.store.profile import Interest, LeafReading, Profile
from penchant.store.readings import StoredReading
from penchant.store.receipt import Degraded, Usage
from penchant.store.statement import Statement
from penchant.store.user_records import UserRecords

STEP = "read_profile"
LEAST_EVENTS = 5
"""A profile with fewer events is not worth a call."""
MOVED = 0.2
"""A profile is read again when at least this share of its total strength has moved to other interests."""
FIRST = 3
"""A profile is also read again when one of this many strongest interests was not in the last reading."""
SIZES = ((8, 4, 8), (8, 3, 6), (6, 3, 5), (5, 2, 4), (4, 2, 3), (3, 2, 2), (2, 1, 1))
"""How many interests, titles per interest and statements are shown; the first combination that fits the budget is used."""
TITLE_LENGTH, LABEL_LENGTH, STATEMENT_LENGTH = 48, 60, 120
ANY_REPLY, INTEREST_REPLY = 200, 24
"""Tokens that a reply may take in any case, and additionally for each interest."""
BOUGHT = frozenset({EventType.PURCHASE})


@dataclass(frozen=True)
class Outcome:
    """The result of reading one profile. `saved`: whether a reading with content was stored."""

    saved: bool = False
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


@dataclass(frozen=True)
class _Leaf:
    """An interest as shown to the model: `titles` ready for the prompt, and the claims that its events prove (`proves`)."""

    node: Interest
    titles: tuple[str, ...]
    proves: frozenset[str]


@dataclass(frozen=True)
class _Shown:
    """The content of one call."""

    leaves: tuple[_Leaf, ...]
    statements: tuple[Statement, ...]
    prompt: Prompt
    max_tokens: int


class PersonalReader:
    """Has a model read the profiles of an installation, in `language`. Thread-safe if the model is."""

    def __init__(
        self,
        model: LanguageModel,
        records: UserRecords,
        catalogue: Catalogue,
        consents: Consents,
        *,
        max_tokens: int,
        language: str,
        max_in_flight: int = 8,
        prompts: Path | None = None,
    ) -> None:
        self.model, self.catalogue = model, catalogue
        self.readings, self.ledger = records.readings, records.ledger
        self.consents, self.max_tokens, self.language = consents, max_tokens, language
        self.max_in_flight, self.prompts = max_in_flight, prompts

    @property
    def is_capable(self) -> bool:
        """Whether the model can read profiles: it names freely and tells several groups apart in one reply."""
        profile = self.model.profile
        return self.max_tokens > 0 and profile.tier == "name" and profile.groups_per_call > 1

    def read(self, users: Sequence[str], profile_of: Callable[[str], Profile]) -> dict[str, Outcome]:
        """Read the profiles of those `users` who allow it and whose profile has changed enough. Returns the outcome for each, by id.

        `profile_of` returns a user's current profile. If a whole round of parallel calls fails, the remaining users are skipped.
        Model failures are never raised; they are reported in the outcomes.
        """
        done: dict[str, Outcome] = {}
        due = self._due(users, profile_of, done)
        at_once = max(1, self.max_in_flight)
        with ThreadPoolExecutor(at_once, "penchant-read-profile") as pool:
            while wave := list(islice(due, at_once)):
                outcomes = list(pool.map(self._read_one, wave))
                done |= {profile.user_id: outcome for profile, outcome in zip(wave, outcomes, strict=True)}
                if all(outcome.degraded and not outcome.saved for outcome in outcomes):
                    break
        return done

    def _due(
        self, users: Sequence[str], profile_of: Callable[[str], Profile], done: dict[str, Outcome]
    ) -> Iterator[Profile]:
        """Yield the profiles to be read. A profile that cannot be opened gets a failed outcome in `done`."""
        refuses = self.consents.refuses("llm")
        for user in users:
            if refuses(user):
                continue
            try:
                profile = profile_of(user)
                if is_due(profile, self._last(profile)):
                    yield profile
            except PenchantError as error:
                done[user] = _nothing(str(error))

    def _last(self, profile: Profile) -> StoredReading | None:
        """Return the last reading that is still valid for the profile, even one without content."""
        found = self.readings.latest(profile.user_id, profile.version, self.language)
        return found if found is not None and found.still_applies(profile) else None

    def _read_one(self, profile: Profile) -> Outcome:
        try:
            shown = self._shown(profile)
            if shown is None:
                reason = f"the profile does not fit {self.max_tokens} tokens: raise reading.max_tokens, or set it to 0"
                return _nothing(reason)
            reply_type = read_profile_reply(interests=len(shown.leaves))
            done = complete(
                self.model,
                shown.prompt,
                reply_type,
                max_tokens=shown.max_tokens,
                language=self.language,
                repairs=False,
            )
            return self._outcome(profile, shown, done)
        except PenchantError as error:
            return _nothing(str(error))

    def _outcome(self, profile: Profile, shown: _Shown, done: Completion[ProfileReading]) -> Outcome:
        if done.value is None:
            return Outcome(usage=done.usage, degraded=done.degraded)
        portrait, faults = _portrait(done.value, shown, self.language)
        stored = StoredReading(
            version=profile.version,
            as_of=profile.as_of,
            language=self.language,
            portrait=portrait,
            interests=tuple(_interests(done.value, shown.leaves, self.language)),
            model=self.model.profile.model,
            leaves={leaf.node.id: leaf.node.strength for leaf in shown.leaves},
            statements=tuple(statement.id for statement in profile.statements),
        )
        saved = self.readings.add(profile.user_id, stored) and stored.reading is not None
        refused = tuple(Degraded(step=STEP, reason=remark("left_out_of_portrait", fault=fault)) for fault in faults)
        return Outcome(saved, done.usage, done.degraded + refused)

    def _shown(self, profile: Profile) -> _Shown | None:
        """Return as much of the profile as fits the budget; None if even the smallest selection does not fit."""
        leaves = [self._leaf(profile.user_id, node) for node in strongest(profile, SIZES[0][0])]
        count = token_counter(self.model)
        budget = min(self.max_tokens, self.model.profile.context_tokens)
        for interests, titles, statements in SIZES:
            some = tuple(_Leaf(leaf.node, leaf.titles[:titles], leaf.proves) for leaf in leaves[:interests])
            known = tuple(profile.statements[:statements])
            prompt = self._prompt(profile.user_id, some, known)
            reply = ANY_REPLY + INTEREST_REPLY * len(some)
            if count(prompt.system) + count(prompt.user) + reply <= budget:
                return _Shown(some, known, prompt, reply)
        return None

    def _prompt(self, user: str, leaves: Sequence[_Leaf], statements: Sequence[Statement]) -> Prompt:
        say = Translator(self.language, "marks")
        lines = tuple(
            InterestLine(
                neutralise(leaf.node.label, LABEL_LENGTH),
                neutralise(" > ".join(leaf.node.path[:-1]), LABEL_LENGTH),
                tuple(Trusted(say(proof)) for proof in sorted(leaf.proves)),
                "; ".join(leaf.titles),
            )
            for leaf in leaves
        )
        sentences = tuple(neutralise(each.text or each.subject, STATEMENT_LENGTH) for each in statements)
        return render(STEP, self.language, ReadProfile(lines, sentences), user_id=user, folder=self.prompts)

    def _leaf(self, user: str, node: Interest) -> _Leaf:
        events = self.ledger.get(user, node.evidence)
        ordered = [events[name] for name in node.evidence if name in events]
        items = self.catalogue.get(list(dict.fromkeys(event.item_id for event in ordered if event.item_id)))
        titles = [_short(items[event.item_id].title) for event in ordered if event.item_id in items]
        proves = {node.trend} if node.trend in ("rising", "fading") else set[str]()
        proves |= {"disliked"} if node.polarity == "dislike" else set()
        proves |= {"purchase"} if any(event.type in BOUGHT for event in ordered) else set()
        return _Leaf(node, tuple(dict.fromkeys(filter(None, titles))), frozenset(proves))


def _nothing(reason: str) -> Outcome:
    return Outcome(degraded=(Degraded(step=STEP, reason=reason),))


def strongest(profile: Profile, most: int) -> list[Interest]:
    """Return the user's strongest own interests, without muted ones and those borrowed from others."""
    leaves = [node for node in profile.walk() if not node.children and node.status != "muted" and not node.lent]
    return sorted(leaves, key=lambda node: (-node.strength, node.id))[:most]


def is_due(profile: Profile, last: StoredReading | None) -> bool:
    """Return whether enough has changed since the last valid reading: there is none, the statements differ, one of the three strongest
    interests was not in it, or a fifth of the total strength has moved to other interests.
    """
    if profile.n_events < LEAST_EVENTS:
        return False
    leaves = strongest(profile, SIZES[0][0])
    if not leaves:
        return False
    if last is None or {statement.id for statement in profile.statements} != set(last.statements):
        return True
    gained = sum(max(node.strength - last.leaves.get(node.id, 0.0), 0.0) for node in leaves)
    return gained >= MOVED or any(node.id not in last.leaves for node in leaves[: min(FIRST, len(last.leaves))])


def _short(title: str) -> str:
    return neutralise(lower_shouting(plain(title)), TITLE_LENGTH)


def _portrait(reply: ProfileReading, shown: _Shown, language: str) -> tuple[str, list[str]]:
    """Return the sentences that the profile supports, and the faults of the others."""
    passages = list(_passages(shown))
    faults = {sentence: unsupported_claim(sentence, passages, language) for sentence in reply.portrait}
    true = [sentence for sentence, fault in faults.items() if fault is None]
    return Translator(language, "reasons")("between_sentences").join(true), [
        fault for fault in faults.values() if fault is not None
    ]


def _passages(shown: _Shown) -> Iterator[Passage]:
    for number, leaf in enumerate(shown.leaves, 1):
        for title in leaf.titles or ("",):
            yield Passage((*leaf.node.path, title), leaf.proves, number)
    for statement in shown.statements:
        negative = statement.polarity == "dislike" or statement.kind == "avoid"
        proves = {"disliked"} if negative else set[str]()
        yield Passage(
            (statement.subject, statement.text), frozenset(proves | ({"strict"} if statement.strict else set()))
        )


def _interests(reply: ProfileReading, leaves: Sequence[_Leaf], language: str) -> Iterator[LeafReading]:
    """Yield the reason for each interest, and a narrower label where the titles justify it."""
    taken: set[str] = {leaf.node.label.casefold() for leaf in leaves}
    for reading in sorted(reply.interests, key=lambda reading: reading.interest):
        leaf = leaves[reading.interest - 1]
        label = _label(reading.label, leaf, taken, language)
        taken |= {label.casefold()} if label else set()
        yield LeafReading(id=leaf.node.id, label=label, kind=reading.kind)


def _label(label: str, leaf: _Leaf, taken: Collection[str], language: str) -> str | None:
    """Return a narrower label that no other interest has. None if there is none, or if the user has named the interest."""
    own = leaf.node.label_source == "user" or leaf.node.source == "stated"
    fits = bool(label) and fits_titles(label, leaf.node.path, leaf.titles, language)
    return label if fits and not own and label.casefold() not in taken else None
