"""I16, how often it was the right colleague, and I13, meetings after handovers: about nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.queries import YesCount, colleague_answers, handover_meetings
from insight.scopes import FigureScope, scope_for
from insight.yearly_shares import HANDOVER_CONVERSATIONS, RIGHT_COLLEAGUE, yearly_levels
from privacy.levels import Levels
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import ColleagueAnswer, Handover, HandoverMeeting
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import SessionFactory
from tests.factories.sparring import CaseFactory

from .attacker import WHOLE, Attacker

COUNTS = st.lists(
    st.tuples(st.integers(0, 12) | st.integers(0, 60), st.integers(0, 40), st.integers(0, 9)),
    max_size=5,
)
THRESHOLDS = st.dictionaries(st.integers(1, 5), st.sampled_from([5, 5, 8]), max_size=5)


def answers(unit, *, yes, no, people):
    """So many answers of that many caseworkers, in turn."""
    owners = [EmployeeFactory(unit=unit) for _ in range(people)]
    for number in range(yes + no):
        case = CaseFactory(owner=owners[number % people])
        ColleagueAnswer.objects.create(
            session=SessionFactory(
                case=case, starts_at=timezone.now() - timedelta(days=400, hours=number)
            ),
            answered_by=case.owner,
            answer="yes" if number < yes else ("no", "maybe")[number % 2],
            answered_on=timezone.localdate() - timedelta(days=number % 364),
        )
    return scope_for(owners[0])


def figure(scope):
    return RIGHT_COLLEAGUE.figure(scope, today=timezone.localdate())


@pytest.mark.django_db
def test_the_share_is_shown_with_its_interval():
    scope = answers(UnitFactory(), yes=15, no=10, people=5)

    sentence = figure(scope).sentence.replace("\u00a0", " ")
    assert sentence == "I 60 % (41 %–77 %) af 25 svar var det den rette kollega."
    assert figure(scope).cell.n == 25


@pytest.mark.django_db
def test_fewer_than_twenty_are_a_count_and_no_share():
    scope = answers(UnitFactory(), yes=6, no=5, people=5)

    assert figure(scope).sentence == "6 af 11 svar siger, at det var den rette kollega."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("yes", "no", "people"),
    [(4, 20, 5), (20, 4, 5), (2, 2, 4), (15, 15, 4), (30, 0, 6)],
)
def test_a_small_number_on_either_side_and_few_people_are_not_shown(yes, no, people):
    scope = answers(UnitFactory(), yes=yes, no=no, people=people)

    assert figure(scope).sentence == ""


@pytest.mark.django_db
def test_only_the_answers_of_a_year_count():
    scope = answers(UnitFactory(), yes=15, no=10, people=5)
    ColleagueAnswer.objects.update(answered_on=timezone.localdate() - timedelta(days=365))

    assert colleague_answers(today=timezone.localdate()) == []
    assert figure(scope).sentence == ""


@pytest.mark.django_db
def test_all_together_are_those_where_enough_have_answered():
    answers(UnitFactory(), yes=15, no=10, people=5)
    answers(UnitFactory(), yes=9, no=9, people=6)
    answers(UnitFactory(), yes=9, no=9, people=4)

    assert figure(FigureScope(None, "alle")).cell.n == 43


@pytest.mark.django_db
def test_the_page_shows_it_and_says_when_there_are_too_few(client):
    unit = UnitFactory()
    client.force_login(EmployeeFactory(unit=unit))

    assert "For få svar til at vise noget." in client.get("/tal/").content.decode()
    answers(unit, yes=6, no=6, people=5)
    page = client.get("/tal/").content.decode()

    assert "6 af 12 svar siger" in page
    assert "For få svar til at vise noget." not in page


def seen(levels: Levels) -> dict:
    tables = {WHOLE: levels.whole, **levels.parts}
    return {part: {cell.label: cell for cell in table.cells} for part, table in tables.items()}


@settings(max_examples=25, deadline=None)
@given(COUNTS, THRESHOLDS)
def test_no_hidden_answer_is_pinned_to_fewer_than_five_numbers(drawn, thresholds):
    counts = [
        YesCount(number, yes, yes + rest, people)
        for number, (yes, rest, people) in enumerate(drawn, start=1)
    ]

    levels = yearly_levels("yes", counts, thresholds)

    smallest = {part: thresholds.get(part, 5) for part in levels.parts}
    smallest[WHOLE] = max(smallest.values(), default=5)
    assert Attacker(seen(levels)).pinned(smallest) == []


def handovers(unit, *, in_time, late, people, on=30):
    """So many cases handed over by that many people, each with a talk that was held or was not."""
    owners = [EmployeeFactory(unit=unit) for _ in range(people)]
    new = EmployeeFactory(unit=unit)
    since = timezone.localdate() - timedelta(days=on)
    for number in range(in_time + late):
        giver = owners[number % people]
        case = CaseFactory(owner=giver)
        hand_over(case=case, actor=giver, to=new, at=timezone.now() - timedelta(days=on))
        held_on = since + timedelta(days=1 if number < in_time else 20)
        meeting = HandoverMeeting.objects.create(
            municipality=unit.municipality,
            former_owner=giver,
            new_owner=new,
            state="held",
            held_on=held_on,
        )
        Handover.objects.filter(ownership__case=case).update(meeting=meeting)
    return scope_for(new)


@pytest.mark.django_db
def test_handovers_with_a_talk_in_time():
    scope = handovers(UnitFactory(), in_time=6, late=5, people=5)

    sentence = HANDOVER_CONVERSATIONS.figure(scope, today=timezone.localdate()).sentence

    assert sentence == "I 6 af 11 overdragelser talte de to sammen inden for ti arbejdsdage."


@pytest.mark.django_db
def test_handovers_count_once_the_days_are_over_or_the_two_have_talked():
    today = timezone.localdate()
    unit = UnitFactory()
    handovers(unit, in_time=1, late=0, people=1, on=2)
    assert [(row.yes, row.n) for row in handover_meetings(today=today)] == [(1, 1)]
    HandoverMeeting.objects.update(state="wanted", held_on=None)

    assert handover_meetings(today=today) == []
    later = handover_meetings(today=today + timedelta(days=30))
    assert [(row.yes, row.n) for row in later] == [(0, 1)]
    assert handover_meetings(today=today + timedelta(days=400)) == []
