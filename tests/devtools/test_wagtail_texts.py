"""What Wagtail has in English only has its Danish here, and a new text is noticed."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po, write_po
from django.utils.translation import gettext, ngettext, override

from devtools import wagtail_texts
from tests.factories.people import EmployeeFactory

DOMAINS = (wagtail_texts.PAGES, wagtail_texts.SCRIPTS)


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A copy of the catalogue that a test may spoil."""
    for file in wagtail_texts.FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(wagtail_texts, "FOLDER", tmp_path)

    def spoil(change, domain="django"):
        path = tmp_path / f"{domain}.po"
        with path.open("rb") as file:
            found = read_po(file, locale="da")
        change(found)
        with path.open("wb") as file:
            write_po(file, found)
        return wagtail_texts.problems()

    return spoil


def test_nothing_is_left_in_english():
    assert wagtail_texts.problems() == []


def test_the_admin_shows_it_in_danish():
    with override("da"):
        assert gettext("Keyboard shortcuts") == "Tastaturgenveje"
        assert gettext("Delete 1 page") == "Slet 1 side"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda found: found.delete("Keyboard shortcuts"), "not in the catalogue"),
        (lambda found: found.add("Never in Wagtail", "Aldrig"), "no longer needed"),
        (lambda found: setattr(found["Loading"], "string", ""), "no Danish: Loading"),
        (
            lambda found: setattr(found["Locked at <b>%(locking_date)s</b>"], "string", "Låst"),
            "other placeholders",
        ),
    ],
)
def test_what_is_missing_is_named(catalogue, change, says):
    (problem,) = catalogue(change)
    assert says in problem


def test_writing_it_anew_keeps_the_danish(catalogue, capsys):
    def written():
        return [(wagtail_texts.FOLDER / f"{domain}.po").read_bytes() for domain in DOMAINS]

    before = written()

    assert wagtail_texts.update() == 0

    assert written() == before
    assert wagtail_texts.check() == 0
    catalogue(lambda found: found.delete("Loading"))
    assert wagtail_texts.check() == 1
    assert "Loading" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda found: found.delete("Toggle side panel"), "not in the catalogue"),
        (lambda found: found.add("Never in Wagtail", "Aldrig"), "no longer needed"),
        (lambda found: setattr(found["Cancel"], "string", ""), "no Danish: Cancel"),
    ],
)
def test_what_the_scripts_say_is_asked_too(catalogue, change, says):
    (problem,) = catalogue(change, "djangojs")
    assert says in problem


@pytest.mark.django_db
def test_the_scripts_are_handed_danish(client):
    client.force_login(EmployeeFactory(editor=True))

    scripts = client.get("/redaktion/jsi18n/").content.decode()
    assert '"Toggle side panel": "Vis eller skjul sidepanelet"' in scripts
    assert '"Cancel": "Annuller"' in scripts


def test_both_forms_of_a_plural_are_danish():
    with override("da"):
        forms = [ngettext("Delete 1 page", "Delete %(counter)s pages", count) for count in (1, 2)]
    assert forms == ["Slet 1 side", "Slet %(counter)s sider"]
