"""Reads texts that were written for web pages: entities are decoded and HTML tags removed.

Only tags of HTML are removed, and only from texts that are HTML: `I <3 NY`, `List<A>` and `a < b > c` stay as they are.
"""

import html
import re
from collections.abc import Iterator

from penchant.characters import storable

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong"
    " sub sup time tt u var wbr"
)
_BLOCKS = (
    "article aside blockquote body br button caption center col colgroup dd details div dl dt embed fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input legend li link main meta nav noscript"
    " object ol option p param picture pre script section select source style summary svg table tbody td template"
    " textarea tfoot th thead title tr ul video"
)
_UNSEEN = ("script", "style")
_NAMES = "|".join([*_INLINE.split(), *_BLOCKS.split()])
_ATTRIBUTES = r"(?:\s++[^<>=]++=[^<>]*+|\s*+/?)"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAMES}){_ATTRIBUTES}>|<!--|-->|<!\[CDATA\[|\]\]>|<!doctype[^<>]*+>", re.IGNORECASE
)
_ENDS = {"<!--": "-->", "<![cdata[": "]]>"} | {name: f"/{name}" for name in _UNSEEN}
"""What ends a part, by what begins it. A comment, script or style without its end is not left out."""
_IS_HTML = re.compile(
    rf"</(?:{_NAMES})\s*+>|<(?:br|hr)\s*+/?>"
    r"|<(?:a|div|font|img|li|p|span|table|td|h[1-6])\s++[^<>=]++=[^<>]*+>|<!\[CDATA\[",
    re.IGNORECASE,
)
"""What only HTML contains: closing tags, tags with attributes, line breaks and rules.

An opening tag alone shows nothing: "Learn <div> and <span>" names tags.
"""
_BLANK_LINES = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")


def readable(text: str, between: str = " ") -> str:
    """Return text that can be stored, without HTML: `<b>Tom</b> &amp; Jerry` becomes `Tom & Jerry`.

    Entities are decoded up to twice. Tags are removed before that, so that `<p>Learn &lt;div&gt;</p>` keeps the tag it
    names, and after it, for feeds that are escaped as a whole. `between`: what stands in place of paragraphs and line
    breaks. Empty if there is nothing but tags.
    """
    text, is_html = storable(text), False
    for decodings_left in (2, 1, 0):
        if "<" in text and _IS_HTML.search(text):
            text, is_html = "".join(_parts(text)), True
        if not decodings_left or "&" not in text:
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _BLANK_LINES.sub(between, text.strip()) if is_html else text


def _parts(text: str) -> Iterator[str]:
    """Yield the text between tags, with a line break for each block; comments, scripts and styles are left out."""
    marks = [(_mark(tag), tag) for tag in _TAG.finditer(text)]
    last = {mark: tag.start() for mark, tag in marks}
    place, end, in_data = 0, "", False
    for mark, tag in marks:
        if end:
            place, end = (tag.end(), "") if mark == end else (place, end)
            continue
        has_end = last.get(_ENDS.get(mark, ""), -1) > tag.start()
        if mark in _NO_TAGS and not has_end and not (mark == "]]>" and in_data):
            continue
        yield text[place : tag.start()] + ("\n" if mark.removeprefix("/") in _BLOCK_NAMES else "")
        place = tag.end()
        in_data = mark == "<![cdata[" or (in_data and mark != "]]>")
        end = _ENDS[mark] if has_end and mark != "<![cdata[" else ""
    yield text[place:]


def _mark(tag: re.Match[str]) -> str:
    return (tag["end"] + tag["name"] if tag["name"] else tag[0]).lower()


_BLOCK_NAMES = frozenset(_BLOCKS.split())
_NO_TAGS = ("<!--", "-->", "<![cdata[", "]]>")
"""What is text where its other half is missing: "A --> B"."""
