"""Bring the marked subjects to one convention: `python scripts/statement_convention.py`.

Several people marked the sentences, each in their own way. A subject is a phrase of the writer that can be read alone:

- What is liked, disliked, avoided, preferred or required is a thing with all words that specify it, or an activity from
  its verb on ("driving at night").
- A habit or a goal is what is done, from its verb on, with how often, when or by when where these follow directly: "go
  for a run every morning", "lose ten kilos before the wedding". After a verb that only says that it is a goal
  ("learning", "saving for", "training for"), it is the thing. What somebody wants to give up or to have less of, and
  what they skip, is the thing as well, and disliked; so is what is rarely done.
- In Chinese, when and how often stand before the verb, and the subject begins behind them: 「我每天早上[跑步]」. So do
  words that only say that something is required or is the only one taken: 「必须有[独立卫浴]」, 「只喝[美式]」.
- A denied habit or need is something avoided: 「做饭不放[味精]」 is an A, 「想[戒烟]」 a G- of 「烟」.
- Of several subjects that Chinese commas separate, each is one; the first is marked.
- A fact is what is stated, without "I am", "I have", "I live in", "I work as": "Leeds", "nurse", "two cats". That
  something is missing begins with "no": "no oven".
- Of a quality of something or somebody of the writer's, that stands in front: "knees are bad", "son is six". The marks
  may leave it out, and a thing, an amount or a name stands alone: "400 euros" of "My budget is 400 euros".
- Of an allergy or a fear it is what one is allergic to or afraid of; of "a morning person" it is "morning".
- What something is preferred to is no part of it.
- How strictly it holds ("strict", "only" at the end) is no part of it; `!` marks that.
- An article in front does not matter.

The rules here move the brackets of a line; they read nothing but the line, and never what Penchant finds in it.
"""

import re
from pathlib import Path

