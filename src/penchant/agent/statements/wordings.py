"""The kinds of statements, and the patterns that find them in a sentence.

Also the patterns of clauses that hold only for the moment, and the parts of expressions that many English patterns
share.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from penchant.lazy_patterns import lazy

Kind = Literal["like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact"]
Polarity = Literal["like", "dislike"]


ADVERB = (
    r"(?:really|absolutely|truly|just|also|still|so|totally|quite|simply|do|definitely|actually|now|honestly|personally|generally|usually|always|often|particularly|especially|strongly|deeply|genuinely|rather|very|much|"
    r"completely|currently|mostly|mainly|typically|normally|strictly|religiously|both|all|thoroughly|kind\s+of|kinda|sort\s+of|pretty|tends?\s+to|seriously|incredibly|intensely|utterly|frankly|sometimes|recently|firmly|basically|probably|certainly|"
    r"almost|nearly|too|largely|primarily|consciously|actively|make\s+sure\s+to|try\s+to|try\s+my\s+best\s+to|do\s+my\s+best\s+to|fully|severely|highly|extremely|super|naturally|constantly|increasingly|more|most|best|even|already|quickly|easily|specifically|regularly|slowly|simply|continually|reliably|finally|eventually|simply\s+just|on\s+the\s+other\s+hand|for\s+one|myself|make\s+(?:an|every)\s+effort\s+to|try\s+hard\s+to|go\s+out\s+of\s+my\s+way\s+to|take\s+care\s+to)"
)
V = rf"(?:{ADVERB}\s+){{0,5}}"
I = r"(?:\b(?:i|we)\s+|\bmy\s+(?:wife|husband|partner|family|girlfriend|boyfriend|kids)\s+and\s+(?:i|me)\s+|\bas\s+a\s+family\s+we\s+)"  # noqa: E741
AM = r"(?:\b(?:i['’]m|i\s+am|im|we['’]re|we\s+are|(?:both|all|the\s+two|the\s+three)\s+of\s+us\s+are)\s+)"
HAVE = r"(?:\b(?:i\s+have\s+got|i['’]?ve\s+got|i['’]?ve|i\s+have|we\s+have|we['’]ve|i\s+got)\s+)"
#: As HAVE, also with an adverb between: "I really have …".
HAVE_ADV = rf"(?:{HAVE}|\b(?:i|we)\s+{V}have\s+)"
NOT = r"(?:don['’]?t|do\s+not|didn['’]?t|can['’]?t|cannot|can\s+not|won['’]?t|will\s+not|never)"
DONT = r"(?:don['’]?t|do\s+not|never)"
CANT = r"(?:can['’]?t|cannot|can\s+not|couldn['’]?t|could\s+not|could\s+never|can\s+never|can\s+hardly|can\s+barely)"
#: Words between an article and a noun.
ADJ = r"(?:[\w'’-]+\s+){0,3}?"

LIKE = r"(?:lo+ve(?:\s+lo+ve)*|like|enjoy|adore|appreciate|admire|cherish|relish|savou?r|dig|treasure|fancy\s+myself|value|support|champion|welcome)"
HATE = r"(?:hate|dislike|detest|loathe|despise|abhor|resent|dread|distrust|mistrust|disapprove\s+of|object\s+to|fear|mind\b(?=.*\ba\s+lot))"
BAD = (
    r"(?:exhausting|draining|boring|dull|tedious|stressful|overwhelming|annoying|irritating|frustrating|disturbing|upsetting|unpleasant|uncomfortable|off-?putting|unsettling|distracting|tiring|tiresome|too\s+\w+|hard\s+to\s+\w+|difficult(?:\s+to\s+\w+)?"
    r"|unbearable|repulsive|disgusting|gross|revolting|confusing|depressing|unappealing|dreadful|awful|terrible|intimidating|nauseating|claustrophobic|cringe(?:worthy|y)?|pretentious|pointless|unhelpful|impractical|ugly|monotonous|painful|scary|creepy|jarring|bland|overrated|oppressive|restrictive|daunting|triggering|unnatural|insufferable|vile|hideous|tacky|cheesy|childish|cringy|ghastly|horrible|horrid|obnoxious|sickly|tasteless|suffocating|soulless|kitschy|stuffy|gimmicky|inedible|undrinkable|unreadable|unwatchable|mortifying|demeaning|patroni[sz]ing|nerve-?wracking|soul-?(?:crushing|destroying)|mind-?numbing|infuriating|maddening|grating|invasive|intrusive|distasteful|abhorrent|repellent|deplorable|excruciating|agoni[sz]ing|depressing|lifeless|humiliating|exasperating|off\s+putting|unnerving|nauseous|sickening|wasteful|joyless|dispiriting|shallow|dreary|drab|vapid|trite|stale|clunky|manipulative|corny|lame|yucky|icky|greasy|rude|cruel|unethical|wasteful|unsettling|hollow|a\s+chore|a\s+bit\s+much)"
)
GOOD = r"(?:relaxing|satisfying|fascinating|calming|soothing|comforting|inspiring|refreshing|enjoyable|fun|great|useful|helpful|engaging|motivating|rewarding|therapeutic|exciting|charming|delightful|beautiful|delicious|interesting|invigorating|energi[sz]ing|captivating|compelling|thrilling|endearing|practical|convenient|effective|stimulating|enriching|fulfilling|more\s+\w+|easier|better|far\s+\w+|amazing|irresistible|lovely|wonderful|gorgeous|co[sz]y|brilliant|fantastic|magical|hilarious|adorable|addictive|meditative|uplifting|moreish|tasty|yummy|awesome|elegant|mesmeri[sz]ing|hypnotic|restorative|liberating|grounding|empowering|blissful|cathartic|irreplaceable|indispensable|exhilarating|restful|absorbing|enthralling|heavenly|divine|comfy|uplifting|reassuring|nourishing|freeing|enchanting|unbeatable)"
INTENSIFIER = r"(?:(?:really|very|so|quite|extremely|incredibly|absolutely|far|way|too|rather|utterly|just|pretty|a\s+bit|somewhat|particularly|mentally|physically|deeply|highly|truly|both|much|always|to\s+be|often|usually|be)\s+){0,5}"

#: Excludes what is done with a thing once ("rebooked", "picked up"), which is no lasting need.
NOT_DONE_ONCE = r"(?!(?:(?:be\s+)?(?:finished|changed|cancell?ed|done|fixed|submitted|sent|ready|moved|updated|paid|signed|approved|delivered|back|in\s+by|checked|uploaded|collected|picked\s+up|dropped\s+off|handed\s+(?:in|over)|postponed|forwarded|shipped|extended|confirmed|booked|transferred|arranged|scheduled|swapped|serviced|stamped|fetched|translated|printed|edited|shortened|converted|merged|deployed|installed|completed|exchanged|cleared|brought|taken|rebuilt|reset|redone|rewritten|rebooked|repaired|replaced|removed|returned|renewed|refunded|rescheduled|reissued|reprinted|restarted|reinstalled)|do|go|wait|leave|call|pay)\b)"


#: Begins what somebody who says "I'm enjoying …" enjoys now, which is no taste.
OF_LIFE_NOW = r"(?:(?:my|our)\s|(?:life|myself|ourselves)\b)"

#: Beginnings that many patterns share.
OPENINGS = (I, AM, HAVE)
Matcher = Callable[..., re.Match[str] | None]


@dataclass(frozen=True)
class Pattern:
    """A wording and what it states.

    The expression is compiled at the first use; all together would take half a second. `sure`: the wording alone
    shows what is stated, about what, and with which polarity.
    """

    kind: Kind
    polarity: Polarity | None
    text: str
    sure: bool = False

    @cached_property
    def number(self) -> int:
        """The number by which the classifier knows the pattern.

        It is a hash of the text, so that a new pattern changes no other's number.
        """
        return 16 + zlib.crc32(self.text.encode())

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return lazy(self.text, re.IGNORECASE)

    @cached_property
    def find(self) -> Matcher:
        """Finds the pattern in a text: `match` where it can occur only at the start, else `search`."""
        return self.regex.match if self._at_start else self.regex.search

    @cached_property
    def lowercase_regex(self) -> re.Pattern[str]:
        """The case-sensitive expression, for a text in lower case; a search with it takes two thirds of the time."""
        return lazy(self.text)

    @cached_property
    def find_lowercase(self) -> Matcher:
        """As `find`, for a text in lower case."""
        return self.lowercase_regex.match if self._at_start else self.lowercase_regex.search

    @property
    def _at_start(self) -> bool:
        return self.text.startswith("^") and not _has_alternatives(self.text)

    @cached_property
    def opening(self) -> str | None:
        """The beginning that the pattern shares with many others; None without one."""
        begins = next((opening for opening in OPENINGS if self.text.startswith(opening)), None)
        return begins if begins and not _has_alternatives(self.text) else None


class _SharedOpening:
    """The patterns with one opening, each with its index, compiled when that opening first occurs in a text."""

    def __init__(self, opening: str, patterns: Sequence[Pattern]) -> None:
        self.starts = lazy(f"(?={opening})")
        self._patterns = [(at, each) for at, each in enumerate(patterns) if each.opening == opening]

    @cached_property
    def matchers(self) -> list[tuple[int, Matcher]]:
        return [(at, each.lowercase_regex.match) for at, each in self._patterns]


class Wordings:
    """Patterns that are matched against a text together. Those that share an opening are tried only where it occurs."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = patterns

    @cached_property
    def _shared_openings(self) -> list[_SharedOpening]:
        return [_SharedOpening(opening, self.patterns) for opening in OPENINGS]

    @cached_property
    def _others(self) -> list[tuple[int, Matcher]]:
        return [(at, each.find_lowercase) for at, each in enumerate(self.patterns) if each.opening is None]

    def matches(self, text: str) -> list[tuple[int, re.Match[str]]]:
        """Return the index of each pattern that occurs in `text`, with its first match, by index; case is ignored."""
        text = lowercased(text)
        found = {at: match for at, search in self._others if (match := search(text))}
        for shared in self._shared_openings:
            for start in [each.start() for each in shared.starts.finditer(text)]:
                for at, match_at in shared.matchers:
                    if at not in found and (match := match_at(text, start)):
                        found[at] = match
        return sorted(found.items())


