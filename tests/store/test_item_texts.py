"""Texts of an item in HTML: read as a person sees them, and what only looks like HTML stays."""

import pytest
from processor_time import seconds
from pydantic import ValidationError

from penchant.store.item import Item
from penchant.store.markup import readable


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<b>Tea</b> &amp; more", "Tea & more"),
        ("&lt;p class=&quot;x&quot;&gt;Tea&lt;/p&gt;&lt;p&gt;pot&lt;/p&gt;", "Tea pot"),
        ("Tea<br/>pot<!-- new --><script>alert('<b>')</script>", "Tea pot"),
        ("<B>T</B>ea <script>", "Tea"),
        ("I <3 NY", "I <3 NY"),
        ("List<A> in Java", "List<A> in Java"),
        ("a <b and c> d", "a <b and c> d"),
        ("<untitled>", "<untitled>"),
        ("Learn <div> and <span>", "Learn <div> and <span>"),
        ("Learn &lt;div&gt; layout", "Learn <div> layout"),
        ("<p>Learn &lt;div&gt; layout</p>", "Learn <div> layout"),
        ("The <h1> heading", "The <h1> heading"),
        ("CSS: styling a <div>", "CSS: styling a <div>"),
        ("<b>Guide</b> to <script> tags in JS", "Guide to tags in JS"),
        ("<b>Guide</b> to <!-- in JS", "Guide to <!-- in JS"),
        ("<i>Wow</i> A --> B", "Wow A --> B"),
        ("<i>Wow</i> a[b[0]]>1", "Wow a[b[0]]>1"),
        ("<![CDATA[<b>Tea</b> pot]]>", "Tea pot"),
        ("&lt;b&gt;Tea&lt;/b&gt; &amp;amp; more", "Tea & more"),
    ],
)
def test_titles_are_read_without_html_and_nothing_else_is_taken_for_it(written: str, title: str) -> None:
    item = Item(item_id="i1", title=written, tags=(written,))

    assert (item.title, item.tags, Item(**item.model_dump())) == (title, (title,), item)


def test_blank_fields_of_an_item_are_none() -> None:
    item = Item(item_id="i1", title="Pot", domain="  ", lang=" ", description=" ", url="\t")

    assert (item.domain, item.lang, item.description, item.url) == (None, None, None, None)


@pytest.mark.parametrize("written", ["<p></p>", "<b></b>", "&lt;b&gt; &lt;/b&gt;"])
def test_a_title_of_tags_alone_is_refused_as_empty(written: str) -> None:
    with pytest.raises(ValidationError, match="title"):
        Item(item_id="i1", title=written)

    item = Item(item_id="i1", title="Tea", description=written, categories=[written], tags=(written,))
    assert (item.description, item.categories, item.tags) == (None, (), ())


@pytest.mark.parametrize(
    "part",
    (
        *(" ", "\n", " \n", "&", "&#", "&amp;", "<", "<b", "<b ", "<a x=", "</b", "<br"),
        *("<script>", "<!--", "-->", "<![CDATA[", "]]>", "<b>x</b>", "&lt;b&gt;"),
    ),
)
def test_long_texts_in_html_are_read_in_linear_time(part: str) -> None:
    text = "<b></b>x" + part * (200_000 // len(part)) + "y"

    assert seconds(1, readable, text) < 1


def test_a_description_in_html_becomes_paragraphs() -> None:
    description = (
        "<style>p {color: red}</style><p>Of <i>bone</i> china.</p>\n\n<ul><li>500&nbsp;ml</li><li>blue</li></ul>"
    )

    item = Item(item_id="i1", title="Tea pot", description=description)

    assert item.description == "Of bone china.\n500\xa0ml\nblue"