GOLD = Path(__file__).parent.parent / "benchmarks" / "statement_gold"
SENTENCES = Path(__file__).parent / "statement_sentences"
#: The files with marked subjects.
FILES = (
    *sorted(GOLD.glob("*_statements.txt")),
    *sorted(SENTENCES.glob("*_statements.txt")),
    SENTENCES / "en_templates.txt",
)
#: The most words of a habit or goal with its time.
MOST_WORDS = 9
#: The most words between who does something and its object.
MOST_VERBS = 3
_I = re.IGNORECASE
_UNIT = (
    r"(?:hour|day|night|morning|evening|afternoon|week|weekday|weekend|fortnight|month|year|spring|summer|autumn|fall"
    r"|winter|season|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|half\s+an|\d+)"
#: When, how often and by when, directly behind what is done.
WHEN = re.compile(
    rf"(?:\s+(?:(?:every|each|most)\s+(?:single\s+|other\s+|second\s+|third\s+|fourth\s+|few\s+|{_NUMBER}\s+)?(?:{_UNIT}s?\s+)?{_UNIT}s?"
    rf"|(?:once|twice|(?:{_NUMBER}|several|a\s+few)\s+times|{_NUMBER}\s+{_UNIT}s)\s+(?:a|per|each|every)\s+{_UNIT}|daily|nightly|weekly|monthly"
    r"|on\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:\s+(?:morning|evening|afternoon|night)s?)?|week(?:end|day|night)s)|(?:at|on)\s+(?:the\s+)?(?:weekends?|night|noon|dawn|dusk|bedtime|lunchtime|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]m)?)"
    rf"|in\s+(?:the\s+)?(?:mornings?|evenings?|afternoons?|spring|summer|autumn|winter)|for\s+(?:about\s+)?{_NUMBER}\s+(?:hours?|minutes?)"
    r"|before\s+(?:bed|work|school|breakfast|lunch|dinner|dawn|sunrise|noon|bedtime|midnight)|after\s+(?:work|school|breakfast|lunch|dinner|dark|midnight)"
    rf"|by\s+(?:next\s+\w+|the\s+(?:end\s+of\s+(?:the\s+|next\s+)?\w+|age\s+of\s+\w+)|(?:the\s+)?{_UNIT}|christmas|easter|(?:19|20)\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)"
    rf"|(?:this|next)\s+{_UNIT}|(?:with)?in\s+(?:the\s+next\s+)?(?:{_NUMBER}\s+|few\s+|couple\s+of\s+)?{_UNIT}s?|(?:before|when)\s+i\s+(?:turn\s+\w+|retire)|one\s+day|some\s?day)(?![\w'’-])){{1,3}}",
    _I,
)
_ADVERB = (
    r"(?:always|often|sometimes|seldom|never|ever|just|also|still|(?!(?:fly|apply|reply|rely|multiply|supply)\b)\w+ly)"
)
#: Who does something, or the wish to do it, behind which its verb begins.
_DOER = re.compile(rf"\b(?:i|we)\s+(?:{_ADVERB}\s+)*", _I)
_AIMS = re.compile(
    rf"\b(?:want|wants|hope|plan|aim|intend|wish|like|love|trying|hoping|planning|aiming|determined|decided|is|wanna|looking)\s+to\s+(?:{_ADVERB}\s+)*",
    _I,
)
#: Words that are no verb of a habit, or say only that there is one; and those that begin another clause.
_NO_ACTIVITY = re.compile(
    r"(?:(?:am|are|is|was|were|be|been|being|have|has|had|get|got|do|did|can|could|will|would|tend|try|need|want|like|love|prefer|spend|end|swear|started|began|(?<=never\s)(?:skip|miss))\b(?!\s+\w+\s+for\b)|\w+n['’]?t\b)|.*(?:[,;:.!?]|\bi['’])",
    _I,
)
_NAMES_FEAR = re.compile(
    r"(?:an?\s+)?(?:\w+\s+)?(?:allerg(?:y|ic)\s+to|(?:fear|phobia)\s+of|(?:terrified|scared|afraid|frightened)\s+of)\s+(?=\w)",
    _I,
)
_OF_FACT = re.compile(r"(?:as|(?:based\s+)?in|on|at(?!\s+(?:most|least)\b)|from)\s+(?=\w)(?!(?:my|our)\s+own\b)", _I)
_PERSON = re.compile(r"(?!in\s)(?:(?:an?|the)\s+)?(?=\w.*(?P<person>\s+person)$)", _I)
_STRICTNESS = re.compile(r"(?:an?\s+)?(?:(?:very|really)\s+)?(?:strict|strictly|severe)\s+(?=\w)", _I)
_ONLY_AT_END = re.compile(r"\s+only$", _I)
_COMPARED = re.compile(r"\s+(?:over|rather\s+than|(?<!\bmore\s)(?<!\bless\s)(?<!\bfewer\s)than|instead\s+of)\s", _I)
_MISSING = re.compile(r"\bno\s+$", _I)
_RARELY = re.compile(r"\b(?:rarely|seldom|hardly(?:\s+ever)?)\s+$", _I)
#: A wish to have less of something, or that one does without it.
_GIVES_UP = re.compile(
    r"(?:quit|stop|give\s+up|skip|reduce|get\s+rid\s+of|break(?=\s+my\s)|cut\s+(?:down|back)\s+on|cut\s+out|(?:spend|eat|drink|buy|use|waste)\s+(?:less|fewer)(?:\s+(?:time|money))?(?:\s+on)?)\s+(?=\w)",
    _I,
)
_WHEN_ZH = re.compile(
    r"(?:每[天日晚周月年早](?:[早晚]上|中午|下午|除夕|[夏冬春秋]天|[一二三四五六日天])?|每(?:个|隔)?(?:星期|礼拜|周末?|月|季度)(?:[一二三四五六日天])?(?:[早晚]上)?"
    r"|天天|早上|晚上|早晨|清晨|傍晚|中午|下午|睡前|饭后|周末|平时|周[一二三四五六日]|今年|明年(?:[春夏秋冬]天)?|后年|下个?月|(?:在)?年底前?|年内|早[点日]|尽早"
    r"|(?:在)?[一二三四五六七八九十]+(?:年|岁)(?:之?前|之?内)?(?=[^，。的了]{2}))+(?:能|必|照例|都|会|要|得)*(?=[^，。的]{2})"
)
#: Words before what is required, or is the only thing taken or done, and before what is done without exception.
_MUST_ZH = re.compile(
    r"(?:一定|必须?|务必|首先|最少|至少|起码|最好|照例|坚持|只(?:能|要|接受|考虑)?(?=[^有会]{2})|得(?![了到过])|要(?!求|点))+(?:要|得)?(?:是|有(?![机声氧趣效限名点]))?(?=[^，。]{2})"
)
#: Words that deny a habit or need; those before, and those around, something that is given up.
_DENIED_ZH = re.compile(r"(?:不[放加]|不(?=[吃喝看用买抽养进])|别(?!人))(?=[^，。的]{2,12}$)")
_GIVING_UP_ZH = ("戒", "戒掉", "改掉", "停掉")
_GIVEN_UP_ZH = re.compile(
    r"(?:把(?P<put>[^，。]{1,12}?)(?:都)?(?:戒|停|改)掉?了?|(?:戒掉?|改掉|停掉|不再|少(?!.?一小时)(?:[吃喝看玩刷买買用碰](?:一?(?:点儿?|些|點))?)?)(?P<thing>(?!数|走|一)[^，。多]{1,14}))$"
)
_PLACE_END_ZH = re.compile(r"(?<=[^，。]{2})(?:上|(?<!里)里)$")
_IS_ZH = re.compile(
    r"(?:刚刚?|去年|今年)?(?:坐标|人?在(?!家|读|校)|住在?(?!校|宿)|做[完过了](?=.+术)|会(?!计)|是|有(?![机声氧趣效限名点]|.*的))?(?:一[名位个](?!人))?(?=[^，。]{2})"
)
_AT_WORK_ZH = re.compile(r"(?:上班|工作)$")
_ALLERGY_ZH = re.compile(r"(?<=[^，。不]{2})过敏$")
_FEARED_ZH = re.compile(r"(?:[^，。]{0,4}对(?=[^，。]{2,12}过敏)|怕(?=[^，。]{1,4}$))")


#: What a subject means the same with and without: words before its noun that name none, and when or how often.
_BEFORE_NOUN = re.compile(r"(?:(?:(?:an?\s+(?:lot|bit)|lots|plenty)\s+of|an?|the|my|our|some|any)\s+)+(?=\w)", _I)
_WHEN_AT_END = re.compile(WHEN.pattern + "$", _I)


def essence(subject: str, language: str, kind: str | None) -> str:
    """Return a subject without the words that people leave out or add as they please and that cut nothing.

    These are, in front of a noun, articles, "my", "some", "a lot of"; of a habit or goal, when and how often; marks.
    """
    subject = subject.strip(" .,;:!?\"'“”‘’、，。；：！？「」")
    is_activity = kind in ("habit", "goal")
    if language == "zh":
        when = _WHEN_ZH.match(subject) if is_activity else None
        return subject[when.end() :] if when else subject
    when = _WHEN_AT_END.search(subject) if is_activity else None
    subject = subject[: when.start()] if when and when.start() > 0 else subject
    lead = _BEFORE_NOUN.match(subject)
    return subject[lead.end() :] if lead else subject


def conventional(line: str, language: str) -> str:
    """Return a line of gold statements with its brackets where the convention wants them."""
    mark, _, text = line.partition(" ")
    start, end = text.find("["), text.find("]") - 1
    plain = text.replace("[", "").replace("]", "")
    if text.count("[") != 1 or not plain[start:end].strip():
        return line
    if language == "en":
        mark, start = _without_what_is_disliked(plain, start, end, mark)
    elif mark[0] in "HR" and mark[-1] not in "-0":
        mark, start = _without_denial(plain, start, end, mark)
    bounds = _chinese if language == "zh" else _english
    first, last = bounds(plain, start, end, mark)
    if language == "zh" and mark[0] == "G" and (thing := _given_up(plain, first, last)):
        mark, (first, last) = mark.rstrip("+-") + "-", thing
    return f"{mark} {plain[:first]}[{plain[first:last]}]{plain[last:]}"


def _without_what_is_disliked(text: str, start: int, end: int, mark: str) -> tuple[str, int]:
    """Return the mark of a habit or goal that is one to have less of something, and where that begins."""
    given_up = _GIVES_UP.match(text, start, end) if mark in ("G", "G!", "H") else None
    if given_up and (mark == "H") == text.startswith("skip ", start):
        return ("A" if mark == "H" else f"{mark}-"), given_up.end()
    return ("H-" if mark == "H" and _RARELY.search(text, 0, start) else mark), start


def _english(text: str, start: int, end: int, mark: str) -> tuple[int, int]:
    if fear := _NAMES_FEAR.match(text, start, end):
        return fear.end(), end
    return (_activity if mark[0] in "HG" else _thing)(text, start, end, mark)


def _thing(text: str, start: int, end: int, mark: str) -> tuple[int, int]:
    """Return the bounds of what is liked, needed or stated, without what is no part of its name."""
    if mark[0] in "LDP" and (person := _PERSON.match(text, start, end)):
        start, end = person.end(), person.start("person")
    if mark[0] == "P" and (compared := _COMPARED.search(text, start, end)):
        end = compared.start()
    if mark[0] in "FR" and (strictness := _STRICTNESS.match(text, start, end)):
        start = strictness.end()
    if mark[0] == "R" and (only := _ONLY_AT_END.search(text, start, end)):
        end = only.start()
    if mark[0] == "F" and (lead := _OF_FACT.match(text, start, end)):
        start = lead.end()
    if mark[0] == "F" and (missing := _MISSING.search(text, 0, start)):
        start = missing.start()
    return start, end


def _activity(text: str, start: int, end: int, mark: str) -> tuple[int, int]:
    """Return the bounds of a habit or goal, from its verb to how often and when."""
    if mark[0] == "G" and mark[-1] == "-":
        return start, end
    start = _from_verb(text, start, mark[0])
    found = WHEN.match(text, end)
    whole = found.end() if found else end
    return start, whole if len(text[start:whole].split()) <= MOST_WORDS else end


def _from_verb(text: str, start: int, kind: str) -> int:
    """Return where the verb begins behind which a subject begins at `start`; `start` if none is near."""
    doers = [found.end() for found in (_DOER if kind == "H" else _AIMS).finditer(text, 0, start)]
    near = doers and 0 < len(text[doers[-1] : start].split()) <= MOST_VERBS
    return doers[-1] if near and not _NO_ACTIVITY.match(text, doers[-1], start) else start


def _chinese(text: str, start: int, end: int, mark: str) -> tuple[int, int]:
    comma = text.find("，", start, end)
    end = comma if comma > start + 1 else end
    if mark[0] in "HG" and (when := _WHEN_ZH.match(text, start, end)):
        start = when.end()
    if mark[0] in "RH" and (must := _MUST_ZH.match(text, start, end)):
        start = must.end()
    if mark[0] in "FR" and mark[-1] != "-" and (lead := _IS_ZH.match(text, start, end)):
        start = lead.end()
    if mark[0] == "A" and (denied := _DENIED_ZH.match(text, start, end)):
        start = denied.end()
    if mark[0] == "F" and (place := _PLACE_END_ZH.search(text, start, end)):
        end = place.start()
    if mark[0] == "F" and text[:start].endswith("在") and (work := _AT_WORK_ZH.search(text, start + 2, end)):
        end = work.start()
    if mark[0] in "FAD" and (feared := _FEARED_ZH.match(text, start, end + 2)):
        start = feared.end()
    allergy = _ALLERGY_ZH.search(text, start, end)
    return start, allergy.start() if allergy else end


def _without_denial(text: str, start: int, end: int, mark: str) -> tuple[str, int]:
    """Return the mark of a Chinese habit or need that something is not done, and where that begins."""
    when = _WHEN_ZH.match(text, start, end)
    done = when.end() if when else start
    return ("A" + mark[1:].rstrip("+"), done) if _DENIED_ZH.match(text, done, end) else (mark, start)


def _given_up(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the thing that a Chinese goal gives up; None where nothing is given up."""
    if text[:start].endswith(_GIVING_UP_ZH):
        return start, end
    found = _GIVEN_UP_ZH.match(text, start, end)
    return found and found.span("put" if found["put"] else "thing")


def main() -> None:
    for path in FILES:
        language = path.name[:2]
        lines = path.read_text("utf-8").splitlines()
        moved = [line if not line or line.startswith("#") else conventional(line, language) for line in lines]
        path.write_text("\n".join(moved) + "\n", "utf-8")
        print(f"{path.name}: {sum(old != new for old, new in zip(lines, moved, strict=True))} of {len(lines)} moved")


if __name__ == "__main__":
    main()
