"""The upper levels of a taxonomy during a build: the topics and subtopics of the vocabulary, and the catalogue's own categories, cleaned
of placeholders.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from penchant.agent.taxonomy.lexicon import checked_label, title_case, words_of
from penchant.agent.taxonomy.taxonomy import Node
from penchant.characters import LANGUAGES, has_han
from penchant.prompts.locales import Translator
from penchant.prompts.terms import subtopics_of
from penchant.prompts.vocabulary import Subtopic, Topic, Vocabulary
from penchant.store.item import Item
from penchant.store.plain import lower_shouting, plain

PLACEHOLDERS = frozenset(
    [
        "-",
        "--",
        "n/a",
        "na",
        "nan",
        "nil",
        "none",
        "null",
        "undefined",
        "unknown",
        "missing",
        "empty",
        "uncategorized",
        "uncategorised",
        "unclassified",
        "default",
        "no(ne)category",
        "nocategory",
        "notcategorized",
        "notassigned",
        "unassigned",
        "tbd",
        "tba",
        "?",
        "(nogenreslisted)",
        "nogenreslisted",
        "nogenre",
        "notavailable",
        "notapplicable",
        "未分类",
        "无",
        "无分类",
        "未知",
        "暂无",
        "默认",
        "默认分类",
        "空",
        "未定义",
    ]
)
"""What catalogues write for a missing category; compared without case, spaces, underscores and hyphens."""
Path = tuple[str, ...]
_SIGNS = frozenset("$€£¥₹₩₽¢+<>=~|^`¬±×÷")
"""Symbols that occur next to numbers. Other symbols, such as emoji, may be a name."""


def is_placeholder(name: str) -> bool:
    """Return whether `name` names no category: a word such as "none", or a number, price or code without a letter."""
    if not any(unicodedata.category(character)[0] in "LS" and character not in _SIGNS for character in name):
        return True
    folded = re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", name)).casefold()
    bare = folded.strip("()[]<>{}-./") if folded not in PLACEHOLDERS else folded
    return not bare or folded in PLACEHOLDERS or bare in PLACEHOLDERS


def category_paths(categories: Sequence[Sequence[str]]) -> list[Path]:
    """Return an item's category paths, from broad to narrow, without placeholders, names that repeat the one above, and duplicates; []
    if it has none.
    """
    cleaned = (_each_once([name.strip() for name in path if not is_placeholder(name)]) for path in categories)
    return list(dict.fromkeys(path for path in cleaned if path))


def folded(path: Sequence[str]) -> Path:
    """Return the path without differences in case and spacing. Equal results are one category."""
    return tuple(" ".join(name.casefold().split()) for name in path)


def _each_once(names: Sequence[str]) -> Path:
    plain = folded(names)
    return tuple(name for at, name in enumerate(names) if at == 0 or plain[at] != plain[at - 1])


def _spelt_alike(paths: Sequence[list[Path]]) -> list[list[Path]]:
    """Replace every name by the spelling that the catalogue uses most often: "TEA" and "tea" become "Tea" if that is the most frequent."""
    counts = Counter(name for own in paths for path in own for name in path)
    spellings: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name.isupper() or name.islower(), name)):
        spellings.setdefault(folded([name])[0], name)
    return [list(dict.fromkeys(tuple(spellings[plain] for plain in folded(path)) for path in own)) for own in paths]


def chosen_paths(items: Sequence[Item]) -> list[list[Path]]:
    """Return for each item its one or two most specific paths, cut to three levels: the rarest among those shared by at least ten items
    or one item in two hundred, whichever is fewer (if none is, the most common). [] if it has none.
    """
    cut = _spelt_alike([[path[:3] for path in category_paths(item.categories)] for item in items])
    counts = Counter(path for paths in cut for path in set(paths))
    enough = min(10, len(items) // 200)
    chosen = []
    for paths in cut:
        different = list(dict.fromkeys(paths))
        common = [path for path in different if counts[path] >= enough]
        ranked = sorted(common, key=lambda path: (counts[path], different.index(path))) or sorted(
            different, key=lambda path: (-counts[path], different.index(path))
        )
        chosen.append(ranked[:2])
    return chosen


def slug(name: str) -> str:
    """Return a URL-safe id for a category's name: its words, with a digest if they are not all ASCII letters and digits."""
    words = "-".join(re.findall(r"[a-z0-9]+", name.casefold()))
    plain = re.sub(r"[\s&,/'’.-]+", "", name.casefold())
    if words and plain.isascii() and plain.isalnum() and len(words) <= 48:
        return words
    digest = hashlib.blake2b(" ".join(name.casefold().split()).encode("utf-8", "surrogatepass"), digest_size=5)
    return "-".join(filter(None, [words[:40], digest.hexdigest()]))


