"""How a report speaks: sentences, deeds, numbers and dates, in English and Chinese."""

from datetime import datetime
from typing import Final

from penchant.tools.cli.rendering.words import Words
from penchant.tools.report.sentences import PHRASES

DEEDS: Final[dict[str, tuple[str, str]]] = {
    "view": ("viewed {about}", "浏览了{about}"),
    "click": ("clicked {about}", "点击了{about}"),
    "search": ("searched for {about}", "搜索了{about}"),
    "like": ("liked {about}", "喜欢了{about}"),
    "save": ("saved {about}", "收藏了{about}"),
    "cart": ("put {about} in the cart", "加购了{about}"),
    "purchase": ("bought {about}", "购买了{about}"),
    "rating": ("rated {about}", "评价了{about}"),
    "dwell": ("spent time on {about}", "细看了{about}"),
    "share": ("shared {about}", "分享了{about}"),
    "follow": ("followed {about}", "关注了{about}"),
    "message": ("wrote {about}", "写道{about}"),
    "skip": ("skipped {about}", "跳过了{about}"),
    "hide": ("hid {about}", "隐藏了{about}"),
    "dislike": ("disliked {about}", "不喜欢{about}"),
    "return": ("returned {about}", "退回了{about}"),
    "other": ("{type}: {about}", "{type}：{about}"),
}
KINDS: Final[dict[str, tuple[str, str]]] = {
    "view": ("viewed", "浏览"), "click": ("clicked", "点击"), "search": ("searched", "搜索"), "like": ("liked", "喜欢"),
    "save": ("saved", "收藏"), "cart": ("in the cart", "加购"), "purchase": ("bought", "购买"), "rating": ("rated", "评分"),
    "dwell": ("spent time on", "细看"), "share": ("shared", "分享"), "follow": ("followed", "关注"), "message": ("wrote", "消息"),
    "skip": ("skipped", "跳过"), "hide": ("hid", "隐藏"), "dislike": ("disliked", "不喜欢"), "return": ("returned", "退货"),
}  # fmt: skip


class Phrases(Words):
    """Sentences, numbers and dates of one language."""

    def __init__(self, language: str) -> None:
        super().__init__(language, PHRASES)
        self._deeds, self._kinds = Words(language, DEEDS), Words(language, KINDS)

    def percent(self, share: float) -> str:
        """A share (0–1) as people read it, to a tenth of a percent."""
        return self("percent", value=f"{share * 100:.1f}")

    def day(self, at: datetime) -> str:
        """A date in full."""
        return f"{at.year}年{at.month}月{at.day}日" if self.language == "zh" else f"{at.day} {at:%B} {at.year}"

    def short_day(self, at: datetime) -> str:
        """A date for lists."""
        return f"{at:%Y-%m-%d}" if self.language == "zh" else f"{at.day} {at:%b} {at.year}"

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
        return self._deeds(kind, about=quoted) if kind in DEEDS else self._deeds("other", type=kind, about=quoted)

    def kind(self, name: str) -> str:
        """An event type in words; one that settings added keeps its name."""
        return self._kinds(name) if name in KINDS else name
