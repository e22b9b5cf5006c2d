"""What Wagtail has in English only has its Danish here, and a new text is noticed."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po, write_po
from django.utils.translation import gettext, ngettext, override

from devtools import wagtail_texts


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A copy of the catalogue that a test may spoil."""
    path = tmp_path / "django.po"
    path.write_bytes(wagtail_texts.CATALOGUE.read_bytes())
    monkeypatch.setattr(wagtail_texts, "CATALOGUE", path)

    def spoil(change):
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
    before = wagtail_texts.CATALOGUE.read_bytes()

    assert wagtail_texts.update() == 0

    assert wagtail_texts.CATALOGUE.read_bytes() == before
    assert wagtail_texts.check() == 0
    catalogue(lambda found: found.delete("Loading"))
    assert wagtail_texts.check() == 1
    assert "Loading" in capsys.readouterr().out


def test_both_forms_of_a_plural_are_danish():
    with override("da"):
        forms = [ngettext("Delete 1 page", "Delete %(counter)s pages", count) for count in (1, 2)]
    assert forms == ["Slet 1 side", "Slet %(counter)s sider"]
