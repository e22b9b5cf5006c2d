"""What is read out of an uploaded file, and that no file leads the reader astray."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from pypdf import PdfWriter

from privacy import extraction
from privacy.child import Refused
from privacy.extraction import UnreadableFile, extract, read_all
from privacy.extraction.package import MOST_UNPACKED


def docx_of(*paragraphs, author="", header="", comment=""):
    document = docx.Document()
    for paragraph in paragraphs:
        run = document.add_paragraph().add_run(paragraph)
        if comment:
            document.add_comment(run, text=comment, author="A", initials="A")
    document.sections[0].header.paragraphs[0].text = header
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(text, **about):
    """A pdf of one page, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    out.write(
        b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    )
    out.write(b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % start)
    writer = PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    writer.add_metadata({f"/{key}": value for key, value in about.items()})
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def zip_of(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_document_gives_its_text_its_margins_and_its_author():
    found = extract(
        docx_of("Hun mødte til tiden.", author="Gurli Wind", header="Sidehoved", comment="Ring!")
    )

    assert "Hun mødte til tiden.\n" in found.text
    assert "Sidehoved" in found.text
    assert "Ring!" in found.text
    assert "Gurli Wind" in found.about
    assert found.complete is True


def test_a_pdf_gives_its_text_and_its_author():
    found = extract(pdf_of("Cafe i baghaven", Author="Gurli Wind"))

    assert found.text.strip() == "Cafe i baghaven"
    assert "Gurli Wind" in found.about


def test_a_text_file_is_its_text():
    assert extract("Æbler og pærer".encode()).text == "Æbler og pærer"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "type"),
        (b"\x90\x8d", "type"),  # neither UTF-8 nor Windows-1252
        (b"\xff\xfeA", "broken"),  # UTF-16, cut in the middle of a letter
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word 97", "old"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked",
        ),
        (b"{\\rtf1 hej}", "rtf"),
        (zip_of(**{"hej.txt": b"hej"}), "type"),
        (zip_of(**{"word/document.xml": b"<w"}), "broken"),
        (zip_of(mimetype=b"image/openraster"), "type"),
        (b"", "type"),
        (b"%PDF-1.4 og saa ikke mere", "broken"),
        (b"PK\x03\x04 word/document.xml", "broken"),
        (b"x" * (extraction.LARGEST + 1), "size"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, why):
    with pytest.raises(UnreadableFile) as refused:
        extract(data)
    assert refused.value.why == why

    if why != "size":  # told before the child is asked
        with pytest.raises(Refused, match=why):
            read_all(data)


def test_old_letters_of_windows_and_marks_of_the_byte_order_are_read():
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert read_all("Æbler og “pærer”".encode(encoding))["text"] == "Æbler og “pærer”"


def test_a_pdf_with_a_password_is_refused():
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("Lukket")))
    writer.encrypt("hemmeligt")
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(UnreadableFile, match="locked"):
        extract(out.getvalue())


def test_a_reading_that_takes_too_long_is_ended():
    with pytest.raises(UnreadableFile, match="limit"):
        extract(docx_of("Hej"), seconds=0.001)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (MOST_UNPACKED + 1))

    with pytest.raises(UnreadableFile, match="limit"):
        extract(out.getvalue())


def test_an_entity_is_not_unfolded():
    bomb = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb)

    assert "aaaaaaaaaa" not in extract(out.getvalue()).text


def test_a_long_text_is_cut_and_says_so():
    found = extract(("ord " * extraction.MOST_CHARACTERS).encode())

    assert len(found.text) == extraction.MOST_CHARACTERS
    assert found.complete is False
