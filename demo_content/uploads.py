"""A file to print, so that what is uploaded can be found as well: the question cards by theme."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from docx import Document
from wagtail.documents.models import Document as File
from wagtail.models import Collection

from kb.models import QuestionCard, ThemePage

TITLE = "Spørgsmålskort til udskrift"
INTRO = (
    "Klip kortene ud, og læg dem på bordet. Ét kort ad gangen er nok. Ingen af dem har et facit, "
    "og borgeren nævnes aldrig ved navn."
)


def load_files() -> int:
    """Make the file unless there is one of its title; returns how many were made."""
    if File.objects.filter(title=TITLE).exists():
        return 0
    root = Collection.get_first_root_node()
    file = File(title=TITLE, collection=root)
    file.file.save("spoergsmaalskort.docx", ContentFile(_question_cards()), save=True)
    return 1


def _question_cards() -> bytes:
    """The cards as a Word file, a heading for each theme."""
    cards: dict[int, list[str]] = {}
    for number, text in QuestionCard.objects.order_by("pk").values_list("theme__number", "text"):
        cards.setdefault(number, []).append(text)
    document = Document()
    document.core_properties.author = ""
    document.add_heading(TITLE, level=0)
    document.add_paragraph(INTRO)
    for theme in ThemePage.objects.live().order_by("number"):
        document.add_heading(theme.nav_title, level=1)
        for text in cards.get(theme.number, ()):
            document.add_paragraph(text, style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
