"""Pictures, tables, files and recordings in texts: of our own, whole, and asked of nobody else."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from lxml import html as lxml_html
from wagtail.documents.models import Document
from wagtail.models import Collection

from kb.blocks.body import BodyBlock
from kb.search_documents import page_document
from tests.factories.images import make_picture
from tests.factories.kb import StandardPageFactory
from tests.factories.people import EmployeeFactory
from upkeep.queries.uses import uses_of

# Wagtail leaves the file of a rendition it draws to be closed by the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WORDS = {"title": "Samtalen", "minutes": 12, "transcript": "Vi taler om tro."}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ELASTICSEARCH_URL = ""


def file(name="samtale.mp3", content=b"ID3\x04 tone"):
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    made = Document(title="Samtale", collection=root)
    made.file.save(name, ContentFile(content), save=True)
    return made


def table(caption="Ledige efter år"):
    return {
        "columns": [{"type": "text", "heading": "År"}, {"type": "text", "heading": "Ledige"}],
        "rows": [{"values": ["2024", "ca. 40"]}, {"values": ["2025", "ca. 35"]}],
        "caption": caption,
    }


def shown(*blocks):
    page = StandardPageFactory(is_open=True, body=list(blocks))
    reader = Client()
    reader.force_login(EmployeeFactory())
    return page, lxml_html.fromstring(reader.get(page.url).content.decode())


def clean(*blocks):
    stream = BodyBlock()
    return stream.clean(
        stream.to_python([{"type": name, "value": value} for name, value in blocks])
    )


def test_a_picture_is_shown_with_its_words_and_who_made_it():
    picture = make_picture(
        licence="cc_by", licence_holder="Ida Dam", licence_source="https://a.dk/"
    )

    _page, html = shown(("picture", {"image": picture, "caption": "Bordet"}))

    (figure,) = html.xpath("//figure")
    (image,) = figure.xpath(".//img")
    assert image.get("alt") == "To mennesker ved et bord"
    assert all(part.strip().startswith("/billeder/") for part in image.get("srcset").split(","))
    assert " ".join(figure.text_content().split()) == "Bordet Foto: Ida Dam, CC BY"


def test_a_table_has_its_caption_and_its_headings():
    _page, html = shown(("table", BodyBlock().child_blocks["table"].to_python(table())))

    (found,) = html.xpath("//table")
    assert found.xpath("string(caption)") == "Ledige efter år"
    assert [cell.text_content() for cell in found.xpath(".//th[@scope='col']")] == ["År", "Ledige"]
    assert [cell.text_content() for cell in found.xpath(".//th[@scope='row']")] == ["2024", "2025"]
    assert html.xpath("//*[@class='table-scroll']/@aria-label") == ["Ledige efter år"]


def test_a_file_to_take_along_says_what_it_is():
    document = file("haefte.txt", b"Ord")

    _page, html = shown(("file", {"document": document, "words": "Hæftet"}))

    (link,) = html.xpath(f"//a[@href='{document.url}']")
    assert link.text_content().strip() == "Hæftet"
    assert "txt" in link.getparent().text_content()


@pytest.mark.parametrize(("name", "tag"), [("samtale.mp3", "audio"), ("samtale.mp4", "video")])
def test_a_recording_is_played_here_with_length_and_words(name, tag):
    document = file(name, b"\x00\x00\x00\x20ftypisom" if tag == "video" else b"ID3\x04")

    _page, html = shown(("recording", {"document": document, **WORDS}))

    (player,) = html.xpath(f"//{tag}")
    assert player.get("src") == document.url
    assert player.get("preload") == "none"
    assert "12 minutter" in html.text_content()
    assert "Vi taler om tro." in html.text_content()


def test_nothing_is_asked_of_others():
    picture, document = make_picture(), file()

    _page, html = shown(
        ("picture", {"image": picture, "caption": ""}),
        ("recording", {"document": document, **WORDS}),
    )

    asked = html.xpath("//main//@src | //main//@srcset | //main//@poster")
    assert asked
    assert not [address for address in asked if re.search(r"//", address)]


@pytest.mark.parametrize(
    ("make_block", "told"),
    [
        (
            lambda: ("picture", {"image": make_picture(focal_point_x=None).pk, "caption": ""}),
            "Markér",
        ),
        (lambda: ("table", table(caption=" ")), "Skriv i billedteksten"),
        (lambda: ("recording", {"document": file("a.txt", b"a").pk, **WORDS}), "Vælg en optagelse"),
        (lambda: ("recording", {"document": file().pk, **WORDS, "transcript": ""}), "påkrævet"),
    ],
)
def test_what_is_not_whole_is_refused(make_block, told):
    with pytest.raises(ValidationError) as refused:
        clean(make_block())
    assert told in str(refused.value.as_json_data())


def test_what_is_whole_is_taken():
    clean(
        ("picture", {"image": make_picture().pk, "caption": ""}),
        ("table", table()),
        ("file", {"document": file("a.txt", b"a").pk, "words": ""}),
        ("recording", {"document": file().pk, **WORDS}),
    )


def test_a_cpr_number_in_a_cell_is_refused():
    with pytest.raises(ValidationError):
        clean(("table", table(caption="Sagen om 010190-1234")))


def test_the_words_are_found_and_the_uses_counted():
    picture, document = make_picture(), file()

    page, _html = shown(
        ("picture", {"image": picture, "caption": ""}),
        ("table", BodyBlock().child_blocks["table"].to_python(table())),
        ("recording", {"document": document, **WORDS}),
    )

    words = page_document(page).body
    for word in ("To mennesker ved et bord", "ca. 35", "Vi taler om tro."):
        assert word in words
    assert uses_of(picture).named == uses_of(document).named == [page.title]
