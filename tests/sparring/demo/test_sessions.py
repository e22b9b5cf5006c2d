import pytest
from django.utils import timezone

from demo_content.files import read
from kb.models import QuestionCard
from people import demo as people_demo
from people.models import Employee
from people.roles import Role
from sparring.demo import cases, sessions
from sparring.demo.examples import WORKED
from sparring.enums import SessionState
from sparring.models import FollowUp, Outcome, RenewalNeed, SessionCard, SparringSession
from tests.factories.kb import theme_numbered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def worked_needs():
    codes = [story.code for story in WORKED]
    needs = RenewalNeed.objects.filter(case__code__in=codes)
    return list(needs.order_by("case__code").values_list("case__code", "score", "band"))


def test_sixty_sessions_are_played_and_the_worked_examples_stay_as_they_are():
    people_demo.load(read("people"))
    for theme in read("themes")["themes"]:
        for text in theme["question_cards"]:
            QuestionCard.objects.create(theme=theme_numbered(theme["number"]), text=text)
    cases.load()
    before = worked_needs()

    made = sessions.load()

    states = [
        SparringSession.objects.filter(state=state).count()
        for state in (SessionState.CLOSED, SessionState.AWAITING_OUTCOME, SessionState.PLANNED)
    ]
    assert states == [45, 6, 9]
    assert (made["closed sessions"], Outcome.objects.count()) == (45, 45)
    assert FollowUp.objects.filter(done_at__isnull=False).count() == made["follow-ups"]
    assert FollowUp.objects.filter(done_at=None, due_on__lt=timezone.localdate()).exists()
    assert worked_needs() == before
    assert sessions.load() == {"sessions": 0}

    login = Employee.objects.with_role(Role.CASEWORKER).order_by("pk").first()
    next_session = SparringSession.objects.filter(state=SessionState.PLANNED).earliest("starts_at")
    assert next_session.case.owner == login
    drawn = SessionCard.objects.filter(session__state=SessionState.CLOSED)
    assert drawn.filter(rule__gt="").exists()
