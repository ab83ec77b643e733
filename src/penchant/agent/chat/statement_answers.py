"""Answers questions about what the user has said: with the statements that answer them, or that nothing was said.

Statements are shown verbatim. A question is matched by its kind (a home, pets, a job, an allergy …) and by whatever
else it names. For a thing that is named, only statements about that thing are an answer: a user who asks whether they
like jazz is not told where they work.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from penchant.agent.chat.activity_questions import statements_with_words
from penchant.agent.chat.question_topics import StatementRow, certainly_of_topics, of_topics, topics_asked
from penchant.agent.chat.relations import only_about_user, part_about_user, person_in
from penchant.agent.chat.statement_questions import OwnQuestion
from penchant.agent.statements.book import ONLY_DOES
from penchant.agent.statements.subjects import Terms, terms
from penchant.characters import simplified
from penchant.prompts.locales import Translator

MAX_STATEMENTS = 8
_I = re.IGNORECASE
_ANIMALS = (
    r"(?:cat|dog|kitten|pup(?:py|pies)?|hamster|rabbit|bunn(?:y|ies)|parrot|budgie|canar(?:y|ies)|bird|goldfish|fish\s+tank|aquarium|horse|pon(?:y|ies)|turtle|tortoise"
    r"|guinea\s+pig|ferret|snake|lizard|gecko|chicken|hen|duck|goat|pet|labrador|poodle|terrier|corgi|retriever|collie|spaniel|dachshund)s?\b"
)
_OCCUPATIONS = (
    r"(?:nurse|teacher|doctor|engineer|developer|programmer|designer|lawyer|accountant|student|driver|chef|cook|baker|librarian|carpenter|plumber|electrician|gardener"
    r"|pilot|writer|journalist|editor|translator|musician|photographer|architect|scientist|researcher|professor|lecturer|manager|director|consultant|analyst|waiter|waitress"
    r"|barista|cashier|clerk|secretary|assistant|farmer|builder|mechanic|firefighter|paramedic|pharmacist|dentist|vet|therapist|psychologist|police\s+officer|soldier"
    r"|hairdresser|tailor|artist|actor|actress|entrepreneur|freelancer|technician|surgeon|midwife|carer|cleaner|tutor|coach|trainer|economist|banker|pensioner)\b"
)


class _Kind(NamedTuple):
    """A kind of fact: `asked` finds it in a question and `about` in a statement.

    `slot`: the slots of such statements; a slot has one value at a time, such as a home.
    """

    name: str
    asked: re.Pattern[str]
    about: re.Pattern[str]
    slot: tuple[str, ...] = ()

    def matches(self, statement: StatementRow) -> bool:
        """Return whether a statement is of this kind: by its sentence, its slot or its own kind."""
        return is_of_kind(self, statement) or statement.get("slot") in self.slot or statement["kind"] == self.name


def _kind(name: str, asked: str, about: str, *slot: str) -> _Kind:
    return _Kind(name, re.compile(asked, _I), re.compile(about, _I), slot)


KINDS = (
    _kind("allergy", r"\ballerg\w*|\bintoleran\w*|过敏原?|不耐受?|忌口", r"allerg|intoleran|c(?:o)?eliac|过敏|不耐"),
    _kind(
        "budget",
        r"\bbudgets?\b|\bspend\w*|\bafford|预算",
        r"\bbudget|\bspend|\bafford|\bat\s+most\b|\bno\s+more\s+than\b|预算|不超过|最多[花用]",
    ),
    _kind(
        "age",
        r"\bhow\s+old\b|\bage\b|\bbirthday\b|几岁|多大|多少岁|年龄|生日",
        r"\b\d{1,3}[\s-]*years?[\s-]*old|\byear-old|\b(?:i['’]?m|i\s+am)\s+\d{1,3}\b|\bturn(?:ed|ing)\s+\d|\bborn\b|\bbirthday"
        r"|岁|出生|生日",
        "age",
    ),
    _kind("name", r"\bnames?\b|\bcalled?\b|叫|名字", r"\bname\b|\bcall(?:ed)?\b|叫|名字", "name"),
    _kind(
        "job",
        r"\bjobs?\b|\bwork\w*\b|\bprofession\b|\boccupation\b|\bemployer\b|\bcareer\b|\bdo\s+for\s+a\s+living\b"
        r"|工作|职业|做什么的|干什么的|上班|从事",
        r"\bwork(?:s|ed|ing)?\s+(?:as|at|in|for|from|on|night|day|part|full|shifts?|remotely)\b"
        rf"|\b(?:i['’]?m|i\s+am|is|being)\s+an?\s+(?:[\w-]+\s+){{0,3}}?{_OCCUPATIONS}"
        rf"|\bas\s+an?\s+(?:[\w-]+\s+){{0,2}}?{_OCCUPATIONS}|\bmy\s+job\b|\b(?:self-)?employed\b|\bretired\b|\bunemployed\b"
        r"|\bi\s+teach\b|工作|上班|从事|职业|退休|失业|是[做搞干跑开][^，。]{1,8}的|我(?:在[^，。]{0,6})?教"
        r"|是[^，。]{0,8}(?:师|员|医生|护士|老师|工人|司机|学生|会计|警察|农民|经理|作家|记者)",
        "job",
        "employer",
    ),
    _kind(
        "home",
        r"\b(?:live|home|hometown|address|based|where)\b|住址|地址|[住家]|哪里人|老家|在哪",
        r"\b(?:live|living|moved|based\s+in)\b|\bmy\s+(?:home|flat|house|apartment)\b"
        r"(?!\s+(?:must|should|has\s+to|needs?\s+to|shouldn|mustn|can)\b)|\b(?:i['’]?m|i\s+am|come)\s+from\b"
        r"|住|搬|家在|老家|来自|坐标|现居|定居|在(?!家|公司|单位|学校)[^，。]{2,6}?(?:[做当](?!饭|菜|题)[^，。]{2}|工作|上班|生活)",
        "home",
    ),
    _kind(
        "pets",
        r"\bpets?\b|\banimals?\b|宠物|动物",
        rf"\b(?:have|has|own|got|keep|adopt(?:ed)?|rescued?|feed|walk|my|our|with|am)\b[^,.;]{{0,40}}?\b{_ANIMALS}"
        r"|(?:养|有|我家?的?|领养)[^，。]{0,6}(?:猫|狗|犬|鱼|鸟|兔|仓鼠|乌龟|龟|鹦鹉|宠物|柯基|泰迪|金毛|哈士奇|二哈|拉布拉多|柴犬|边牧|贵宾|比熊|博美|法斗|萨摩|阿拉斯加|雪纳瑞|吉娃娃|布偶|英短|美短|蓝猫|橘|龙猫|守宫|蜥蜴|刺猬|荷兰猪)",
    ),
    _kind(
        "family",
        r"\bfamily\b|\bchild(?:ren)?\b|\bkids?\b|孩子|小孩|家人|家庭",
        r"\b(?:sons?|daughters?|kids?|child(?:ren)?|bab(?:y|ies)|toddlers?|twins?|family)\b"
        r"|孩子|儿子|女儿|宝宝|闺女|双胞胎|家人|[一二两三四]口",
    ),
    _kind(
        "partner",
        r"\b(?:married|single|divorced|partner|relationship)\b|结婚|单身|对象",
        r"\b(?:married|single|divorced|engaged|widowed|wife|husband|partner|spouse|girlfriend|boyfriend)\b"
        r"|结婚|单身|离婚|老婆|老公|妻子|丈夫|女朋友|男朋友",
        "relationship",
    ),
    _kind(
        "health",
        r"\b(?:conditions?|illness(?:es)?|diseases?|health|disabilit\w+|disabled)\b|什么病|疾病|身体",
        r"diabet|asthma|arthriti|eczema|migraine|blood\s+pressure|colou?r[\s-]?blind|wheelchair"
        r"|epilep|c(?:o)?eliac|diagnos|chronic|disorder|disease|syndrome|disab"
        r"|高血压|血糖|血脂|[^，。看治]病|炎|[^，。]症|哮喘|痛风|轮椅",
    ),
    _kind(
        "income",
        r"\b(?:salary|wages?|income|earn)\b|工资|月薪|年薪|收入|[赚挣]多少",
        r"\b(?:salary|wages?|income|earn)\w*\b|工资|月薪|年薪|收入|[赚挣]",
    ),
    _kind(
        "goal",
        r"\bgoals?\b|\bplans?\b|\blearning\b|目标|计划|在学",
        r"\b(?:goals?|want\w*|learn\w*|training|trying|saving)\b|目标|想|在学|打算",
    ),
)
_DIET = re.compile(r"\b(?:vegan|vegetarian|pescatarian|diet|meat|eat)\b|素|饮食|吃", _I)
_EATING = re.compile(r"\b(?:eat|cook|food|meals?|dish(?:es)?)\b|吃|饭|菜", _I)
_EATEN = re.compile(r"\b(?:eat|eating|cook|cooking|foods?|dish(?:es)?|meat|fish|spicy|diet)\b|吃|饮食|忌口|菜", _I)
#: The least letters of a word that names a kind at the end of a longer one: "melon" in "watermelon", but not "ide" in "side".
_SHORTEST_KIND = 4
_BREEDS = {
    "dog": frozenset(
        [
            "labrador",
            "poodle",
            "terrier",
            "corgi",
            "retriever",
            "collie",
            "spaniel",
            "dachshund",
            "husky",
            "beagle",
            "puppy",
        ]
    ),
    "cat": frozenset(["siamese", "ragdoll", "kitten"]),
}
_LIKED, _DISLIKED = ("like", "prefer", "habit", "require"), ("dislike", "avoid")
_LIKING = re.compile(
    r"\b(?:like|love|enjoy|favou?rite|prefer|hobb\w+|into|interested|tastes?\s+in)\b|喜欢|爱(?!过)|最爱|爱好|偏好", _I
)
_DISLIKING = re.compile(
    r"\b(?:hate|dislike|avoid|not\s+like|don['’]?t\s+(?:like|eat)|can['’]?t\s+(?:eat|stand))\b|讨厌|不喜欢|不吃|不能|怕",
    _I,
)
_ANYBODY = re.compile(r"\b(?:any(?:one|body)|some(?:one|body)|any\s+of\s+us)\b|家(?:里)?(?:有)?(?:谁|人)", _I)
_OPEN = re.compile(r"\b(?:what|which|who|whom|where|when|how)\b|什么|谁|哪|几|多大|多少|怎样", _I)
#: Words of a question that name nothing: words of asking and of saying.
_ASKING = terms(
    "what which who whose where when how am do does did can could may you know remember remind like love hate enjoy prefer avoid "
    "favourite favorite taste tastes about tell told say said mention if whether was were been ever still actually currently need own "
    "live work want called call name old age idea yet any at there"
)
#: Words that name nothing, neither alone nor beside others.
_LIGHT_WORDS = """
    a an the my our your i we you me any anything anybody anyone all everything everybody something someone some much many more most do does
    have has having had is are am was be eat eating drink drinking of for in on to from with and or that as it food foods music films film
    movies movie books book games game shows show thing things kind sort type brand brands hobby hobbies activity activities
    no not never really so too also just only going go get
