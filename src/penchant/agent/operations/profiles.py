"""Operations on profiles and statements: update, read, edit, move and summarise them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from penchant.agent.operations.operations import Operations, Progress, converts_arguments, unit_of_work
from penchant.characters import whole_characters
from penchant.errors import Cure, ErasedError, NotFoundError
from penchant.prompts.remarks import remark
from penchant.store.identifiers import normalises_ids
from penchant.store.profile import Profile
from penchant.store.receipt import UpdateReceipt, UserSummary, UserUpdate

if TYPE_CHECKING:
    from penchant.agent.profiles.portability import ProfileExport
    from penchant.agent.profiles.profile_diff import ProfileDiff
    from penchant.agent.profiles.replay import Verification
    from penchant.agent.profiles.summary import ProfileContext
    from penchant.store.edits import Edit
    from penchant.store.profiles import ProfileVersion
    from penchant.store.statement import Statement, StatementHistory


@converts_arguments
@normalises_ids
class ProfileOperations(Operations):
    """The methods of an agent that concern profiles and statements."""

    @unit_of_work
    def update(
        self,
        *user_ids: str,
        at: datetime | None = None,
        engine: Literal["local", "ray"] = "local",
        on_progress: Progress | None = None,
    ) -> UpdateReceipt:
        """Fold new events into the profiles of these users (none named: of all users); the receipt accounts for every event.

        `engine`: in this process, or over the processes of a Ray cluster. Raises `UsageError` if Ray is not installed.
        """
        self.services.erasures.forget_old()
        services = self.services
        if engine == "ray":
            from penchant.agent.app.bulk_work import update_over_ray

            receipt = update_over_ray(services, user_ids=user_ids or None, at=at, on_progress=on_progress)
        else:
            receipt = services.updater.update(user_ids or None, at=at, on_progress=on_progress)
        self._send_drift_webhooks(receipt)
        return receipt

    def _send_drift_webhooks(self, receipt: UpdateReceipt) -> None:
        """Send a message to the `drift` webhooks for each user for whom this update found a new drift."""
        if not any("drift" in webhook.events for webhook in self.services.webhooks.list()):
            return
        for update in receipt.users:
            if not update.events_new or update.status == "failed":
                continue
            with suppress(NotFoundError, ErasedError):  # the user was erased since the update
                self._send_drift_webhook(update)

    def _send_drift_webhook(self, update: UserUpdate) -> None:
        reader = self.services.profile_reader
        before = reader.profile(update.user_id, version=update.version - 1).drift if update.version > 1 else ()
        known = {(drift.id, drift.direction) for drift in before}
        news = [drift for drift in reader.profile(update.user_id).drift if (drift.id, drift.direction) not in known]
        if news:
            self.services.webhooks.announce_drift(
                update.user_id, update.version, [drift.model_dump(mode="json") for drift in news]
            )

    @unit_of_work
    def profile(
        self,
        user_id: str,
        *,
        at: datetime | None = None,
        version: int | None = None,
        lang: str | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """Return the tree of interests as of `at` (by default now). Raises `NotFoundError` for a user without any data.

        `context`: give the strengths under these circumstances (`hour`, `day`, `device`, `place`), as far as there is evidence for
        them.
        """
        return self.services.profile_reader.profile(user_id, at=at, version=version, language=lang, context=context)

    def timeline(self, user_id: str, moments: Sequence[datetime], *, lang: str | None = None) -> list[Profile]:
        """Return the profile as of each of `moments` (ascending), equal to `profile(at=)` but with one reading of the events."""
        return self.services.profile_reader.timeline(user_id, moments, lang)

    def history(self, user_id: str) -> "list[ProfileVersion]":
        """Return every version of the user's profile with its receipt, oldest first."""
        return self.services.profiles.history(user_id)

    def diff(self, user_id: str, from_version: int, to_version: int) -> "ProfileDiff":
        """Return what changed from one version of a profile to another. Raises `NotFoundError`."""
        return self.services.profile_reader.diff(user_id, from_version, to_version)

    @unit_of_work
    def edit(
        self, user_id: str, action: str, node: str, text: str | None = None, *, based_on: int | None = None
    ) -> "Edit":
        """Edit an interest on behalf of the user (pin, unpin, mute, unmute, rename, remove, state); the edit survives every later
        update.

        `node`: an id, a label, or labels joined by ` > `. `based_on`: the version that the user saw; if an edit or update came after
        it, nothing is changed. Raises `UsageError`, `NotFoundError`, `UnchangedError`, `ConflictError`, and `ConsentError` for an edit that
        would add to the profile of a user who does not allow one; muting, renaming and removing stay allowed.
        """
        from penchant.agent.profiles.edits import adds

        permissions = self.services.permissions
        if not permissions.allows(user_id, "profile") and adds(action, node, text):
            permissions.require(user_id, "profile")
        permissions.require_words(user_id)
        return self.services.profile_editor.edit(user_id, action, node, text, based_on=based_on)

    @unit_of_work
    def undo(self, user_id: str) -> "Edit":
        """Undo the user's newest edit that still holds, and return it. Raises `UnchangedError` if there is none."""
        return self.services.profile_editor.undo(user_id)

    @unit_of_work
    def onboard(
        self,
        user_id: str,
        interests: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        friends: Sequence[str] = (),
    ) -> Profile:
        """Start a profile from declared interests, attributes and the interests of friends. Raises `UsageError`, `ConsentError`."""
        self.services.permissions.require(user_id, "profile", words=",".join(interests))
        self.services.profile_editor.onboard(user_id, interests, attributes, friends)
        return self.profile(user_id)

    def export_profile(self, user_id: str) -> "ProfileExport":
        """Return all data of the user as one document, which `import_profile` restores exactly. Raises `NotFoundError`."""
        return self.services.profile_transfer.export(user_id)

    @unit_of_work
    def import_profile(self, record: "ProfileExport") -> Profile:
        """Import an exported record, here or elsewhere; data known already is not counted twice. Raises `UsageError`, `ConsentError`."""
        self.services.permissions.require(record.user_id, "profile", words="every word of theirs")
        return self.services.profile_transfer.import_record(record)

    def verify(self, *, rebuild: bool = False, on_progress: Progress | None = None) -> "Verification":
        """Check the stored data. With `rebuild`, rebuild every profile from the ledger and compare byte for byte."""
        return self.services.verifier.verify(rebuild=rebuild, on_progress=on_progress)

    @unit_of_work
    def context(
        self, user_id: str, budget: int = 600, lang: str | None = None, *, query: str | None = None
    ) -> "ProfileContext":
        """Return the user's statements and interests as a short text for a system prompt, at most `budget` tokens as the configured
        model counts them.

        `query`: a question; what bears on it comes first. Raises `UsageError`, `NotFoundError`, `ConsentError`.
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

    @unit_of_work
    def statements(self, user_id: str, *, history: bool = False, lang: str | None = None) -> "StatementHistory":
        """Return the user's current statements; with `history` all of them, oldest first, each with the statement that superseded it.

        Raises `NotFoundError` for a user without any data.
        """
        from penchant.store.statement import StatementHistory

        book, language = self.services.statement_book, lang or self.settings.lang
        found = (book.history if history else book.current)(user_id, None, language)
        if not found:
            self.profile(user_id)
        return StatementHistory(user_id=user_id, statements=[statement for statement in found if statement.text])

    def statement(self, user_id: str, statement_id: str) -> "Statement":
        """Return one of the user's current statements. Raises `NotFoundError`."""
        found = self.services.statement_book.current(user_id)
        wanted = next((statement for statement in found if statement.id == statement_id), None)
        if wanted is None:
            unknown = remark("no_statement", user=repr(user_id), statement=repr(statement_id))
            raise NotFoundError(unknown, Cure(("statements", user_id), "lists them"))
        return wanted

    @unit_of_work
    def remove_statement(self, user_id: str, statement_id: str) -> "Statement":
        """Remove a statement for good on behalf of the user; return it with what ended it. Raises `NotFoundError`."""
        removed = self.services.statement_book.remove(user_id, statement_id)
        self.services.updater.save_edits(user_id)
        return removed

    def zone_of(self, user_id: str) -> tzinfo:
        """Return the time zone for dates shown to a user: their attribute `zone`, or that of the settings. Raises `UsageError`."""
        return self.services.zone_of(user_id)

    def personalise(self, user_id: str) -> str:
        """Return a text that tells an assistant about the user it serves; for a user without any data it says that nothing is known."""
        from penchant.agent.profiles.summary import briefing

        try:
            text = self.context(user_id).text
        except NotFoundError:
            text = ""
        return briefing(text, user_id, self.settings.lang, self.settings.prompts)

    def users(self) -> list[UserSummary]:
        """Return a summary of every user with events or a profile, by id."""
        return self.services.profiles.summaries(self.services.ledger.counts())
