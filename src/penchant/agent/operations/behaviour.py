"""Operations on events: record, import, correct, remove and read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penchant.agent.operations.operations import Operations, Progress, converts_arguments, unit_of_work, validated
from penchant.characters import is_chinese_sentence
from penchant.errors import Cure, ModelError, NotFoundError, PenchantError, UsageError
from penchant.prompts.locales import Translator
from penchant.store.event import MAX_CLOCK_DIFFERENCE, Event, refusal_reason, unknown_type
from penchant.store.identifiers import id_argument, normalises_ids
from penchant.store.receipt import ImportReceipt, MergeReceipt, Observed

if TYPE_CHECKING:
    from penchant.store.importing import ImportOptions


@converts_arguments
@normalises_ids
class BehaviourOperations(Operations):
    """The methods of an agent that concern events."""

    @unit_of_work
    def import_events(
        self,
        path: Path,
        on_progress: Progress | None = None,
        *,
        user_id: str | None = None,
        options: "ImportOptions | None" = None,
    ) -> ImportReceipt:
        """Import a file of events or chat transcripts into the ledger; write bad rows to a quarantine file. Raises `UsageError`.

        `user_id`: the user of rows and transcripts that name none. `options`: the format of the file, where it cannot be detected.
        """
        from penchant.agent.chat.reactions import judgements
        from penchant.store.importing import Offers, import_events

        return import_events(
            path,
            self.services.ledger,
            known_types=self.services.event_weights,
            consents=self.services.consents,
            clock=self.services.clock,
            quarantine_folder=self._quarantine,
            user_id=user_id,
            options=options,
            on_progress=on_progress,
            offers=Offers(judgements, self._items_by_title),
            known_items=self._known_items,
        )

    @unit_of_work
    def observe(self, events: Iterable[Event | Mapping[str, Any]]) -> Observed:
        """Append events to the ledger. An event that is known already counts as duplicate, and is named where its content differs from
        what is stored; one that the user does not allow is withheld.

        Raises `UsageError` for an unknown type, a time in the future, and a value that is not an event.
        """
        events = validated(Event, events)
        for number, event in enumerate(events):
            self._check(event, f"event {number}: " if len(events) > 1 else "")
        refuses = self.services.consents.refuses("profile")
        allowed = [event for event in events if not refuses(event.user_id)]
        taken = self.services.ledger.append_and_compare(allowed)
        withheld = len(events) - len(allowed) + len(taken.erased)
        return Observed(
            accepted=taken.accepted,
            duplicate=len(events) - taken.accepted - withheld,
            withheld=withheld,
            differing=list(dict.fromkeys(allowed[place].event_id for place in taken.differing)),
        )

    @unit_of_work
    def remove_events(self, user_id: str, event_ids: Sequence[str]) -> int:
        """Remove events, and rebuild the profile, its versions and the item models without them. Return how many were removed.

        Raises `NotFoundError` that names a missing event; nothing is removed then.
        """
        from penchant.store.corrections import remove_events

        removed = remove_events(self.services.database, user_id, event_ids, no_reason=self._no_reason)
        self._rebuild(user_id)
        return removed

    @unit_of_work
    def correct_event(self, event: Event) -> None:
        """Replace the user's event that has the same `event_id`. Raises `NotFoundError`, and `UsageError` as `observe` does."""
        from penchant.store.corrections import remove_events

        self._check(event)
        remove_events(self.services.database, event.user_id, [event.event_id], [event], no_reason=self._no_reason)
        self._rebuild(event.user_id)

    @unit_of_work
    def merge_users(self, user_id: str, into: str) -> MergeReceipt:
        """Merge an anonymous visitor into a known user: all data of `user_id` belongs to `into` from now on, as if they had always been
        one user.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.store.corrections import merge_users

        into = id_argument(into)
        self.services.permissions.require(into, "profile")
        receipt = merge_users(self.services.database, user_id, into)
        self._rebuild(into)
        head = self.services.profiles.head(into)
        return receipt.model_copy(update={"version": head.version if head else 0})

    def _items_by_title(self, titles: Sequence[str]) -> Mapping[str, str]:
        """Return items of the catalogue by title; nothing if the embedder fails, because the messages are stored in any case."""
        try:
            return self.services.catalogue.titled(titles)
        except ModelError:
            return {}

    def _known_items(self, item_ids: list[str]) -> set[str]:
        """Return which items the catalogue holds; all of them if it cannot be read, because events are stored in any case."""
        try:
            return self.services.catalogue.known(item_ids)
        except PenchantError:
            return set(item_ids)

    @staticmethod
    def _no_reason(reason: str) -> str:
        """Return what is stored in place of a reason for behaviour that was removed, in the language in which the reason was given."""
        return Translator("zh" if is_chinese_sentence(reason) else "en", "reasons")("taken_back")

    def _rebuild(self, user_id: str) -> None:
        """Drop the cached views and the item models, and rebuild the user's profile from the ledger."""
        self.services.profile_cache.forget()
        self.services.model_store.forget()
        if self.services.ledger.count(user_id):
            self.services.updater.update([user_id])

    def events(self, user_id: str, *, until: datetime | None = None) -> list[Event]:
        """Return the user's events (up to and including `until`), oldest first."""
        return [stored.event for stored in self.services.ledger.events(user_id, until=until)]

    def event(self, user_id: str, event_id: str) -> Event:
        """Return one event of the user. Raises `NotFoundError`."""
        found = self.services.ledger.get(user_id, [event_id]).get(event_id)
        if found is None:
            raise NotFoundError(
                f"user {user_id!r} has no event {event_id!r}", Cure(("events", "list", user_id), "names them")
            )
        return found

    def recent_events(self, user_id: str, limit: int) -> list[Event]:
        """Return the user's newest `limit` events, newest first."""
        return self.services.ledger.recent(user_id, limit)

    def _check(self, event: Event, place: str = "") -> None:
        """Raise `UsageError` for what cannot be written down. `place`: which of several it is, to begin the message with."""
        self._check_type(event.type, place)
        if event.at > self.services.clock.now() + MAX_CLOCK_DIFFERENCE:
            raise UsageError(
                f"{place}{event.at:%Y-%m-%d %H:%M} is in the future: record behaviour after it has happened"
            )
        if fault := refusal_reason(event):
            raise UsageError(f"{place}{fault}")

    def _check_type(self, name: str, place: str = "") -> None:
        if name not in self.services.event_weights:
            raise UsageError(place + unknown_type(name, self.services.event_weights))
