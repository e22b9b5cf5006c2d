from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.company import company_view

from .conftest import TODAY


def test_nothing_tried(make):
    found = company_view(make.case(started=make.ago(months=12)))

    assert (found.first, found.early, found.parallel, found.ahead) == (None, False, False, False)


@pytest.mark.parametrize(("after", "early"), [(0, True), (89, True), (92, False), (300, False)])
def test_early_is_before_the_case_has_run_three_months(make, after, early):
    facts = make.case(started=make.ago(days=400))
    first = facts.started + timedelta(days=after)
    facts = replace(facts, actions=(make.started(days=(TODAY - first).days, company=True),))

    found = company_view(facts)

    assert (found.first, found.early) == (first, early)


@pytest.mark.parametrize(
    ("course", "parallel"),
    [
        ({"days": 50, "ended_ago": 45}, True),
        ({"days": 90, "ended_ago": 61}, False),
        ({"days": 90, "ended_ago": 60}, True),
        ({"days": 40, "ended_ago": 1}, True),
        ({"days": 39, "ended_ago": 1}, False),
    ],
)
def test_parallel_is_beside_another_action(make, course, parallel):
    company = make.started(days=60, ended=make.ago(days=40), company=True)
    other = make.started(days=course["days"], ended=make.ago(days=course["ended_ago"]))

    found = company_view(make.case(started=make.ago(months=12), actions=(company, other)))

    assert found.parallel is parallel


@pytest.mark.parametrize(("days", "parallel"), [(61, False), (60, True), (40, True), (39, False)])
def test_of_what_was_done_on_a_day_that_day_counts(make, days, parallel):
    company = make.started(days=60, ended=make.ago(days=40), company=True)
    visit = make.started(days=days, done=True)

    found = company_view(make.case(started=make.ago(months=12), actions=(company, visit)))

    assert found.parallel is parallel


def test_what_has_not_begun_is_beside_nothing_even_where_the_end_is_agreed_already(make):
    company = make.started(days=9, ended=make.ago(days=-20), company=True)
    ahead = make.started(days=-5)
    planned = replace(ahead, started=None, planned_for=make.ago(days=-5))

    for other in (ahead, planned):
        facts = make.case(started=make.ago(months=12), actions=(company, other))
        assert not company_view(facts).parallel


def test_registered_as_parallel_counts_and_two_alike_are_two(make):
    marked = make.started(days=60, ended=make.ago(days=40), company=True, parallel=True)
    twice = make.started(days=60, company=True)

    assert company_view(make.case(started=make.ago(months=12), actions=(marked,))).parallel
    assert company_view(
        make.case(started=make.ago(months=12), actions=(twice, replace(twice)))
    ).parallel


def test_a_staircase_is_told_even_where_the_rule_is_off(make):
    course = replace(make.started(), started=None, planned_for=make.ago(days=-5))
    company = replace(course, planned_for=make.ago(days=-40), company=True)
    facts = make.case(actions=(course, company))

    assert company_view(facts).staircase
    assert company_view(facts).ahead
    beside = replace(company, parallel=True)
    assert not company_view(replace(facts, actions=(course, beside))).staircase


def test_what_begins_today_has_begun_and_no_longer_lies_ahead(make):
    begins = make.started(days=0, company=True)

    found = company_view(make.case(started=make.ago(months=12), actions=(begins,)))

    assert begins.running(TODAY)
    assert not begins.planned(TODAY)
    assert (found.first, found.ahead) == (TODAY, False)
    assert replace(begins, started=None, planned_for=TODAY).planned(TODAY)


def test_the_first_is_the_earliest_at_a_workplace(make):
    course = make.started(days=200)
    actions = (course, make.started(days=40, company=True), make.started(days=90, company=True))

    found = company_view(make.case(started=make.ago(months=12), actions=actions))

    assert found.first == make.ago(days=90)


def test_only_a_workplace_that_is_still_planned_lies_ahead(make):
    over = replace(make.started(company=True), started=None, ended=make.ago(days=9))
    course = replace(over, company=False, ended=None, planned_for=make.ago(days=-9))

    found = company_view(make.case(started=make.ago(months=12), actions=(over, course)))

    assert not found.ahead


def test_beside_one_of_several_is_beside_another(make):
    company = make.started(days=60, ended=make.ago(days=40), company=True)
    beside = make.started(days=50, ended=make.ago(days=45))
    before = make.started(days=200, ended=make.ago(days=190))

    facts = make.case(started=make.ago(months=12), actions=(before, company, beside))

    assert company_view(facts).parallel
