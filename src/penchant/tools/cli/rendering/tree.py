"""The interest tree in a terminal: bars for strength, arrows for trend, marks for the user's own edits."""

import shlex
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text
from rich.tree import Tree

from penchant.prompts.locales import Translator
from penchant.store.labels import merge_repeated_labels
from penchant.store.profile import Interest, Profile
from penchant.tools.cli.rendering.marks import Marks, marks_for
from penchant.tools.cli.rendering.printable import printable, text

BAR = 12
GUIDE = 4
WIDEST_LABEL = 40
SHOWN_KEYWORDS = 4
SHOWN_CLOCKS = 3
TREND_STYLES = {"rising": "green", "steady": "dim", "fading": "red"}


class ProfileTree:
    """A profile as a rich renderable."""

    def __init__(self, profile: Profile) -> None:
        self.profile = merge_repeated_labels(profile)
        self.words = Translator(profile.language, "cli")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rows = _Rows(self.profile, self.words, marks_for(console))
        tree = Tree(rows.heading(), guide_style="dim")
        for interest in self.profile.interests:
            rows.hang(tree, interest)
        yield Group(*rows.portrait(), tree, *rows.footers())


class _Rows:
    """The lines of one tree, with aligned columns."""

    def __init__(self, profile: Profile, words: Translator, marks: Marks) -> None:
        self.profile, self.words, self.marks = profile, words, marks
        ends = [GUIDE * node.level + cell_len(printable(node.label)) for node in profile.walk()]
        self.bar_column = min(max(ends, default=0), WIDEST_LABEL)
        self.most = max((node.strength for node in profile.interests), default=1.0) or 1.0

    def heading(self) -> Text:
        facts = self.words(
            "profile_facts",
            version=self.profile.version,
            at=day(self.profile.as_of),
            events=f"{self.profile.n_events:,}",
        )
        title = Text(self.words("profile_of", user=self.profile.user_id), style="bold")
        return title.append(f"  {facts}", style="not bold dim")

    def portrait(self) -> list[Text]:
        """Return the language model's portrait of the user, with the name of the model."""
        reading = self.profile.reading
        if reading is None or not reading.portrait:
            return []
        by = text(self.words("portrait_by", model=printable(reading.model or "?"), version=reading.version), "dim")
        return [Text(printable(reading.portrait), style="italic"), by]

    def hang(self, parent: Tree, interest: Interest) -> None:
        branch = parent.add(self.row(interest))
        for child in interest.children:
            self.hang(branch, child)

    def row(self, node: Interest) -> Text:
        width = max(self.bar_column - GUIDE * node.level, 8)
        row = Text(no_wrap=True, overflow="ellipsis")
        row.append(_fitted(node.label, width), style=_label_style(node))
        row.append(f"  {self.marks.bar(node.strength / self.most, BAR)} ", style=_bar_style(node))
        row.append(f"{node.strength * 100:5.1f} % ")
        row.append(self.marks.trends[node.trend], style=TREND_STYLES[node.trend])
        row.append(f" {node.evidence_count:>5,}  ", style="dim")
        for mark in self._edit_marks(node):
            row.append(f"[{mark}] ", style="magenta")
        for read in self._read(node):
            row.append(f"{printable(read)} ", style="blue italic")
        row.append(printable(" ".join(keyword.term for keyword in node.keywords[:SHOWN_KEYWORDS])), style="dim italic")
        row.rstrip()
        return row

    def footers(self) -> list[Text]:
        profile, lines = self.profile, []
        if not profile.interests:
            lines.append(self.words("nothing_known", user=shlex.quote(profile.user_id)))
        for direction in ("rose", "fell"):
            labels = [drift.label for drift in profile.drift if drift.direction == direction]
            if labels:
                lines.append(self.words(direction, labels=self.words("list_separator").join(labels)))
        if profile.pool.events:
            lines.append(self.words("pool", events=f"{profile.pool.events:,}"))
        if clocks := self._clocks():
            lines.append(self.words("memory", clocks=clocks))
        return [Text("  ").append(text(line, "dim")) for line in lines]

    def _edit_marks(self, node: Interest) -> list[str]:
        words: list[str] = [node.status] if node.status != "active" else []
        words += ["mixed"] if node.is_mixed else ["dislike"] if node.polarity == "dislike" else []
        words += ["stated"] if node.source == "stated" else []
        words += ["lent"] if node.lent else []
        return [self.words(word) for word in words]

    def _read(self, node: Interest) -> list[str]:
        """Return the narrower label and the kind that a language model gives an interest; "habit", the usual kind, is
        left out.
        """
        found = self.profile.reading.of(node.id) if self.profile.reading else None
        if found is None:
            return []
        label = [self.words("reads_as", label=found.label)] if found.label else []
        return label + ([self.words(f"kind_{found.kind}")] if found.kind != "habit" else [])

    def _clocks(self) -> str:
        trust: dict[float | None, float] = {}
        for expert in self.profile.experts:
            trust[expert.half_life_days] = trust.get(expert.half_life_days, 0.0) + expert.weight
        best = sorted(trust.items(), key=lambda pair: -pair[1])[:SHOWN_CLOCKS]
        return self.words("list_separator").join(
            f"{self._half_life(days)} {weight * 100:.0f} %" for days, weight in best if weight >= 0.005
        )

    def _half_life(self, days: float | None) -> str:
        return self.words("never_forgets") if days is None else self.words("days", days=f"{days:g}")


def day(moment: datetime | None) -> str:
    """Return the date, with the time where it is not midnight (UTC); "-" for None."""
    if moment is None:
        return "-"
    return moment.strftime("%Y-%m-%d" if not (moment.hour or moment.minute or moment.second) else "%Y-%m-%d %H:%M")


def _fitted(label: str, width: int) -> str:
    plain = printable(label)
    return set_cell_size(plain, width - 1) + "…" if cell_len(plain) > width else set_cell_size(plain, width)


def _label_style(node: Interest) -> str:
    if node.polarity == "dislike":
        return "red"
    return "dim" if node.status == "muted" else "bold" if node.level == 1 else ""


def _bar_style(node: Interest) -> str:
    if node.polarity == "dislike":
        return "red"
    return "dim" if node.status == "muted" else "cyan"
