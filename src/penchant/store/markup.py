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
_ATTRIBUTES = r"(?:\s++[^<>=]++=[^<>]*+|\s*+/?)"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{'|'.join([*_INLINE.split(), *_BLOCKS.split()])}){_ATTRIBUTES}>|<!--|-->|<!\[CDATA\[|\]\]>|<!doctype[^<>]*+>",
    re.IGNORECASE,
)
_IS_HTML = re.compile(
    rf"</(?:{'|'.join([*_INLINE.split(), *_BLOCKS.split()])})\s*+>|<(?:br|hr|li|div|ul|ol|td|tr|h[1-6])\s*+/?>"
    r"|<(?:a|div|font|img|li|p|span|table|td|h[1-6])\s++[^<>=]++=[^<>]*+>|<!\[CDATA\[",
    re.IGNORECASE,
)
"""What only HTML contains: closing tags, tags with attributes, and tags with names of two letters or more."""
_BLANK_LINES = re.compile(r"[^\S\n]*+\n\s*+")


def readable(text: str, between: str = " ") -> str:
    """Return text that can be stored, without HTML: `<b>Tom</b> &amp; Jerry` becomes `Tom & Jerry`.

    Entities are decoded up to twice. `between`: what stands in place of paragraphs and line breaks.
    """
    text = storable(text)
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "<" not in text or not _IS_HTML.search(text):
        return text
    bare = "".join(_parts(text)).strip()
    return _BLANK_LINES.sub(between, bare) or text


def _parts(text: str) -> Iterator[str]:
    """Yield the text between tags, with a line break for each block; comments, scripts and styles are left out."""
    place, unseen = 0, ""
    for tag in _TAG.finditer(text):
        mark, name = tag[0].lower(), (tag["name"] or "").lower()
        if not unseen:
            yield text[place : tag.start()]
            yield "\n" if name in _BLOCK_NAMES else ""
        place = tag.end()
        if not unseen and (mark == "<!--" or (name in _UNSEEN and not tag["end"])):
            unseen = name or "<!--"
        elif unseen and (mark == "-->" if unseen == "<!--" else name == unseen and tag["end"]):
            unseen = ""
    if not unseen:
        yield text[place:]


_BLOCK_NAMES = frozenset(_BLOCKS.split())
