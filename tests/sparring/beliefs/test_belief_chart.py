import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from sparring.beliefs.belief_chart import belief_figure
from sparring.models import Belief


def belief(pk, by_role, value, days):
    at = timezone.localtime() - timedelta(days=days)
    return Belief(pk=pk, by_role=by_role, value=value, registered_at=at)


def draw(*beliefs, sessions=()):
    with translation.override("da"):
        return belief_figure("FJ-0217", beliefs, sessions, today=timezone.localdate())


def test_no_belief_no_figure():
    assert draw() is None
    assert draw(belief(1, "colleague", 5, 9)) is None


def test_the_sentence_says_what_the_lines_show():
    figure = draw(
        belief(1, "caseworker", 2, 300), belief(2, "caseworker", 6, 40), belief(3, "citizen", 7, 5)
    )

    assert figure.finding.startswith("Sagsbehandlerens tro gik fra 2 (")
    assert ") til 6 (" in figure.finding
    assert "Borgerens egen tro var 7 den " in figure.finding


def test_an_unchanged_number_is_called_the_same():
    figure = draw(belief(1, "caseworker", 5, 300), belief(2, "caseworker", 5, 4))

    assert "er 5, som den var" in figure.finding


def test_the_table_has_every_bid_newest_first():
    figure = draw(
        belief(1, "caseworker", 2, 300), belief(3, "citizen", 7, 5), belief(2, "caseworker", 6, 40)
    )

    assert [row[1:] for row in figure.rows] == [
        ["Borger", "7"],
        ["Sagsbehandler", "6"],
        ["Sagsbehandler", "2"],
    ]


def test_both_drawings_mark_the_session_and_name_the_lines():
    figure = draw(
        belief(1, "caseworker", 5, 300),
        belief(2, "citizen", 5, 200),
        sessions=[timezone.localdate() - timedelta(days=100)],
    )

    for svg in (figure.svg, figure.svg_narrow):
        assert all(f">{word}<" in svg for word in ("sparring", "Sagsbehandler", "Borger"))
    assert 'width="690"' in figure.svg
    assert 'width="330"' in figure.svg_narrow


@pytest.mark.parametrize(("value", "below"), [(5, False), (10, True)])
def test_the_sessions_name_keeps_clear_of_a_line_at_the_top(value, below):
    figure = draw(
        belief(1, "caseworker", value, 300), sessions=[timezone.localdate() - timedelta(days=3)]
    )

    for svg in (figure.svg, figure.svg_narrow):
        assert (height_of("sparring", svg) > height_of("Sagsbehandler", svg) + 12) is below


def height_of(word, svg):
    return float(re.search(rf"translate\([\d.]+,([\d.]+)\)[^<]*>{word}<", svg).group(1))