"""
_LIGHT = frozenset[str]().union(*map(terms, _LIGHT_WORDS.split())) - terms("alcohol")
_ASKING_ZH = re.compile(
    r"你?(?:知道|记得)|告诉|请问|是不是|是否|有没有|会不会|能不能|到底|现在|今年|平时|一般|什么|哪里|哪儿|多少"
    r"|多大|几岁|怎样|喜欢|讨厌|不吃|不能|能|我们?|的|最|还|爱|怕|对|是|有|住|在|叫|吃|喝|用|养|做|会|不|谁|哪"
    r"|几|吗|么|呢|家"
)


def answer_from_statements(
    question: OwnQuestion, message: str, statements: Sequence[StatementRow], language: str
) -> str:
    """Return the statements that answer the question, verbatim with their days, or that nothing was said.

    Empty where nothing answers it and the question may be about something else.
    """
    say = Translator(language, "chat")
    bearing = (
        _relevant_statements(question, message, statements)
        if question.sure
        else _choose_about_user(message, statements, statements_with_words)
    )
    if not bearing and (question.any_taste or not question.sure):
        return ""
    found = list({str(each["id"]): each for each in bearing}.values())[:MAX_STATEMENTS]
    rows = [say("you_said", day=str(each["valid_from"])[:10], text=str(each["text"])) for each in found]
    return "\n".join(dict.fromkeys(rows)) or say("not_said")


def is_of_kind(kind: _Kind, statement: StatementRow) -> bool:
    """Return whether a statement's sentence is of a kind: about a home, a job …"""
    return bool(kind.about.search(simplified(str(statement["text"])))) and not (
        kind.name == "job" and statement.get("slot") == "diet"
    )


