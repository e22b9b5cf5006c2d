"""The Danish sentences of domain B3, letter by letter, from the catalogue's own fragment."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation

from renewal import HeldBack, Hit, Rule
from renewal.texts import arithmetic, held_back_text, label

CATALOGUE = Path(__file__).parents[2] / "locale" / "da" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def danish(settings, tmp_path):
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = read_po(BytesIO(CATALOGUE.read_bytes()), locale="da", charset="utf-8")
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("da"):
        yield


def hit(code, **params):
    return Hit(Rule(code), date(2026, 1, 1), 10, params)


SENTENCES = [
    (hit("R0"), "Der er endnu ikke sat ord på troen."),
    (hit("R1", days=130), "Buddet er 130 dage gammelt."),
    (hit("R2", before=7, now=4), "Troen er faldet fra 7 til 4."),
    (hit("R3", caseworker=2, citizen=7), "Borgeren siger 7, du siger 2."),
    (
        hit("R4", date="2025-09-26"),
        "Høj tro, men intet er sat i gang siden 26. september 2025.",
    ),
    (hit("R5"), "Virksomhed er ikke prøvet endnu."),
    (hit("R6"), "Buddet er din forgængers."),
    (hit("R7", times=4), "Samme tal og samme begrundelse 4 gange."),
    (hit("R8", months=12), "Ingen kollega har set på sagen det seneste år."),
    (hit("R9", months=14), "Du har troet på job i 14 måneder. Hvad skal ske nu?"),
    (
        hit("R10", days=33, agreed_on="2026-09-01", deadline="2026-10-24"),
        "Aftalen fra 1. september 2026 er 33 dage over tid.",
    ),
    (hit("R11", date="2026-04-26"), "Borgeren er ikke spurgt siden 26. april 2026."),
    (hit("R12"), "Planen er trin for trin. Kan noget ske samtidig?"),
]


@pytest.mark.usefixtures("danish")
@pytest.mark.parametrize(("found", "expected"), SENTENCES, ids=lambda row: getattr(row, "code", ""))
def test_the_sentence_of_each_rule(found, expected):
    assert found.text() == expected


@pytest.mark.usefixtures("danish")
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (hit("R1", days=1), "Buddet er 1 dag gammelt."),
        (hit("R8", months=6), "Ingen kollega har set på sagen de seneste 6 måneder."),
        (
            hit("R10", days=1, agreed_on="2026-11-01", deadline="2026-11-25"),
            "Aftalen fra 1. november 2026 er 1 dag over tid.",
        ),
        (
            hit("R10", days=4, deadline="2026-11-22"),
            "Aftalen med frist 22. november 2026 er 4 dage over tid.",
        ),
    ],
)
def test_other_numbers(found, expected):
    assert found.text() == expected


@pytest.mark.usefixtures("danish")
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (hit("R3", caseworker=2, citizen=7), "Borgeren siger 7, sagsbehandleren siger 2."),
        (hit("R6"), "Buddet er den tidligere sagsbehandlers."),
        (hit("R9", months=14), "Sagsbehandleren har troet på job i 14 måneder. Hvad skal ske nu?"),
        (hit("R1", days=130), "Buddet er 130 dage gammelt."),
    ],
)
def test_nobody_but_the_owner_is_called_you(found, expected):
    assert found.text(to_owner=False) == expected


@pytest.mark.usefixtures("danish")
def test_labels_are_the_names_of_the_rules():
    assert [label(rule) for rule in Rule][:13] == [
        "Intet bud",
        "Gammelt bud",
        "Fald",
        "Uenighed",
        "Tro uden handling",
        "Ingen virksomhed",
        "Nyt ansigt",
        "Samme tal igen",
        "Ingen har set med",
        "Uindfriet tro",
        "Skredet aftale",
        "Borgerens stemme mangler",
        "Trappestige",
    ]
    assert hit("R4").label() == "Tro uden handling"


@pytest.mark.usefixtures("danish")
def test_every_reason_for_holding_back_has_words():
    assert held_back_text(HeldBack.BOOKED) == "Der er booket en sparring."
    assert len({held_back_text(reason) for reason in HeldBack}) == len(HeldBack)


@pytest.mark.usefixtures("danish")
def test_what_has_a_day_is_not_put_off_for_now():
    assert held_back_text(HeldBack.SNOOZED, "15. januar 2027") == "Udsat til 15. januar 2027."
    assert held_back_text(HeldBack.PAUSED, "1. maj 2027") == "Sagen er på pause til 1. maj 2027."
    assert held_back_text(HeldBack.BOOKED, "1. maj 2027") == "Der er booket en sparring."


@pytest.mark.usefixtures("danish")
def test_the_arithmetic_of_the_score():
    assert arithmetic([13, 25, 12], 50) == "13 + 25 + 12 = 50 point"
    assert arithmetic([60, 60], 100) == "60 + 60 = 120 point, tæller som 100"
    assert arithmetic([15], 15) == "15 point"
    assert arithmetic([], 0) == ""


@pytest.mark.parametrize(("found", "expected"), SENTENCES, ids=lambda row: getattr(row, "code", ""))
def test_english_says_it_in_english(found, expected):
    with translation.override("en"):
        assert found.text() != expected
        assert "%" not in found.text()
