"""A CPR number is found wherever in a file it stands, and what cannot be read is named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from privacy.child import Refused
from privacy.extraction import Extracted, UnreadableFile, extract, read_all
from tests.privacy.test_extraction import docx_of, pdf_of

NUMBER = "010180-1234"
FILES = sorted((Path(__file__).parent / "files").iterdir())
CLEAN = {"o01_text.odt", "o02_slides.pptx", "t01_cp1252.txt", "t02_utf16.txt"}
REFUSED = {"o03_old_word.doc": "old", "t03_rtf_renamed.txt": "rtf"}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def reading(data):
    """What the child finds, without its process."""
    return Extracted(**read_all(data))


def package(**parts):
    """An archive; "/" in a name is written "__", "." as "_dot_"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def word(body="<w:p><w:r><w:t>Vejledning</w:t></w:r></w:p>", **parts):
    return package(word__document_dot_xml=f"<w:document {W}>{body}</w:document>", **parts)


def slides(first="Oplæg", **parts):
    slide = f"<p:sld xmlns:p='p' {A}><a:t>{first}</a:t></p:sld>"
    return package(ppt__presentation_dot_xml="<x/>", ppt__slides__slide1_dot_xml=slide, **parts)


def open_document(kind="text", body="<text:p>Vejledning</text:p>", **parts):
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("text", "table", "office", "drawing", "presentation")
    )
    return package(
        mimetype=f"application/vnd.oasis.opendocument.{kind}",
        content_dot_xml=f"<office:body {namespaces}>{body}</office:body>",
        **parts,
    )


def workbook(*rows, comment="", title="Ark"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    if comment:
        book.active["A1"].comment = openpyxl.comments.Comment(comment, "A")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with(change):
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("Vejledning")))
    change(writer)
    return written(writer)


def bookmark(writer):
    writer.add_outline_item(f"Borger {NUMBER}", 0)


def attachment(writer):
    writer.add_attachment("bilag.docx", docx_of(f"Borger {NUMBER}"))


def note_as_shown(writer):
    """A note whose picture is drawn by a stream of its own."""
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf ({NUMBER}) Tj ET".encode())
    drawn.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/Resources"): writer.pages[0]["/Resources"],
        }
    )
    note = FreeText(text="Se her", rect=(0, 0, 50, 50))
    note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(drawn)})
    writer.add_annotation(0, note)


def form_field(writer):
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("felt"),
            NameObject("/V"): TextStringObject(NUMBER),
        }
    )
    fields = ArrayObject([writer._add_object(field)])
    form = DictionaryObject({NameObject("/Fields"): fields})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)


def xmp(writer):
    writer.xmp_metadata = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        'syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:subject>Borger {NUMBER}</dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def alternative_text(writer):
    element = DictionaryObject({NameObject("/Alt"): TextStringObject(f"Kort, {NUMBER}")})
    writer._root_object[NameObject("/StructTreeRoot")] = writer._add_object(element)


def saved_over():
    """The number was taken away, and the file saved so that the old state lies in it still."""
    old = pdf_of(f"Borger {NUMBER}")
    writer = PdfWriter(io.BytesIO(old), incremental=True)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(
        PdfReader(io.BytesIO(pdf_of("Vejledning"))).pages[0]["/Contents"].get_object()
    )
    return written(writer)


def picture(**about):
    out = io.BytesIO()
    exif = Image.Exif()
    for number, value in about.items():
        exif[int(number.removeprefix("t"))] = value
    Image.new("RGB", (40, 40), "seagreen").save(out, "JPEG", exif=exif)
    return out.getvalue()


def picture_pdf():
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "PDF")
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("Vejledning")))
    writer.append(io.BytesIO(out.getvalue()))
    return written(writer)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_real_file_with_a_number_is_caught(file):
    """Files as offices have them: each with a number somewhere, but the four that have none."""
    data = file.read_bytes()
    if why := REFUSED.get(file.name):
        with pytest.raises(UnreadableFile, match=why):
            extract(data)
        return

    found = extract(data)

    if file.name == "p07_no_text_scan.pdf":
        assert (found.pictures, found.has_cpr) == ("1", False)
    else:
        assert found.has_cpr is (file.name not in CLEAN)
        assert (found.pictures, found.closed, found.complete) == ("", "", True)


