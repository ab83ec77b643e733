"""`InterestAgent`: everything Penchant does, behind one object."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from penchant.agent.app.services import Parts
from penchant.agent.recommend.avoidance import recommend_avoiding
from penchant.errors import UsageError
from penchant.settings import Language, Settings
from penchant.store.clock import Clock
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.receipt import EraseReceipt, ImportReceipt, Observed, UpdateReceipt, UserSummary
from penchant.store.recommendation import ItemExplanation, Recommendation

if TYPE_CHECKING:
    from penchant.agent.app.model_check import ModelCheck
    from penchant.agent.app.model_choice import ModelFile, ModelList
    from penchant.agent.app.usage_statistics import Stats
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.privacy.consent import ConsentRecord
    from penchant.agent.profiles.diff import ProfileDiff
    from penchant.agent.profiles.portability import ProfileExport
    from penchant.agent.profiles.replay import Verification
    from penchant.agent.profiles.summary import ProfileContext
    from penchant.agent.recommend.feedback import FeedbackReceipt
    from penchant.agent.recommend.tuning.setting import TuneReport
    from penchant.store.catalogue import AddReceipt
    from penchant.store.edits import Edit
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.profiles import ProfileVersion

MAX_K = 200
Progress = Callable[[int, int], None]
"""Called with (done, total): bytes for imports, users for updates."""


class InterestAgent:
    """Living interest profiles over one store. Blocking and thread-safe: one object serves a whole server."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        embedder: "Embedder | None" = None,
        model: "LanguageModel | None" = None,
    ) -> Self:
        """Open the installation that `settings` describe (by default: environment and `penchant.toml`). Raises `UsageError`."""
        return cls(Parts(settings or Settings.load(), clock=clock, embedder=embedder, model=model))

    def speaking(self, lang: Language) -> Self:
        """The same installation in another language: labels, reasons and prompts; everything stored is shared."""
        return self if lang == self.parts.settings.lang else type(self)(self.parts.speaking(lang))

    # What goes in

    def add_items(self, items: Sequence[Item], on_progress: Progress | None = None) -> "AddReceipt":
        """Put items into the catalogue; unchanged ones cost nothing, changed ones are embedded again."""
        return self.parts.catalogue.add(items, on_progress)

    def reembed(self, on_progress: Progress | None = None) -> int:
        """Embed the whole catalogue again with the embedder in force; returns how many items there are."""
        from penchant.store.catalogue import connect, reembed

        return reembed(connect(self.parts.settings), self.parts.item_embedder, on_progress)

    def import_items(self, path: Path, on_progress: Progress | None = None) -> ImportReceipt:
        """Read a JSONL, CSV or Parquet file into the catalogue; bad rows go to a quarantine file. Raises `UsageError`."""
        from penchant.store.importing import import_items

        return import_items(path, self.parts.catalogue, quarantine_folder=self._quarantine, on_progress=on_progress)

    def import_events(
        self, path: Path, on_progress: Progress | None = None, *, user_id: str | None = None
    ) -> ImportReceipt:
        """Read a file of behaviour, or of chat transcripts, into the ledger; bad rows go to a quarantine file. Raises `UsageError`.

        `user_id`: whose a transcript is that does not say.
        """
        from penchant.store.importing import import_events

        return import_events(
            path,
            self.parts.ledger,
            known_types=frozenset(self.parts.event_weights),
            consents=self.parts.consents,
            clock=self.parts.clock,
            quarantine_folder=self._quarantine,
            user_id=user_id,
            on_progress=on_progress,
        )

    def observe(self, events: Sequence[Event]) -> Observed:
        """Write behaviour down; what is known already counts as duplicate, what a user does not allow is withheld.

        Raises `UsageError` for an unknown type or a future time.
        """
        from penchant.store.importing.events import AHEAD

        latest = self.parts.clock.now() + AHEAD
        for event in events:
            self._check_type(event.type)
            if event.at > latest:
                raise UsageError(
                    f"{event.at:%Y-%m-%d %H:%M} lies in the future: behaviour is written down once it has happened"
                )
        barred = self.parts.consents.barred("profile")
        allowed = [event for event in events if not barred(event.user_id)]
        accepted = self.parts.ledger.append(allowed)
        withheld = len(events) - len(allowed)
        return Observed(accepted=accepted, duplicate=len(allowed) - accepted, withheld=withheld)

    def events(self, user_id: str, *, until: datetime | None = None) -> list[Event]:
        """What the user did (up to and including `until`), oldest first."""
        return [stored.event for stored in self.parts.ledger.events(user_id, until=until)]

    def items(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items of the catalogue among these, by id."""
        return self.parts.catalogue.get(item_ids)

    # Profiles

    def update(
        self,
        *user_ids: str,
        at: datetime | None = None,
        engine: Literal["local", "ray"] = "local",
        on_progress: Progress | None = None,
    ) -> UpdateReceipt:
        """Fold new behaviour into the profiles of these users (none named: of all), and say what was done with every event.

        `engine`: in this process, or over the processes of a Ray cluster. Raises `UsageError` where Ray is not installed.
        """
        if engine == "ray":
            from penchant.agent.app.ray_executor import update_over_ray

            return update_over_ray(self.parts, user_ids or None, at, on_progress)
        return self.parts.updater.update(user_ids or None, at=at, on_progress=on_progress)

    def profile(
        self,
        user_id: str,
        *,
        at: datetime | None = None,
        version: int | None = None,
        lang: str | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """The tree of interests as of `at` (by default now). Raises `NotFoundError` for a user nobody has seen.

        `context`: strengths in these circumstances (`hour`, `day`, `device`, `place`), as far as there is evidence of them.
        """
        return self.parts.updater.profile(user_id, at=at, version=version, language=lang, context=context)

    def timeline(self, user_id: str, moments: Sequence[datetime], *, lang: str | None = None) -> list[Profile]:
        """The tree as of each of these moments (ascending): each as `profile(at=)` gives it, for one reading of the behaviour."""
        return self.parts.updater.views.timeline(user_id, moments, lang)

    def history(self, user_id: str) -> "list[ProfileVersion]":
        """Every version of the user's profile with its receipt, oldest first."""
        return self.parts.updater.history(user_id)

    def diff(self, user_id: str, from_version: int, to_version: int) -> "ProfileDiff":
        """What changed from one version of a profile to another. Raises `NotFoundError`."""
        return self.parts.updater.diff(user_id, from_version, to_version)

    def edit(self, user_id: str, action: str, node: str, text: str | None = None) -> "Edit":
        """The user's own word on an interest (pin, unpin, mute, unmute, rename, remove, state): kept above every later summary.

        `node`: an id, a label, or labels joined by ` > `. Raises `UsageError`, `NotFoundError`.
        """
        from penchant.agent.profiles import edits

        self.parts.permissions.require_words(user_id)
        return edits.edit(self.parts.updater, user_id, action, node, text)

    def undo(self, user_id: str) -> "Edit":
        """Take back the user's newest word that still stands, and return it. Raises `NotFoundError` where there is none."""
        from penchant.agent.profiles import edits

        return edits.undo(self.parts.updater, user_id)

    def onboard(
        self,
        user_id: str,
        interests: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        friends: Sequence[str] = (),
    ) -> Profile:
        """A beginning for someone new: declared interests, a portrait, friends who lend theirs. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import edits

        self.parts.permissions.require(user_id, "profile", words=",".join(interests))
        edits.onboard(self.parts.updater, user_id, interests, attributes, friends)
        return self.profile(user_id)

    def export_profile(self, user_id: str) -> "ProfileExport":
        """The user's whole record as one document, from which `import_profile` gives it back exactly. Raises `NotFoundError`."""
        from penchant.agent.profiles import portability

        return portability.export_profile(self.parts.updater, user_id)

    def import_profile(self, record: "ProfileExport") -> Profile:
        """Take a record in, here or elsewhere; what is known already counts once. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import portability

        self.parts.permissions.require(record.user_id, "profile", words="every word of theirs")
        return portability.import_profile(self.parts.updater, record)

    def verify(self, *, rebuild: bool = False, on_progress: Progress | None = None) -> "Verification":
        """Check what is stored; with `rebuild`, make every profile anew from the ledger and compare byte for byte."""
        from penchant.agent.profiles import replay

        return replay.verify(self.parts.updater, rebuild=rebuild, on_progress=on_progress)

    def context(self, user_id: str, budget: int = 600, lang: str | None = None) -> "ProfileContext":
        """The profile as a short text for a system prompt, at most `budget` tokens by the configured model's count.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.profiles.summary import counter_of, write_context

        self.parts.permissions.require(user_id, "recommend")
        return write_context(self.profile(user_id, lang=lang), budget, counter_of(self.parts))

    def personalise(self, user_id: str) -> str:
        """What to tell an assistant about the person it serves; that nothing is known, for a user nobody has seen."""
        from penchant.agent.profiles.summary import briefing

        return briefing(self, user_id)

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        return self.parts.updater.users()

    # Recommending

    def recommend(
        self,
        user_id: str,
        k: int = 10,
        *,
        query: str | None = None,
        domain: str | None = None,
        avoid: str | None = None,
        at: datetime | None = None,
        llm: bool = True,
        against: int | None = None,
    ) -> Recommendation:
        """The best `k` items the user has not had, each with its reasons. Raises `UsageError`, `NotFoundError`, `ConsentError`.

        `query`: what is wanted just now; `avoid`: what must not be in it, such as "violence"; `against`: a version of the tuned setting
        (0: before any) that shares the list with the one in force, so that `stats` can tell which of them more is taken from.
        """
        if avoid and against is not None:
            raise UsageError("a list shared by two settings avoids nothing: leave out `avoid` or `against`")
        from penchant.agent.recommend.feedback import to_keep

        if not 1 <= k <= MAX_K:
            raise UsageError(f"k must be between 1 and {MAX_K}, not {k}")
        query = (query or "").strip() or None
        self.parts.permissions.require(user_id, "recommend", words=query)
        if avoid:
            ask = partial(recommend_avoiding, self.parts, user_id, k, avoid=avoid)
        elif against is not None:
            from penchant.agent.recommend.interleave import interleaved

            ask = partial(interleaved, self.parts.recommender, user_id, k, version=against)
        else:
            ask = partial(self.parts.recommender.recommend, user_id, k)
        made = ask(query=query, domain=domain, at=at, llm=llm)
        self.parts.recommendations.save(to_keep(made))
        return made

    def explain(self, user_id: str, item_id: str, *, at: datetime | None = None) -> ItemExplanation:
        """Why, or why not, this item. Raises `NotFoundError`, `ConsentError`."""
        self.parts.permissions.require(user_id, "recommend")
        return self.parts.recommender.explain(user_id, item_id, at=at)

    def feedback(
        self,
        user_id: str,
        item_id: str,
        outcome: str,
        recommendation_id: str | None = None,
        *,
        at: datetime | None = None,
    ) -> "FeedbackReceipt":
        """What the user made of an item: `shown`, `clicked`, `liked`, `disliked` or `rated:N`; the last three are behaviour too.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.recommend.feedback import take

        self.parts.permissions.require(user_id, "recommend")
        return take(self.parts, user_id, item_id, outcome, of=recommendation_id, at=at, observe=self.observe)

    def stats(self) -> "Stats":
        """How lists are taken, and what language models cost."""
        from penchant.agent.app.usage_statistics import stats

        return stats(self)

    def models(self) -> "ModelList":
        """What is known of language models, and which is in force."""
        from penchant.agent.app.model_choice import list_models

        return list_models(self.parts.settings)

    def model_file(self, name: str | None = None) -> "ModelFile":
        """The file of a local model, by default of the one in force. Raises `ModelError` when it is not there."""
        from penchant.agent.app.model_choice import model_file

        return model_file(self.parts.settings, name)

    def pull_model(self, name: str, sha256: str | None = None, on_progress: Progress | None = None) -> "ModelFile":
        """Fetch a model's file from a hub, going on where an earlier attempt stopped. Raises `UsageError`, `ModelError`."""
        from penchant.agent.app.model_choice import pull_model

        return pull_model(self.parts.settings, name, sha256, on_progress)

    def check_model(
        self, name: str | None = None, groups: int | None = None, on_progress: Progress | None = None
    ) -> "ModelCheck":
        """Ask a model questions with known answers, by default the one in force. Raises `UsageError` when there is none."""
        from penchant.agent.app.model_choice import check_model

        return check_model(self.parts, name, groups, on_progress)

    def tune(self, users: int = 500, on_progress: Progress | None = None) -> "TuneReport":
        """Fit the ranking to what at most `users` users chose in the past, kept only where it is surely better. Raises `UsageError`."""
        from penchant.agent.recommend.tuning.run import tune

        return tune(self.parts.recommender, users, on_progress)

    def search_items(self, query: str, k: int = 10, domain: str | None = None) -> "list[tuple[Item, float]]":
        """The items nearest in meaning to `query`, with their cosine similarity."""
        catalogue = self.parts.catalogue
        [hits] = catalogue.search(self.parts.embedder.embed_query(query)[None, :], k, domain) or [[]]
        items = catalogue.get([hit.item_id for hit in hits])
        return [(items[hit.item_id], hit.similarity) for hit in hits if hit.item_id in items]

    # Trust

    def consent(self, user_id: str) -> "ConsentRecord":
        """What the user allows (`profile`, `recommend`, `llm`), since when, and everything that was said about it."""
        return self.parts.permissions.show(user_id)

    def grant(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user allows these purposes (none named: all). Raises `UsageError`."""
        return self.parts.permissions.grant(user_id, *purposes)

    def revoke(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user no longer allows these purposes (none named: all), from the next call on. Raises `UsageError`."""
        return self.parts.permissions.revoke(user_id, *purposes)

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove everything held of the user, in every place, and look again (`residue`). Cannot be undone; asking twice is no error."""
        from penchant.agent.app.erasure import erase

        return erase(self.parts, user_id)

    @property
    def _quarantine(self) -> Path:
        return self.parts.settings.home / "quarantine"

    def _check_type(self, name: str) -> None:
        if name not in self.parts.event_weights:
            known = ", ".join(EventType)
            raise UsageError(
                f"unknown event type {name!r}: use one of {known}, or give it a weight under [event_weights]"
            )
