"""How a report speaks: sentences, deeds, numbers and dates, in English and Chinese."""

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
        """A share (0–1) as people read it, to a tenth of a percent."""
        return self("percent", value=f"{share * 100:.1f}")

    def day(self, at: datetime) -> str:
        """A date in full."""
        return day_in_words(at.astimezone(self.zone), self.language)

    def short_day(self, at: datetime) -> str:
        """A date for lists."""
        return short_day(at.astimezone(self.zone), self.language)

    def minute(self, at: datetime) -> str:
        """A date and the time of day."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def actions(self, count: int) -> str:
        """So many actions."""
        return self("one_action") if count == 1 else self("n_actions", count=f"{count:,}")

    def listed(self, labels: list[str]) -> str:
        """Labels as an enumeration."""
        if len(labels) < 2:
            return "".join(labels)
        return self("separator").join(labels[:-1]) + self("and") + labels[-1]

    def span(self, days: float) -> str:
        """A length of time in words."""
        if days >= 1.5:
            return self("days", days=f"{days:.0f}")
        if days >= 0.9:
            return self("day")
        return self("hours", hours=f"{days * 24:.0f}") if days * 24 >= 1.5 else self("hour")

    def half_life(self, days: float | None) -> str:
        """A half-life in words; None never fades."""
        return self("never_fades") if days is None else self.span(days)

    def deed(self, kind: str, about: str) -> str:
        """An event in words."""
        quoted = self("quoted", text=about)
        return self._events(kind if kind in self._events else "other", type=kind, about=quoted)

    def signal(self, name: str) -> str:
        """What a signal of a score is called."""
        return signal_in_words(name, self.language)

    def kind(self, name: str) -> str:
        """An event type in words; one that settings added keeps its name."""
        return self._kinds(name) if name in self._kinds else name
