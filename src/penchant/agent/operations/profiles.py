"""Profiles: brought up to date, read, edited, moved and told to an assistant."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from penchant.agent.operations.operations import Operations, Progress, one_work, reads_arguments
from penchant.characters import whole_characters
from penchant.errors import ErasedError, NotFoundError
from penchant.store.identifiers import takes_normal_ids
from penchant.store.profile import Profile
from penchant.store.receipt import UpdateReceipt, UserSummary, UserUpdate

if TYPE_CHECKING:
    from penchant.agent.profiles.portability import ProfileExport
    from penchant.agent.profiles.reader import ProfileDiff
    from penchant.agent.profiles.replay import Verification
    from penchant.agent.profiles.summary import ProfileContext
    from penchant.store.edits import Edit
    from penchant.store.profiles import ProfileVersion
    from penchant.store.statement import Statement, StatementHistory


@reads_arguments
@takes_normal_ids
class ProfileOperations(Operations):
    """What an agent does with profiles and statements."""

    @one_work
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
        self.services.erasures.forget_old()
        services = self.services
        if engine == "ray":
            from penchant.agent.app.bulk_work import update_over_ray

            receipt = update_over_ray(
                services.settings,
                services.ledger,
                services.updater,
                user_ids=user_ids or None,
                at=at,
                on_progress=on_progress,
            )
        else:
            receipt = services.updater.update(user_ids or None, at=at, on_progress=on_progress)
        self._tell_of_drift(receipt)
        return receipt

    def _tell_of_drift(self, receipt: UpdateReceipt) -> None:
        """A message for each user whose taste has begun to drift somewhere with this update, if anybody wants to be told."""
        if not any("drift" in webhook.events for webhook in self.services.webhooks.list()):
            return
        for update in receipt.users:
            if not update.events_new or update.status == "failed":
                continue
            with suppress(NotFoundError, ErasedError):  # erased since the update: there is nobody to tell of
                self._tell_of_one(update)

    def _tell_of_one(self, update: UserUpdate) -> None:
        updater = self.services.updater
        before = updater.profile(update.user_id, version=update.version - 1).drift if update.version > 1 else ()
        known = {(drift.id, drift.direction) for drift in before}
        news = [drift for drift in updater.profile(update.user_id).drift if (drift.id, drift.direction) not in known]
        if news:
            self.services.webhooks.tell_of_drift(
                update.user_id, update.version, [drift.model_dump(mode="json") for drift in news]
            )

    @one_work
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
        return self.services.updater.profile(user_id, at=at, version=version, language=lang, context=context)

    def timeline(self, user_id: str, moments: Sequence[datetime], *, lang: str | None = None) -> list[Profile]:
        """The tree as of each of these moments (ascending): each as `profile(at=)` gives it, for one reading of the behaviour."""
        return self.services.updater.views.timeline(user_id, moments, lang)

    def history(self, user_id: str) -> "list[ProfileVersion]":
        """Every version of the user's profile with its receipt, oldest first."""
        return self.services.updater.history(user_id)

    def diff(self, user_id: str, from_version: int, to_version: int) -> "ProfileDiff":
        """What changed from one version of a profile to another. Raises `NotFoundError`."""
        return self.services.updater.diff(user_id, from_version, to_version)

    @one_work
    def edit(
        self, user_id: str, action: str, node: str, text: str | None = None, *, based_on: int | None = None
    ) -> "Edit":
        """The user's own word on an interest (pin, unpin, mute, unmute, rename, remove, state): kept above every later summary.

        `node`: an id, a label, or labels joined by ` > `. `based_on`: the version that the user has seen; where another edit or update
        came after it, nothing is changed. Raises `UsageError`, `NotFoundError`, `ConflictError`, and `ConsentError` for what would add
        to the profile of a user who does not allow one; to mute, rename and take away stays their right.
        """
        from penchant.agent.profiles import edits

        permissions = self.services.permissions
        if not permissions.allows(user_id, "profile") and edits.adds(action, node, text):
            permissions.require(user_id, "profile")
        permissions.require_words(user_id)
        return edits.edit(self.services.updater, user_id, action, node, text, based_on=based_on)

    @one_work
    def undo(self, user_id: str) -> "Edit":
        """Take back the user's newest word that still stands, and return it. Raises `NotFoundError` where there is none."""
        from penchant.agent.profiles import edits

        return edits.undo(self.services.updater, user_id)

    @one_work
    def onboard(
        self,
        user_id: str,
        interests: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        friends: Sequence[str] = (),
    ) -> Profile:
        """A beginning for someone new: declared interests, a portrait, friends who lend theirs. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import edits

        self.services.permissions.require(user_id, "profile", words=",".join(interests))
        edits.onboard(self.services.updater, user_id, interests, attributes, friends)
        return self.profile(user_id)

    def export_profile(self, user_id: str) -> "ProfileExport":
        """The user's whole record as one document, from which `import_profile` gives it back exactly. Raises `NotFoundError`."""
        from penchant.agent.profiles import portability

        return portability.export_profile(self.services.updater, user_id)

    @one_work
    def import_profile(self, record: "ProfileExport") -> Profile:
        """Take a record in, here or elsewhere; what is known already counts once. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import portability

        self.services.permissions.require(record.user_id, "profile", words="every word of theirs")
        return portability.import_profile(self.services.updater, record)

    def verify(self, *, rebuild: bool = False, on_progress: Progress | None = None) -> "Verification":
        """Check what is stored; with `rebuild`, make every profile anew from the ledger and compare byte for byte."""
        from penchant.agent.profiles import replay

        return replay.verify(self.services.updater, rebuild=rebuild, on_progress=on_progress)

    @one_work
    def context(
        self, user_id: str, budget: int = 600, lang: str | None = None, *, query: str | None = None
    ) -> "ProfileContext":
        """What the user said and cares for as a short text for a system prompt, at most `budget` tokens by the configured model's count.

        `query`: what bears on this question is told first. Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.profiles.summary import counter_of, write_context
        from penchant.agent.statements.relevance import Relevance

        query = whole_characters(query or "").strip() or None
        self.services.permissions.require(user_id, "recommend", words=query)
        model = self.services.model if self.settings.llm.provider != "none" else None
        embedder = self.services.embedder
        relevance = Relevance(query, embedder.embed, embedder.name, self.services.words.topics) if query else None
        profile, zone = self.profile(user_id, lang=lang), self.zone_of(user_id)
        return write_context(profile, budget, counter_of(model), relevance, zone)

    @one_work
    def statements(self, user_id: str, *, history: bool = False, lang: str | None = None) -> "StatementHistory":
        """What the user has said of themself, as it holds now; with `history` all of it, oldest first, with what superseded it.

        Raises `NotFoundError` for a user nobody has seen.
        """
        from penchant.store.statement import StatementHistory

        book, language = self.services.statement_book, lang or self.settings.lang
        found = (book.history if history else book.current)(user_id, None, language)
        if not found:
            self.profile(user_id)
        return StatementHistory(user_id=user_id, statements=[statement for statement in found if statement.text])

    @one_work
    def remove_statement(self, user_id: str, statement_id: str) -> "Statement":
        """The user takes a statement back, for good; returns it with what ended it. Raises `NotFoundError`."""
        removed = self.services.statement_book.remove(user_id, statement_id)
        self.services.updater.save_edits(user_id)
        return removed

    def zone_of(self, user_id: str) -> tzinfo:
        """The time zone in which a user is told dates: their attribute `zone`, or that of the settings. Raises `UsageError`."""
        return self.services.zone_of(user_id)

    def personalise(self, user_id: str) -> str:
        """What to tell an assistant about the person it serves; that nothing is known, for a user nobody has seen."""
        from penchant.agent.profiles.summary import briefing

        try:
            text = self.context(user_id).text
        except NotFoundError:
            text = ""
        return briefing(text, user_id, self.settings.lang, self.settings.prompts)

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        return self.services.profiles.summaries(self.services.ledger.counts())