def kinds_in(message: str) -> list[_Kind]:
    """Return the kinds of facts that a text asks about."""
    return [kind for kind in KINDS if kind.asked.search(message)]


def mentions_any(wanted: Terms, statement: StatementRow) -> bool:
    """Return whether a statement is about one of the wanted things, or about a kind of one ("nuts": peanuts)."""
    found = terms(str(statement["subject"])) | terms(str(statement["text"])) | terms(str(statement.get("slot") or ""))
    return any(_is_kind_of(word, each) for each in wanted for word in found)


def _is_kind_of(word: str, wanted: str) -> bool:
    if (
        word == wanted
        or word in _BREEDS.get(wanted, ())
        or (not wanted.isascii() and (wanted in word or word in wanted))
    ):
        return True
    return len(wanted) >= _SHORTEST_KIND and wanted.isascii() and word.endswith(wanted)


def _relevant_statements(question: OwnQuestion, message: str, statements: Sequence[StatementRow]) -> list[StatementRow]:
    if question.of is None:
        return _about_user(message, statements)
    theirs = [each for each in statements if question.of.is_mentioned_in(each)]
    if question.who:
        return theirs
    if "name" in {kind.name for kind in kinds_in(message)}:
        return [each for each in theirs if question.of.is_named_in(str(each["text"]))]
    rest = question.of.named.sub(" ", message)
    asks_of_all = not kinds_in(rest) and not named_terms(rest, ()) and not _LIKING.search(rest)
    return theirs if asks_of_all else _matching(rest, theirs)