HIDING = {
    "docx: taken away under tracked changes": word(
        f"<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>"
    ),
    "docx: split by a tracked change": word(
        "<w:p><w:r><w:t>010180</w:t></w:r><w:ins><w:r><w:t>-1234</w:t></w:r></w:ins></w:p>"
    ),
    "docx: half of it taken away": word(
        "<w:p><w:del><w:r><w:delText>010180</w:delText></w:r></w:del>"
        "<w:r><w:t>-1234</w:t></w:r></w:p>"
    ),
    "docx: non-breaking hyphen": word(
        "<w:p><w:r><w:t>010180</w:t><w:noBreakHyphen/><w:t>1234</w:t></w:r></w:p>"
    ),
    "docx: one digit a cell": word(
        "<w:tbl><w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{d}</w:t></w:r></w:p></w:tc>" for d in "0101801234")
        + "</w:tr></w:tbl>"
    ),
    "docx: default of a form field": word(
        f'<w:p><w:r><w:ffData><w:default w:val="{NUMBER}"/></w:ffData></w:r></w:p>'
    ),
    "docx: alt text": word(f'<w:p><wp:docPr xmlns:wp="wp" id="1" descr="Borger {NUMBER}"/></w:p>'),
    "docx: a variable": word(word__settings_dot_xml=f'<w:x {W} w:name="a" w:val="{NUMBER}"/>'),
    "docx: a link's target in code": word(
        word___rels__document_dot_xml_dot_rels='<r><R Target="https://x.dk/?a=010180%2D1234"/></r>'
    ),
    "docx: a chart": word(word__charts__chart1_dot_xml=f"<c:v xmlns:c='c'>{NUMBER}</c:v>"),
    "docx: own data under a name like a machine's": word(
        customXml__item1_dot_xml='<borger id="0101801234"/>'
    ),
    "docx: name of a part": word(**{f"word__media__{NUMBER}_dot_png": picture()}),
    "docx: a picture's own notes": word(word__media__a_dot_jpeg=picture(t270=f"Borger {NUMBER}")),
    "docx: an XML comment": word(f"<w:p><!-- {NUMBER} --></w:p>"),
    "docx: file in a file": word(
        word__embeddings__b_dot_docx=word(word__embeddings__b_dot_xlsx=workbook([NUMBER]))
    ),
    "docx: an embedded text": word(word__embeddings__b_dot_txt=f"Borger {NUMBER}"),
    "xlsx: a cell": workbook(["Kode", "Ord"], ["A", f"Borger {NUMBER}"]),
    "xlsx: a number as a number": workbook([3112801234]),
    "xlsx: two cells": workbook(["010180", "1234"]),
    "xlsx: a comment": workbook(["Kode"], comment=NUMBER),
    "xlsx: a sheet's name": workbook(["Kode"], title=NUMBER),
    "pptx: a slide": slides(f"Borger {NUMBER}"),
    "pptx: split runs": slides("010180</a:t><a:t>-1234"),
    "pptx: speaker's notes": slides(
        ppt__notesSlides__notesSlide1_dot_xml=f"<n {A}><a:t>{NUMBER}</a:t></n>"
    ),
    "pptx: a comment": slides(ppt__comments__modernComment_dot_xml=f"<c><t>{NUMBER}</t></c>"),
    "odt: split spans": open_document(
        body="<text:p><text:span>010180</text:span>-<text:span>1234</text:span></text:p>"
    ),
    "odt: taken away under tracked changes": open_document(
        body=f"<text:deletion><text:p>{NUMBER}</text:p></text:deletion>"
    ),
    "odt: meta": open_document(meta_dot_xml=f"<m><a>{NUMBER}</a></m>"),
    "odt: a foot": open_document(styles_dot_xml=f"<s><f>{NUMBER}</f></s>"),
    "ods: a cell": open_document(
        "spreadsheet",
        "<table:table-row><table:table-cell><text:p>010180</text:p></table:table-cell>"
        "<table:table-cell><text:p>1234</text:p></table:table-cell></table:table-row>",
    ),
    "odp: a slide": open_document("presentation", f"<text:p>{NUMBER}</text:p>"),
    "pdf: a bookmark": pdf_with(bookmark),
    "pdf: an attachment": pdf_with(attachment),
    "pdf: a note's picture": pdf_with(note_as_shown),
    "pdf: a form field": pdf_with(form_field),
    "pdf: XMP": pdf_with(xmp),
    "pdf: alternative text": pdf_with(alternative_text),
    "pdf: an earlier state": saved_over(),
    "pdf: digits below each other": pdf_of(") Tj 0 -15 Td (".join("0101801234")),
    "pdf: digits drawn from right to left": pdf_of(
        "a) Tj 200 0 Td (" + ") Tj -9 0 Td (".join("4321081010")
    ),
    "txt: UTF-16": f"Borger {NUMBER}".encode("utf-16"),
    "txt: cp1252": f"Læs: {NUMBER}".encode("cp1252"),
    "txt: one digit a line": b"0\n1\n0\n1\n8\n0\n1\n2\n3\n4\n",
}


