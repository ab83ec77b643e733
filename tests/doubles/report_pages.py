"""Reading a page back: its exact numbers, its links and its texts."""

from html.parser import HTMLParser

from report_shop import NOW

from penchant.store.profile import Profile
from penchant.tools.report.changes import branches
from penchant.tools.report.context import EvidenceRow, Report, ReportEvidence
from penchant.tools.report.phrases import Phrases
from penchant.tools.report.portrait import portrait

VOID = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """`nodes`: the numbers of each interest; `values`: every exact number; `ids`, `links`; `text`: what is shown, without scripts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.nodes: dict[str, list[float]] = {}
        self.values: list[float] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scripts = 0
        self.text = ""
        self._open: list[tuple[str, str | None]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag == "data":
            self.values.append(float(str(given["value"])))
            node = next((name for _, name in reversed(self._open) if name), None)
            if node:
                self.nodes.setdefault(node, []).append(self.values[-1])
        self.scripts += tag == "script" and "type" not in given
        if tag not in VOID:
            self._open.append((tag, given.get("data-node")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in ("script", "style"):
            self.text += data


def made_up(profile: Profile, like: Report, rows: int = 5_000) -> Report:
    """The report of another, with this profile and `rows` of its evidence in it."""
    known = [(name, node.id) for node in profile.walk() if not node.children for name in node.evidence]
    shown = tuple(
        EvidenceRow(
            event_id=name,
            anchor=f"e{number}",
            at=NOW,
            type="purchase",
            action="bought",
            about=f"A thing with a title of usual length, number {number}",
            item_id=f"thing-{number}",
            value=None,
            weight=1.0,
            interests=(node,),
        )
        for number, (name, node) in enumerate(known[:rows])
    )
    cards = tuple(
        card.model_copy(update={"reason": card.reason[:1], "cites": (), "without": None}) for card in like.cards
    )
    changes = like.changes.model_copy(update={"risen": (), "faded": ()})
    return like.model_copy(
        update={
            "profile": profile,
            "branches": branches(profile),
            "portrait": portrait(profile, profile.n_events, Phrases(like.language)),
            "evidence": ReportEvidence(known=profile.n_events, rows=shown),
            "cards": cards,
            "changes": changes,
            "doubts": (),
        }
    )
