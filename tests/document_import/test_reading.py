"""Every kind of file gives the same paragraphs; what cannot be read says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document_import.paragraphs import Style
from document_import.reading import MOST_PARAGRAPHS, UnreadableDocument, read_all, read_document
from document_import.reading.kinds import reader_for
from document_import.reading.plain import read_plain
from tests.document_import.documents import (
    COMMENTARY,
    INTERVIEW,
    THEME,
    as_docx,
    as_odt,
    as_pdf,
    docx_with_link,
    odt_of,
    with_macros,
)

FILES = Path(__file__).parents[3] / "shared" / "realworld" / "files"


def words(paragraphs):
    return [paragraph.text for paragraph in paragraphs]


def plain(text):
    """What a person would count: one paragraph for each line that is not empty."""
    return [" ".join(line.split()).removeprefix("• ") for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("text", [COMMENTARY, INTERVIEW, THEME])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (str.encode, "d.txt"),
        (lambda text: text.encode("utf-16"), "d.txt"),
        (lambda text: text.encode("cp1252"), "d.txt"),
        (as_docx, "d.docx"),
        (odt_of, "d.odt"),
    ],
)
def test_no_paragraph_is_lost(text, make, name):
    assert words(read_document(make(text), name)) == plain(text)


@pytest.mark.parametrize("text", [COMMENTARY, INTERVIEW, THEME])
def test_a_pdf_has_every_word_in_its_order(text):
    found = " ".join(words(read_document(as_pdf(text), "d.pdf")))
    assert found.split() == " ".join(plain(text)).split()


def test_a_pdf_has_headings_lists_and_paragraphs():
    found = read_document(as_pdf(COMMENTARY), "d.pdf")
    assert found[0].style is Style.HEADING
    assert [p.text for p in found if p.style is Style.ITEM] == [
        "Begynd med det, der virker",
        "Spørg om i morgen, før du spørger om i går",
        "Skriv borgerens egne ord",
    ]
    assert "I Fjordby har vi prøvet at vende rækkefølgen om." in found[2].text


def test_links_of_a_word_document_are_kept():
    found = read_document(docx_with_link("undersøgelsen", "https://a.example/b"), "d.docx")
    assert [(link.words, link.address) for link in found[0].links] == [
        ("undersøgelsen", "https://a.example/b")
    ]


@pytest.mark.parametrize(
    "name", ["f01_textbox.docx", "f05_split_runs.docx", "f10_embedded_xlsx.docx"]
)
def test_real_office_files_are_read(name):
    assert read_document((FILES / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["t01_cp1252.txt", "t02_utf16.txt", "p01_plain.pdf"])
def test_real_texts_are_read(name):
    found = " ".join(words(read_document((FILES / name).read_bytes(), name)))
    assert not {"\ufffd", "\x00"} & set(found)


def test_markdown_and_html_say_the_same():
    markdown = b"# Titel\n\nTekst med [et link](https://a.example/b).\n\n- Et\n- To\n\n> Citat\n"
    page = (
        b"<html><head><title>x</title><style>p{}</style></head><body><h1>Titel</h1>"
        b"<p>Tekst med <a href='https://a.example/b'>et link</a>.</p>"
        b"<ul><li>Et</li><li><p>To</p></li></ul><blockquote><p>Citat</p></blockquote>"
        b"<script>nej()</script></body></html>"
    )
    first = read_document(markdown, "d.md")
    second = read_document(page, "d.html")
    shape = [(p.style, p.level, p.text, p.links) for p in first]
    assert shape == [(p.style, p.level, p.text, p.links) for p in second]
    assert [p.style.value for p in first] == ["heading", "text", "item", "item", "quote"]
    assert first[1].links[0].address == "https://a.example/b"


def test_html_in_markdown_is_text():
    found = read_document(b"Hej <script>alert(1)</script>", "d.md")
    assert "<script>" in found[0].text


def test_hidden_html_is_not_read():
    found = read_document(b"<html><body><p hidden>skjult</p><p>vist</p></body></html>", "d.html")
    assert words(found) == ["vist"]


def test_html_without_charset_is_utf8_where_it_fits():
    assert words(read_document("<html><p>Blåbær</p>".encode(), "d.html")) == ["Blåbær"]
    assert words(read_document("<html><p>Blåbær</p>".encode("cp1252"), "d.html")) == ["Blåbær"]


def test_an_open_document_knows_headings_quotes_and_links():
    data = as_odt(
        '<text:h text:outline-level="2">Kapitel</text:h>'
        '<text:p text:style-name="P2">Citat</text:p>'
        '<text:p>Se <text:a xlink:href="https://a.example">her</text:a><text:s/>nu'
        "<office:annotation><text:p>note i margen</text:p></office:annotation></text:p>"
        "<text:tracked-changes><text:p>slettet</text:p></text:tracked-changes>"
    )
    found = read_document(data, "d.odt")
    assert [(p.style, p.text) for p in found] == [
        (Style.HEADING, "Kapitel"),
        (Style.QUOTE, "Citat"),
        (Style.TEXT, "Se her nu"),
    ]
    assert found[2].links[0].address == "https://a.example"


def test_lines_broken_to_fit_a_page_are_one_paragraph():
    text = (
        "Det her er en lang linje, som er brudt, fordi siden ikke var bredere, og den\n"
        "fortsætter her med flere ord, så det stadig er den samme sætning, som man læser og\n"
        "slutter.\n\nNy tanke, som også er lang nok til at fylde en hel linje på siden, ja det\n"
        "er den.\n"
    )
    assert len(read_plain(text.encode())) == 2


def test_a_word_divided_at_the_end_of_a_line_is_whole():
    long = "Her er en linje, der er lang nok til, at man kan se, at den er delt ved kanten af si-\n"
    assert (
        "siden"
        in read_plain((long + "den, og så går det videre på den næste linje.").encode())[0].text
    )


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (with_macros(as_docx("Hej\n")), "d.docx", "macros"),
        (as_pdf("Hej\n", pages=201), "d.pdf", "long"),
        (b"a\n" * (MOST_PARAGRAPHS + 1), "d.txt", "long"),
        (b"  \n \n", "d.txt", "empty"),
        (b"PK\x03\x04garbage", "d.docx", "broken"),
        ((FILES / "o01_text.odt").read_bytes(), "d.odt", "broken"),  # an empty shell
        (b"%PDF-1.7 garbage", "d.pdf", "broken"),
        (b"MZ\x00\x00", "d.exe", "type"),
        (b"abc\x00def", "d.txt", "type"),
        (b"x" * (20 * 1024 * 1024 + 1), "d.txt", "size"),
    ],
)
def test_what_cannot_be_read_says_why(data, name, why):
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(data, name)
    assert refusal.value.why == why


def test_a_picture_of_text_is_no_text():
    with pytest.raises(UnreadableDocument) as refusal:
        read_document((FILES / "p07_no_text_scan.pdf").read_bytes(), "scan.pdf")
    assert refusal.value.why in ("pictures", "empty")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60
        ),
        max_size=15,
    )
)
def test_no_word_of_a_text_is_lost(lines):
    text = "\n".join(lines)
    found = read_plain(text.encode())
    kept = "".join(" ".join(words(found)).split())
    written = "".join(text.split())
    # Bullets and numbers of lists go, and a hyphen at the end of a line; nothing else does.
    gone = [letter for letter in written if letter not in kept]
    assert all(letter in "•▪‣◦●○*·–-().0123456789" for letter in gone)
    assert [paragraph.number for paragraph in found] == list(range(1, len(found) + 1))


def test_the_reader_is_chosen_by_what_stands_in_the_file():
    assert reader_for(as_pdf("Hej\n"), "d.txt").__name__ == "read_pdf"
    assert reader_for(b"<!DOCTYPE html><p>x", "d.txt").__name__ == "read_html"
    assert read_all(b"Hej", "d.txt")[0]["text"] == "Hej"
