"""Every mail that the product writes reads as a person wrote it, in Danish, whoever causes it.

A new template of a mail, or a new kind of notification, fails here until a scene writes it.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test.signals import template_rendered
from django.utils import translation

from devtools import texts
from people.notification_kinds import all_kinds
from tests.people import event_mail_scenes  # noqa: F401  (registers its scenes)
from tests.people.mail_scenes import SCENES

ROOT = Path(settings.BASE_DIR)
MAIL_FOLDERS = {"mail", "mails", "email", "emails"}
# What no mail says: a Python object, a placeholder, a tag, a word of English.
LEFTOVERS = ("<", "{", "}", "%(", "None", "Ellipsis", "&lt;", "&amp;", "&#x27;", "[]", "()")
ENGLISH = re.compile(
    r"\b(the|you|your|yours|with|this|that|they|their|from|been|about|who|what|when|has|was)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+")
TAG = re.compile(r"<(style|head)\b.*?</\1>|<[^>]+>", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def mail_templates():
    files = (path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.*"))
    return {path.as_posix() for path in files if MAIL_FOLDERS & set(path.parent.parts)}


@pytest.fixture(scope="module")
def english_pieces():
    """The longest fixed piece of every English source string that no Danish text has in it."""
    known = [message for message in texts.danish() if message.id]
    danish = "\n".join(text for message in known for text in _forms(message.string))
    pieces = {
        max(PLACEHOLDER.split(text), key=len).strip()
        for message in known
        for text in _forms(message.id)
    }
    return {piece for piece in pieces if len(piece) >= 8 and piece not in danish}


def _forms(text):
    return text if isinstance(text, (list, tuple)) else (text,)


def flaws(text, english_pieces):
    """What in a subject or a plain text no reader should see."""
    text = ADDRESS.sub("", text)
    one_line = " ".join(text.split())
    found = [leftover for leftover in LEFTOVERS if leftover in text]
    found += ENGLISH.findall(text)
    return found + [piece for piece in english_pieces if piece in one_line]


def readable(html):
    return unescape(TAG.sub(" ", html))


def test_every_template_and_every_kind_has_a_scene():
    written = frozenset().union(*(scene.writes for scene in SCENES))

    assert written == mail_templates() | {kind.name for kind in all_kinds()}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_mail_reads_well(scene, count, english_pieces, monkeypatch):
    rendered = set()

    def note(template, **kwargs):
        rendered.add(template.name)

    for kind in all_kinds():
        for part in ("mail", "line"):
            monkeypatch.setattr(kind, part, _noting(kind.name, getattr(kind, part), rendered))
        monkeypatch.setattr(kind, "mail_of", _noting_all(kind.mail_of, rendered))
    template_rendered.connect(note)
    try:
        with translation.override("en"):  # whoever causes a mail may read English
            mails = scene.mails(count)
    finally:
        template_rendered.disconnect(note)

    assert scene.writes <= rendered
    assert mails or not scene.writes
    for email in mails:
        others = getattr(email, "alternatives", [])
        htmls = [content for content, kind in others if kind == "text/html"]
        for text in (email.subject, email.body, *map(readable, htmls)):
            assert flaws(text, english_pieces) == [], text
        assert email.subject.strip()
        assert email.to[0].endswith("@example.org")


def _noting(name, writer, rendered):
    def write(notification):
        written = writer(notification)
        if written is not None:
            rendered.add(name)
        return written

    return write


@pytest.mark.parametrize(
    "text",
    [
        "Med: [<Employee: Mai Nguyen>]",
        "Du har %(most)d kalendere.",
        "Hej None",
        "Hej {{ name }}",
        "Answer yes or no here:",
        "Sparringsrummet: 2 notifications",
    ],
)
def test_what_must_not_stand_there_is_seen(text, english_pieces):
    assert flaws(text, english_pieces)


def _noting_all(writer, rendered):
    def write(notifications):
        written = writer(notifications)
        rendered.update(notification.kind for notification in notifications)
        return written

    return write
