"""Checks labels that come from models and catalogues: plain names on one line."""

import html
import re
import unicodedata
from collections import Counter

from penchant.characters import has_han
from penchant.store.plain import is_instruction

MAX_LABEL = 60
MAX_LABEL_WORDS = 8
#: Maximum length of a Chinese name; a longer one is a copied title, or a list of them.
MAX_HAN_NAME = 14
ADDRESS = re.compile(r"https?:|www\.|\w\.(?:com|net|org|io|cn)\b|@\w", re.IGNORECASE)


_MARKDOWN = re.compile(r"^#{1,6}\s")


def check_label(label: str) -> str:
    """Return `label` on one line. Raises `ValueError` if it is blank, too long, repeats itself, addresses the reader or is not a plain
    name.
    """
    if "\n" in label.strip() or any(unicodedata.category(character) == "Cc" for character in label.strip()):
        raise ValueError("a label is one line")
    label = _MARKDOWN.sub("", " ".join(html.unescape(label).split())).strip(" .;:,\"'“”「」«»*_`")
    if not any(character.isalnum() for character in label) or label in ("…", "..."):
        raise ValueError("a label names something; this one is blank")
    if len(label) > MAX_LABEL or len(label.split()) > MAX_LABEL_WORDS:
        raise ValueError(f"a label has 1 to 5 words and at most {MAX_LABEL} characters")
    if ADDRESS.search(label) or is_instruction(label) or re.search(r"[<>{}\[\]|\\=]", label):
        raise ValueError("a label is a plain name: no address, mark-up or instruction")
    _refuse_loops(label)
    return label


def _refuse_loops(label: str) -> None:
    words = re.findall(r"\w+", label.casefold())
    looping = words and max(Counter(words).values()) > max(1, len(words) // 2) and len(words) > 1
    if looping or re.fullmatch(r"(.{2,}?)\1{2,}", label.casefold().replace(" ", "")):
        raise ValueError("a label does not repeat itself")


def speaks(label: str, language: str) -> bool:
    """Return whether `label` can be in `language`: Chinese needs at least one ideograph, English allows none, any other language is
    accepted.
    """
    return {"en": not has_han(label), "zh": has_han(label)}.get(language, True)


def name_of_list(label: str) -> str:
    """Return a short label of the first three distinct parts of a list, as small models give lists with repetitions; "" if not even one
    part is a label.
    """
    parts = list({part.strip().casefold(): part.strip() for part in re.split("[,，、;；]", label)}.values())
    between = "、" if speaks(label, "zh") else ", "
    for count in (3, 2, 1):
        name = between.join(parts[:count])
        if speaks(name, "zh") and len(name) > MAX_HAN_NAME:
            continue
        try:
            shown = check_label(name)  # without the marks at its ends, so that its first letter is the first
            return check_label(shown[:1].upper() + shown[1:])
        except ValueError:
            continue
    return ""


def label_or_none(label: str) -> str:
    try:
        return check_label(label)
    except ValueError:
        return ""
