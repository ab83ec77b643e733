"""The sentences for training and measuring the statement classifier: hand-written lines, and templates with fillings.

Every line is written for this project. Lines with the same wording (the same template, the same opening words) form a
group, and whole groups are held out, so that measured sentences were not seen with another filling.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from penchant.agent.statements.classifier import KINDS as KIND_NAMES
from penchant.agent.statements.sentences import blanked, sentences
from penchant.agent.statements.wordings import Kind

FOLDER = Path(__file__).parent / "statement_sentences"
#: Sentences in wordings of their own that no classifier is trained on.
GOLD = Path(__file__).parent.parent / "benchmarks" / "statement_gold"
KINDS: dict[str, Kind] = dict(zip("LDARPHGF", KIND_NAMES, strict=True))
SIGNS = {"L": "like", "D": "dislike", "A": "dislike", "R": "like", "P": "like", "H": "like", "G": "like", "F": None}
FILLINGS = 8


@dataclass(frozen=True)
class Example:
    """One sentence. `kind` None: it states nothing. `subject`: the words that must be in the detected subject, uncut."""

    text: str
    language: str
    group: str
    kind: Kind | None = None
    polarity: str | None = None
    subject: str = ""
    strict: bool = False

    @property
    def held_out(self) -> bool:
        """Return whether the group is held out: half of the groups, by a digest of their name."""
        return zlib.crc32(self.group.encode()) % 2 == 1


def examples(language: str) -> list[Example]:
    """Return every sentence of `language` ("en", "zh"), each text once; of a longer message only the sentence that
    states something.
    """
    slots = _slots(language)
    found = chain(
        chain.from_iterable(_statements(language, line, slots) for line in _lines(f"{language}_statements.txt")),
        chain.from_iterable(_statements(language, line, slots) for line in _lines(f"{language}_templates.txt")),
        chain.from_iterable(_others(language, line, slots) for line in _lines(f"{language}_others.txt")),
        (Example(line, language, _opening(language, line)) for line in _lines(f"{language}_requests.txt")),
        chain.from_iterable(_others(language, line, slots) for line in _lines(f"{language}_other_templates.txt")),
    )
    return list({example.text: example for example in chain.from_iterable(map(_sentences_of, found))}.values())


def _sentences_of(example: Example) -> list[Example]:
    """Return the sentence with the subject; all sentences of a text that states nothing."""
    parts = [replace(example, text=each.text) for each in sentences(blanked(example.text))]
    if len(parts) < 2:
        return [example]
    return [part for part in parts if example.subject.casefold() in part.text.casefold()][:1] if example.kind else parts


def gold(language: str, part: str) -> list[Example]:
    """Return the gold sentences of `language`. `part`: "seen" for those whose errors have been read, "unseen" for the
    others.
    """
    statements = (_statements(language, line, {}) for line in _lines(f"{language}_{part}_statements.txt", GOLD))
    found = [replace(example, group="statements") for example in chain.from_iterable(statements)]
    found += [Example(line, language, "others") for line in _lines(f"{language}_{part}_others.txt", GOLD)]
    trained = {comparable_text(example.text) for example in examples(language)}
    found = [example for example in found if comparable_text(example.text) not in trained]
    return [replace(example, text=example.text.replace("\\n", "\n")) for example in found]


def ordinary(language: str) -> list[Example]:
    """Return ordinary messages to an assistant, none of which states anything; not used for training either."""
    lines = _lines(f"{language}_requests.txt", GOLD)
    return [Example(line.replace("\\n", "\n"), language, "requests") for line in lines]


def comparable_text(text: str) -> str:
    """Return a text in lower case without punctuation and spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


def _lines(name: str, folder: Path = FOLDER) -> list[str]:
    return [line for line in (folder / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _slots(language: str) -> dict[str, list[str]]:
    slots: dict[str, list[str]] = {}
    for line in _lines(f"{language}_slots.txt"):
        name, _, fillings = line.partition(":")
        slots[name] = [example.strip() for example in fillings.split("|")]
    slots["thing"] = [example for name in slots["thing"] for example in slots[name]]
    return slots


def _statements(language: str, line: str, slots: dict[str, list[str]]) -> Iterator[Example]:
    mark, text = line.split(" ", 1)
    polarity = {"+": "like", "-": "dislike", "0": None}[mark[-1]] if mark[-1] in "+-0" else SIGNS[mark[0]]
    for filled in _filled(text, slots):
        subject = re.search(r"\[(.+?)\]", filled)
        plain = filled.replace("[", "").replace("]", "")
        shown = plain[:1].upper() + plain[1:] if slots else plain
        group = text if "{" in text else _opening(language, plain)
        yield Example(shown, language, group, KINDS[mark[0]], polarity, subject[1] if subject else "", "!" in mark)


def _others(language: str, line: str, slots: dict[str, list[str]]) -> Iterator[Example]:
    for filled in _filled(line, slots):
        yield Example(filled[:1].upper() + filled[1:], language, line if "{" in line else _opening(language, filled))


def _filled(text: str, slots: dict[str, list[str]]) -> Iterator[str]:
    """Yield up to eight fillings of a template, spread over its slot; the text itself where it has no slot."""
    names = re.findall(r"\{(\w+)\}", text)
    if not names:
        yield text
        return
    fillings = slots[names[0]]
    offset = zlib.crc32(text.encode())
    step = max(1, len(fillings) // FILLINGS)
    for turn in range(min(FILLINGS, len(fillings))):
        filled = text
        for number, name in enumerate(names):
            options = slots[name]
            filled = filled.replace(f"{{{name}}}", options[(offset + turn * step + number * 7) % len(options)], 1)
        yield filled


def _opening(language: str, text: str) -> str:
    """Return the first words, which lines of the same wording share."""
    return text[:3] if language == "zh" else " ".join(re.findall(r"[\w']+", text.casefold())[:3])


_ZH_VERBS = re.compile(
    r"^(?:在|去|看|吃|喝|穿|坐|用|跑|上|骑|做|减|增|考|自己|爬|早|带|碰|刷|陪|抽|买|写|读|听|玩|养|逛|睡前|能|对)+(?=.)"
)
_EN_LEAD = re.compile(
    r"^(?:(?:a|an|the|in|on|through|to|by|when|while|for|after|at|learn how to|go|going|do|play|playing|keep|have|having|read|write|take"
    r"|wear|use|drink|eat|buy|walk|work|run)\s+)+(?=\w)",
    re.IGNORECASE,
)


def comparable(subject: str, language: str) -> str:
    """Return a subject without optional articles and light verbs."""
    if language == "zh":
        return _ZH_VERBS.sub("", subject).rstrip("的了")
    return _EN_LEAD.sub("", subject.casefold())
