"""Sentences, event descriptions, numbers and dates of reports, in English and Chinese."""

from datetime import datetime

from penchant.prompts.locales import Translator, day_in_words, short_day, signal_in_words
from penchant.store.moments import zone_named


class Phrases(Translator):
    """Sentences, numbers and dates of one language and time zone."""

    def __init__(self, language: str, zone: str = "UTC") -> None:
        super().__init__(language, "report")
        self.zone = zone_named(zone)
        self._events, self._kinds = Translator(language, "events"), Translator(language, "kinds")

    def percent(self, share: float) -> str:
        """Return a share (0–1) in percent, with one decimal."""
        return self("percent", value=f"{share * 100:.1f}")

    def day(self, at: datetime) -> str:
        """Return a full date."""
        return day_in_words(at.astimezone(self.zone), self.language)

    def short_day(self, at: datetime) -> str:
        """Return a short date, for lists."""
        return short_day(at.astimezone(self.zone), self.language)

    def minute(self, at: datetime) -> str:
        """Return a date with the time of day."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def actions(self, count: int) -> str:
        """Return a number of actions in words."""
        return self("one_action") if count == 1 else self("n_actions", count=f"{count:,}")

    def listed(self, labels: list[str]) -> str:
        """Return labels as an enumeration."""
        if len(labels) < 2:
            return "".join(labels)
        return self("separator").join(labels[:-1]) + self("and") + labels[-1]

    def span(self, days: float) -> str:
        """Return a number of days in words, in hours where it is short."""
        if days >= 1.5:
            return self("days", days=f"{days:.0f}")
        if days >= 0.9:
            return self("day")
        return self("hours", hours=f"{days * 24:.0f}") if days * 24 >= 1.5 else self("hour")

    def half_life(self, days: float | None) -> str:
        """Return a half-life in words; None never fades."""
        return self("never_fades") if days is None else self.span(days)

    def action(self, kind: str, about: str) -> str:
        """Return an event in words."""
        quoted = self("quoted", text=about)
        return self._events(kind if kind in self._events else "other", type=kind, about=quoted)

    def signal(self, name: str) -> str:
        """Return the name of a signal for readers."""
        return signal_in_words(name, self.language)

    def kind(self, name: str) -> str:
        """Return an event type in words; types added in the settings keep their name."""
        return self._kinds(name) if name in self._kinds else name