def lowercased(text: str) -> str:
    """Return the text in lower case, with the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _has_alternatives(expression: str) -> bool:
    """Return whether an expression has alternatives at its top level, as "^a|b" has."""
    depth, at = 0, 0
    while at < len(expression):
        character = expression[at]
        if character == "|" and depth == 0:
            return True
        if character == "[":
            at = expression.index("]", at + 2)
        depth += {"(": 1, ")": -1}.get(character, 0)
        at += 2 if character == "\\" else 1
    return False


def signed_pattern(kind: Kind, sign: str, pattern: str) -> Pattern:
    polarity: dict[str, Polarity | None] = {"+": "like", "-": "dislike", "0": None}
    return Pattern(kind, polarity[sign], pattern)


class TemporaryClause(NamedTuple):
    """One kind of clause that holds only for the moment, and the regular expression `pattern` that finds it.

    `description` and `example` are for readers and for the tests.
    """

    description: str
    example: str
    pattern: str


class TemporaryClauses(NamedTuple):
    """The kinds of temporary clauses in one language, each group joined into one expression."""

    at_start: re.Pattern[str]
    of_writer: re.Pattern[str] | None
    anywhere: re.Pattern[str]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the bounds of each match of these kinds in a sentence."""
        if found := self.at_start.match(text):
            yield found.span()
        for regex in (self.of_writer, self.anywhere):
            if regex:
                yield from (found.span() for found in regex.finditer(text))


def joined(kinds: Iterable[TemporaryClause], before: str = "") -> re.Pattern[str]:
    """Return all kinds as one expression. `before`: what the text must match where any of them begins."""
    return lazy(f"{before}(?:{'|'.join(kind.pattern for kind in kinds)})", re.IGNORECASE)
