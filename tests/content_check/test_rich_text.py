"""Rich text as the rules read it; what makes it is Wagtail's own writing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content_check.rich_text import Parts, parts_of


def test_its_words_headings_links_and_pictures():
    source = (
        '<p>Først <b>dette</b>.<br/>Så <a linktype="page" id="3">læs mere</a>.</p>'
        "<h3>Bag om</h3><ul><li>et</li><li>to &amp; tre</li></ul>"
        '<embed alt="To ved et bord" embedtype="image" format="left" id="1"/>'
    )

    assert parts_of(source) == Parts(
        words="Først dette.\nSå læs mere.\nBag om\net\nto & tre",
        headings=((3, "Bag om"),),
        links=("læs mere",),
        pictures=("To ved et bord",),
    )


def test_nothing_is_nothing():
    assert parts_of(" ") == Parts("", (), (), ())


@given(st.text(max_size=80))
def test_any_text_is_accepted(source):
    parts_of(source)