def _about_user(message: str, statements: Sequence[StatementRow]) -> list[StatementRow]:
    kinds = {kind.name for kind in kinds_in(message)}
    whole = bool(kinds & {"family", "partner"}) or person_in(message) is not None or bool(_ANYBODY.search(message))
    return _matching(message, statements) if whole else _choose_about_user(message, statements, _matching)


def _choose_about_user(
    message: str,
    statements: Sequence[StatementRow],
    choose: Callable[[str, Sequence[StatementRow]], list[StatementRow]],
) -> list[StatementRow]:
    """Return the chosen statements among those that concern only the user, judged by what they say about the user."""
    own = [{**each, "text": part_about_user(str(each["text"]))} for each in only_about_user(statements)]
    found = {str(each["id"]) for each in choose(message, own)}
    return [each for each in statements if str(each["id"]) in found]


def _matching(message: str, pool: Sequence[StatementRow]) -> list[StatementRow]:
    """Choose from a pool: by kind and thing where both are asked for, else by thing, by kind, or by liking and dislike."""
    wanted = named_terms(message, kinds_in(message))
    kinds = _without_wide_kinds(kinds_in(message))
    named = [each for each in pool if mentions_any(wanted, each)]
    if kinds:
        return _of_kinds(kinds, message, pool, named if wanted else None) or statements_with_words(message, pool)
    diet = [each for each in pool if each.get("slot") == "diet"] if _DIET.search(message) else []
    is_open = bool(_OPEN.search(message)) or not wanted
    eaten = [each for each in pool if _EATEN.search(str(each["text"]))] if is_open and _EATING.search(message) else []
    if named or diet or eaten:
        return [*diet, *named, *(() if named else eaten)]
    done = statements_with_words(message, pool)
    return done or (_by_taste(message, pool, wanted) if is_open else [])


def _of_kinds(
    kinds: Sequence[_Kind], message: str, pool: Sequence[StatementRow], named: Sequence[StatementRow] | None
) -> list[StatementRow]:
    """Choose by kinds. `named`: the statements about the thing that is asked about; None where none is named."""
    of_kind = [each for each in pool if any(kind.matches(each) for kind in kinds)]
    if named is None:
        return of_kind
    if not _OPEN.search(message):
        return [each for each in named if each in of_kind] or [each for each in named if kinds[0].name != "allergy"]
    return [each for each in of_kind if each in named] or of_kind


def _by_taste(message: str, pool: Sequence[StatementRow], wanted: Terms) -> list[StatementRow]:
    """Return what is liked or disliked, within the topics that the question names.

    Empty where it names a thing about which nothing is known.
    """
    sorts = _DISLIKED if _DISLIKING.search(message) else _LIKED
    tastes = [each for each in pool if each["kind"] in sorts and not (each["kind"] == "habit" and _is_life_fact(each))]
    tastes = [each for each in tastes if each["kind"] != "require" or ONLY_DOES.search(str(each["text"]))]
    is_of_taste = bool(_DISLIKING.search(message) or _LIKING.search(message))
    if topics := topics_asked(message):
        likings = [each for each in tastes if each["kind"] not in ("habit", "require")] if is_of_taste else []
        return of_topics(topics, likings) or certainly_of_topics(topics, tastes)
    return tastes if is_of_taste and not wanted else []


def _is_life_fact(statement: StatementRow) -> bool:
    """Return whether a statement is about a job, a home or the like, and not a taste."""
    return any(is_of_kind(kind, statement) for kind in KINDS)


def _without_wide_kinds(kinds: Iterable[_Kind]) -> list[_Kind]:
    """Drop the widest kinds beside others: "Where do I work?" does not ask for a home.

    "Is anyone in my family allergic?" does not ask for children.
    """
    found = list(kinds)
    return [kind for kind in found if kind.name not in ("home", "family")] if len(found) > 1 else found


def named_terms(message: str, kinds: Sequence[_Kind]) -> Terms:
    """Return what a question names, without its question words and the words of its kinds."""
    for kind in kinds:
        message = kind.asked.sub(" ", message)
    return terms(_ASKING_ZH.sub(" ", message)) - _ASKING - _LIGHT