def in_every_language(phrase: str) -> dict[str, str]:
    """Return a label from the catalogue of phrases, by language."""
    return {language: Translator(language, "labels")(phrase) for language in LANGUAGES}


class Draft:
    """The nodes of a taxonomy during a build, by id in order of addition: `topics`, `subtopics`, and `owners`, the topic of each
    subtopic.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.topics = {topic.id: _node(topic.id, topic) for topic in vocabulary.topics}
        self.subtopics: dict[str, Node] = {}
        self.owners: dict[str, str] = {}
        for topic_id, subtopic in subtopics_of(vocabulary):
            self._add(topic_id, self.subtopic_of_place(subtopic.id), _node(subtopic.id, subtopic).labels)

    def subtopic_of_place(self, place_id: str) -> str:
        """Return the id of the subtopic for a place of the vocabulary; a topic without subtopics has a general one."""
        return f"{place_id}.general" if place_id in self.topics else place_id

    def subtopic_of_path(self, path: Path) -> str:
        """Return the id of the subtopic for a category path, adding nodes as needed. The vocabulary's topic and subtopic are used if
        they have the same name.
        """
        known = self.vocabulary.find(path[0])
        topic_id = known.id if isinstance(known, Topic) else self._topic(path[0])
        if len(path) == 1 or folded((path[1],)) == folded((path[0],)):
            return self._add(topic_id, f"{topic_id}.general", self.topics[topic_id].labels)
        if isinstance(known, Topic):
            for subtopic in known.subtopics:
                if path[1].casefold() in (subtopic.en.casefold(), subtopic.zh):
                    return subtopic.id
        return self._add(topic_id, f"{topic_id}.{slug(path[1])}", dict.fromkeys(LANGUAGES, path[1]))

    def _topic(self, name: str) -> str:
        topic_id = slug(name)
        known = self.topics.get(topic_id)
        if topic_id in self.subtopics or (known and known.label("en").casefold() != name.casefold()):
            topic_id = f"{topic_id}.category"
        self.topics.setdefault(topic_id, Node(topic_id, dict.fromkeys(LANGUAGES, name)))
        return topic_id

    def _add(self, topic_id: str, subtopic_id: str, labels: Mapping[str, str]) -> str:
        self.subtopics.setdefault(subtopic_id, Node(subtopic_id, labels))
        self.owners.setdefault(subtopic_id, topic_id)
        return subtopic_id


def _node(node_id: str, place: Subtopic) -> Node:
    return Node(node_id, {language: place.label(language) for language in LANGUAGES})


def place_label(labels: Mapping[str, str], *details: str) -> dict[str, str]:
    """Return the label of a place with details: "Kitchen & Dining: Enamel". Further ones follow after a comma of the language."""
    shown = [detail for detail in details if detail]
    return {language: _with_details(label, shown, Translator(language, "labels")) for language, label in labels.items()}


def _with_details(label: str, details: Sequence[str], say: Translator) -> str:
    if not details:
        return label
    comma, mark = say("list_mark"), say("detail_mark")
    return f"{label}{comma if mark in label else mark}{comma.join(details)}"


def of_category(name: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the label of a theme named after its category or its things. If that is also the name of its subtopic, the subtopic's
    labels are used in the other languages. `labels`: those of the subtopic.
    """
    known = [language for language, label in labels.items() if folded((label,)) == folded((name,))]
    return dict(labels) | dict.fromkeys(known or LANGUAGES, name)


SHORT, SHORT_HAN = 26, 10
"""Maximum length, in characters, of a title that may be a label; of one with Chinese characters."""
_IN_SENTENCES = frozenset("，。！？：；…!?;|")


def of_titles(titles: Sequence[str]) -> str:
    """Return one or two short titles as a label ("The Hobbit & The Silmarillion"); "" for more or longer titles, for sentences, and for
    titles with digits.
    """
    texts = list(dict.fromkeys(text for text in map(plain, titles) if text))
    if not 1 <= len(texts) <= 2 or not all(_is_name(text) for text in texts):
        return ""
    in_han = any(map(has_han, texts))
    shown = [text if in_han else title_case(lower_shouting(text)) for text in sorted(texts, key=str.casefold)]
    return checked_label(("、" if in_han else " & ").join(shown))


def _is_name(title: str) -> bool:
    """Return whether a title is short enough to name a theme, without digits and without the marks of a sentence."""
    short = SHORT_HAN if has_han(title) else SHORT
    return len(title) <= short and not any(mark.isdigit() or mark in _IN_SENTENCES for mark in title)


def different_titles(titles: Sequence[str]) -> Sequence[str]:
    """Return one title for each distinct set of words, so that variants of one product do not outvote the rest; all titles if fewer than
    three remain.
    """
    by_words = {frozenset(words_of(title)): title for title in reversed(titles)}
    different = list(by_words.values())[::-1]
    return different if len(different) >= 3 else titles
