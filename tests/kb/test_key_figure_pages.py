"""A key figure's own page: drawn, with its base rate, history and uses; retired, it stays."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from lxml import etree

from kb.domain.figures import publish_key_figure
from kb.figure_drawing import drawn
from kb.models import Collection
from tests.factories.kb import CollectionPageFactory, KeyFigureFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def values(*rows):
    names = ("label", "text", "value", "low", "high")
    return [("value", dict(zip(names, row, strict=True))) for row in rows]


def read(figure, person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client.get(f"/noegletal/{figure.key}/")


def words_of(svg):
    return [node.text for node in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_it_is_drawn_beside_its_base_rate():
    base = KeyFigureFactory(live=True, values=values(("Alle", "ca. 6 %", 6.0, None, None)))
    figure = KeyFigureFactory(
        live=True,
        base_figure=base,
        values=values(
            ("Tror ikke", "lidt over 1 %", 1.0, None, None), ("Tror", "27 %", 27.0, None, None)
        ),
    )

    drawing = drawn(figure)

    assert drawing.rows == [
        ("Tror ikke", "lidt over 1 %"), ("Tror", "27 %"), ("Basistal: Alle", "ca. 6 %")
    ]  # fmt: skip
    assert {"27 %", "ca. 6 %", "Basistal: Alle"} <= set(words_of(drawing.svg))
    assert {"27 %", "ca. 6 %"} <= set(words_of(drawing.svg_narrow))


def test_an_interval_is_drawn_from_its_lowest_to_its_highest():
    figure = KeyFigureFactory(values=values(("I gang", "16–20 %", None, 16.0, 20.0)))

    bars = re.findall(r"I gang|16–20 %", drawn(figure).svg)

    assert bars == ["I gang", "16–20 %"]
    assert "Der er intet basistal" in drawn(figure).finding


def test_a_relative_difference_is_never_set_beside_the_base_rate():
    base = KeyFigureFactory(live=True)
    figure = KeyFigureFactory(
        unit="percent_relative",
        base_figure=base,
        values=values(("Relativ forskel", "32 %", 32.0, None, None)),
    )

    drawing = drawn(figure)

    assert drawing.rows == [("Relativ forskel", "32 %")]
    assert drawing.finding.startswith("En relativ forskel.")


def test_without_a_number_nothing_is_drawn():
    assert drawn(KeyFigureFactory(values=values(("Forskel", "oftere", None, None, None)))) is None
    assert drawn(KeyFigureFactory(unit="count")) is None


def test_its_history_is_what_was_published_and_no_draft():
    editor = EmployeeFactory(editor=True)
    CollectionPageFactory(collection=Collection.FIGURES)
    with time_machine.travel("2026-03-02 10:00+01:00"):
        figure = publish_key_figure(actor=editor, figure=KeyFigureFactory(statement="Ca. 6."))
    with time_machine.travel("2026-09-01 10:00+01:00"):
        figure.statement, figure.note = "Ca. 7.", "Ny opgørelse."
        publish_key_figure(actor=editor, figure=figure)
    figure.statement = "Hemmelig kladde."
    figure.save_revision()

    html = read(figure, editor).content.decode()

    history = " ".join(html[html.index('id="history"') :].split("</section>")[0].split())
    assert re.findall(r"<li>(.*?)</li>", history) == [
        '1. september 2026: Ca. 7. <span class="muted">Ændret: Udsagn, Hvad det ikke siger.</span>',
        "2. marts 2026: Ca. 6.",
    ]
    assert "Hemmelig kladde" not in html


def test_a_retired_figure_stays_readable_and_says_so():
    CollectionPageFactory(collection=Collection.FIGURES)
    figure = KeyFigureFactory(live=True, retired_on=date(2026, 3, 1))
    theme = ThemePageFactory(body=[("key_figure", figure)])
    person = EmployeeFactory()
    client = Client()
    client.force_login(person)

    for html in (read(figure, person).content.decode(), client.get(theme.url).content.decode()):
        assert "Bruges ikke efter 1. marts 2026." in html
        assert figure.statement in html


def test_the_list_keeps_retired_figures_apart():
    KeyFigureFactory(live=True, statement="I brug")
    KeyFigureFactory(live=True, statement="Udgået", retired_on=date(2026, 3, 1))
    KeyFigureFactory(statement="Kladde")
    page = CollectionPageFactory(collection=Collection.FIGURES, is_open=True)

    html = Client().get(page.url).content.decode()

    assert (
        html.index("I brug") < html.index("Nøgletal, der ikke bruges mere") < html.index(">Udgået<")
    )
    assert "Kladde" not in html


def test_where_it_is_used_is_told_to_whom_those_pages_open_for():
    figure = KeyFigureFactory(live=True)
    ThemePageFactory(title="Åbent tema", body=[("key_figure", figure)], is_open=True)
    ThemePageFactory(title="Tema bag login", body=[("key_figure", figure)])

    everybody, employee = (
        read(figure).content.decode(),
        read(figure, EmployeeFactory()).content.decode(),
    )

    assert ("Åbent tema" in everybody, "Tema bag login" in everybody) == (True, False)
    assert "Tema bag login" in employee


def test_who_may_open_it():
    figure, draft = KeyFigureFactory(live=True), KeyFigureFactory()
    assert read(figure).status_code == 302
    assert read(draft, EmployeeFactory()).status_code == 404
    assert read(figure, EmployeeFactory()).status_code == 302

    CollectionPageFactory(collection=Collection.FIGURES)
    assert read(figure, EmployeeFactory()).status_code == 200
    assert read(figure).status_code == 302