@pytest.mark.parametrize("data", HIDING.values(), ids=HIDING)
def test_a_number_is_found_wherever_it_stands(data):
    assert reading(data).has_cpr is True


CLEAN_FILES = {
    "docx with numbers that programs make": word(
        '<w:p w:rsidR="01018012" w14:paraId="01018012" xmlns:w14="x"><w:sdtPr>'
        '<w:id w:val="1012801234"/></w:sdtPr><w:r><w:t>Vejledning</w:t></w:r></w:p>'
    ),
    "pptx with numbers that programs make": slides(
        ppt__x_dot_xml='<p14:creationId xmlns:p14="x" val="3112801234"/>'
    ),
    "a chart's axes": word(word__charts__c_dot_xml='<c:axId xmlns:c="c" val="2012801234"/>'),
    "a table of figures": workbook(["Uge", "Kroner"], [110512, 3456], [1201803, 1234]),
    "ods with figures": open_document(
        "spreadsheet",
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float"><text:p>{n}</text:p></table:table-cell>'
            for n in (110512, 3456)
        )
        + "</table:table-row>",
    ),
    "an unlike identity": word(word__x_dot_xml='<x a="{01018012-3412-4123-8123-010180123412}"/>'),
    "a picture with words beside it": word(word__media__a_dot_png=picture()),
    "a pdf": pdf_of("Alt godt paa 12 sider fra 2024-01-05"),
}


@pytest.mark.parametrize("data", CLEAN_FILES.values(), ids=CLEAN_FILES)
def test_a_file_without_numbers_passes(data):
    found = reading(data)

    assert (found.has_cpr, found.pictures, found.closed, found.complete) == (False, "", "", True)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (word(), "Vejledning"),
        (workbook(["Uge", "Mål"], [1, "Ro"]), "Uge\tMål\n1\tRo"),
        (slides("Oplæg"), "Oplæg"),
        (open_document(), "Vejledning"),
        (open_document("presentation", "<text:p>Ét   ord</text:p>"), "Ét   ord"),
        ("Læs på lektien".encode("cp1252"), "Læs på lektien"),
        ("Læs på lektien".encode("utf-16"), "Læs på lektien"),
        ("\ufeffLæs".encode(), "Læs"),
    ],
)
def test_every_kind_gives_its_text(data, text):
    assert reading(data).text.strip() == text


@pytest.mark.parametrize(
    ("data", "pictures"),
    [
        (picture_pdf(), "2"),
        (word("<w:p/>", word__media__a_dot_png=picture()), "*"),
        (
            slides(ppt__slides__slide2_dot_xml=f"<p:sld xmlns:p='p' {A}><a:blip/></p:sld>"),
            "2",
        ),
        (open_document(body="<text:p/>", Pictures__a_dot_png=picture()), "*"),
    ],
)
def test_pictures_without_words_are_named(data, pictures):
    assert reading(data).pictures == pictures


@pytest.mark.parametrize(
    ("data", "closed"),
    [
        (word(word__embeddings__oleObject1_dot_bin=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)),
         "oleObject1.bin"),
        (word(word__media__lyd_dot_mp3=b"ID3\x04\0\0\xff\xfb\x90"), "lyd.mp3"),
        (word(word__embeddings__a_dot_rtf=b"{\\rtf1 hej}"), "a.rtf"),
        (word(word__x_dot_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "word/x.xml"),
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_read_is_named(data, closed):
    assert reading(data).closed == closed


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (open_document(**{"META-INF__manifest_dot_xml": "<m><encryption-data/></m>"}), "locked"),
        (package(a="en anden slags arkiv"), "type"),
        (word("<w:p>"), "broken"),
        (word(word__x_dot_xml="<x"), "broken"),
    ],
)
def test_what_cannot_be_opened_says_why(data, why):
    with pytest.raises(Refused, match=why):
        reading(data)
