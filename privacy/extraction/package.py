"""docx, xlsx, pptx, odt, ods and odp: every part of the package is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from lxml import etree

from privacy.child import Refused
from privacy.packages import MOST_UNPACKED

from . import sheets
from .found import Found
from .markup import Words, tree_of, words_of

Inner = Callable[[bytes, str, Found], None]
_MAIN_PARTS = ("word/", "xl/", "ppt/")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# What a reader sees; the rest is for the check only.
_SEEN = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|content\.xml"
    r"|ppt/(slides/slide|notesSlides/notesSlide|comments/)[^/]*\.xml"
)
_ABOUT = re.compile(r"docProps/\w+\.xml|meta\.xml")
_STRINGS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_PAGE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PICTURE = re.compile(
    r".*\.(png|jpe?g|jfif|gif|bmp|dib|tiff?|webp|emf|wmf|emz|wmz|wdp|ico)|ObjectReplacements/.*",
    re.IGNORECASE,
)
# Fonts, the printer's settings, LibreOffice's notes on where lines break, the first page in small.
_UNREAD = re.compile(
    r".*\.(odttf|fntdata|ttf|otf)|.*printerSettings\d*\.bin|(.*/)?layout-cache"
    r"|docProps/thumbnail\.\w+|Thumbnails/.*",
    re.IGNORECASE,
)
_XML = re.compile(r".*\.(xml|rels|vml|rdf|svg|xsd|xsl|xba|xlb|xdl|xhtml)", re.IGNORECASE)
_OWN_DATA = re.compile(r"customXml/item\d+\.xml")


def is_package(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is a document of one of the kinds above."""
    names = archive.namelist()
    if "mimetype" in names:
        return _bytes(archive, archive.getinfo("mimetype"))[:100].startswith(_OPEN_DOCUMENT)
    return any(name.startswith(_MAIN_PARTS) for name in names)


def read_package(archive: zipfile.ZipFile, found: Found, inner: Inner) -> None:
    """Raises Refused."""
    parts = archive.infolist()  # not by name: one name may stand there twice
    package = _Package(archive, found, inner)
    # The texts of a workbook before the sheets that point to them.
    for part in sorted(parts, key=lambda part: not _STRINGS.fullmatch(part.filename)):
        if not part.is_dir():
            package.read(part)
    package.look_for_pictures()


class _Package:
    def __init__(self, archive: zipfile.ZipFile, found: Found, inner: Inner) -> None:
        self.archive, self.found, self.inner = archive, found, inner
        self.strings: list[str] = []
        self.has_words = self.has_pictures = False

    def read(self, part: zipfile.ZipInfo) -> None:
        content = _bytes(self.archive, part)
        name = part.filename
        self.found.hide(name)
        self.found.hide_printed(part.comment)
        if not content or _UNREAD.fullmatch(name):
            self.found.hide_printed(content)
        elif _PICTURE.fullmatch(name):
            self.has_pictures = True
            self.found.hide_printed(content)
        elif _XML.fullmatch(name):
            self._xml(name, content)
        elif name != "mimetype":
            self.inner(content, name.rpartition("/")[2], self.found)

    def _xml(self, name: str, content: bytes) -> None:
        try:
            root = tree_of(content)
        except etree.XMLSyntaxError as error:
            raise Refused("broken") from error
        if name == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise Refused("locked")
        if _STRINGS.fullmatch(name):
            self.strings = sheets.shared_strings(root)
        elif _SHEET.fullmatch(name):
            for line in sheets.rows(root, self.strings):
                self._see(line)
        words = words_of(root, data=bool(_OWN_DATA.fullmatch(name)))
        if words.is_closed:
            self.found.close(name)
        self._place(name, words)
        self._page(name, root, words)

    def _place(self, name: str, words: Words) -> None:
        if _SEEN.fullmatch(name):
            self._see("\n".join(words.lines) + "\n")
        elif _ABOUT.fullmatch(name):
            self.found.tell("\n".join(words.lines))
        else:
            self.found.hide("\n".join(words.lines))
        for line in words.hidden:
            self.found.hide(line)

    def _see(self, text: str) -> None:
        self.has_words = self.has_words or any(map(str.isalnum, text))
        self.found.see(text)

    def _page(self, name: str, root: Any, words: Words) -> None:
        """Name a slide that holds a picture and no words."""
        slide = _PAGE.fullmatch(name)
        if slide and root.find(".//{*}blip") is not None and not _is_said(words.lines):
            self.found.pictures.append(slide[1])
        if name == "content.xml":
            for number, page in enumerate(root.iterfind(".//{*}presentation/{*}page"), 1):
                if page.find(".//{*}image") is not None and not _is_said(page.itertext()):
                    self.found.pictures.append(str(number))

    def look_for_pictures(self) -> None:
        if self.has_pictures and not self.has_words and not self.found.pictures:
            self.found.pictures.append("*")


def _is_said(lines: Any) -> bool:
    return any(any(map(str.isalnum, line)) for line in lines)


def _bytes(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.flag_bits & 1:
        raise Refused("locked")
    try:
        with archive.open(part) as opened:
            return opened.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError) as error:
        raise Refused("broken") from error
