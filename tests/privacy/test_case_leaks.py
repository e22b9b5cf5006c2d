"""Every address × everybody whom a case does not concern: no word of it, and no code (SEC-02).

The addresses are those of the site itself, filled with the id of one session, which is the id of
all that hangs on it too, so a page that is added tomorrow is asked too.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from privacy.matrix import MATRIX
from search.outbox import deliver_batch
from sparring.enums import Answer, ChangedMind, ParticipantRole
from sparring.models import (
    FollowUp,
    Idea,
    Outcome,
    Participation,
    QuickAsk,
    SparringSession,
    session_formats,
)
from sparring.notes.domain.notes import write_note
from sparring.quick.queries.quick import who_is_free
from sparring.sessions.domain.rounds import give_bid
from tests.factories.guests import TwoTowns
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, running_session, take_part
from tests.factories.sparring import ActionFactory, BeliefFactory, StrengthFactory

from .test_matrix import CONVERTERS, addresses

pytestmark = pytest.mark.django_db
CANARIES = (
    "Kanariebud", "Kanarietro", "Kanariespørgsmål", "Kanarienote", "Kanarieidé", "Kanariestyrke",
    "Kanariehandling", "Kanariebesked", "Kanarieudsagn",
)  # fmt: skip


def level_the_ids():
    """Let the next row of each of the app's tables get the same id, so that one fits any address.

    Sequences do not go back with a test, and the web role can only draw from them.
    """
    with connection.cursor() as cursor:
        ahead = {}
        for model in apps.get_app_config("sparring").get_models():
            if model._meta.pk.get_internal_type() in ("AutoField", "BigAutoField"):
                values = [model._meta.db_table, model._meta.pk.column]
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", values)
                sequence = cursor.fetchone()[0]
                cursor.execute("SELECT nextval(%s)", [sequence])
                ahead[sequence] = cursor.fetchone()[0]
        for sequence, last in ahead.items():
            missing = max(ahead.values()) - last
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, missing])


class Scene:
    """A session that runs, full of words, with a colleague, a guest and somebody who said no."""

    def __init__(self):
        level_the_ids()
        self.towns = TwoTowns(colleagues=1)
        self.case, self.guest = self.towns.case, self.towns.guest
        unit, away = self.case.unit, self.towns.away.unit
        self.towns.sparring_request.key_question = CANARIES[2]
        self.towns.sparring_request.state = "booked"
        self.towns.sparring_request.save()
        StrengthFactory(case=self.case, text=CANARIES[5])
        self.manager = EmployeeFactory(unit=unit, team_leader=True)
        self.case.owner.line_manager = self.manager
        self.case.owner.save()
        BeliefFactory(case=self.case, because=CANARIES[1])
        action = ActionFactory(case=self.case, what=CANARIES[6])
        self.session = running_session(case=self.case, request=self.towns.sparring_request)
        self.colleague = self.session.participations.get(role=ParticipantRole.COLLEAGUE).employee
        self.declined = EmployeeFactory(unit=unit)
        take_part(self.session, self.declined, ParticipantRole.COLLEAGUE, Answer.NO)
        Participation.objects.create(
            session=self.session,
            employee=self.guest,
            role=ParticipantRole.GUEST,
            agreement=self.towns.agreement,
            answer=Answer.YES,
            during=(self.session.starts_at, self.session.ends_at),
        )
        write_note(actor=self.colleague, session=self.session, text=CANARIES[3])
        SparringSession.objects.filter(pk=self.session.pk).update(step=session_formats.BIDS)
        self.session.refresh_from_db()
        give_bid(
            actor=self.colleague,
            session=self.session,
            value=9,
            because=f"{CANARIES[0]} er alt nu",
        )
        Idea.objects.create(session=self.session, text=CANARIES[4])
        now = timezone.now()
        self.ask = QuickAsk.objects.create(
            case=self.case,
            asked_by=self.case.owner,
            key_question=CANARIES[2],
            asked_at=now,
            expires_at=now + timedelta(minutes=15),
        )
        self.follow_up = self.followed_up(action)
        same = (
            self.case, self.towns.sparring_request, self.towns.agreement, self.session, self.ask,
            action, self.follow_up,
        )  # fmt: skip
        (self.number,) = {session.pk for session in same}
        self.outsiders = {
            "line manager": self.manager,
            "coordinator": self.towns.home.coordinator,
            "said no": self.declined,
            "colleague not in it": EmployeeFactory(unit=unit),
            "the guest's colleague": EmployeeFactory(unit=away),
            "the guest's leader": EmployeeFactory(unit=away, team_leader=True),
            "the guest's coordinator": self.towns.away.coordinator,
            "editor": EmployeeFactory(unit=unit, editor=True),
            "auditor": EmployeeFactory(unit=unit, auditor=True),
            "administrator": EmployeeFactory(unit=unit, administrator=True),
            "project staff": EmployeeFactory(unit=None, project_staff=True),
        }

    def followed_up(self, action):
        """What an earlier session agreed: the guest is responsible, and the citizen is quoted."""
        day = timezone.localdate() + timedelta(days=5)
        action.deadline, action.responsible = day, self.guest
        action.save()
        earlier = SessionFactory(
            case=self.case,
            request=self.towns.sparring_request,
            starts_at=timezone.now() - timedelta(days=20),
            state="closed",
        )
        outcome = Outcome.objects.create(
            session=earlier,
            belief=self.case.beliefs.get(),
            action=action,
            changed_mind=ChangedMind.SAME,
            citizen_told=CANARIES[7],
            citizen_told_on=day,
        )
        return FollowUp.objects.create(outcome=outcome, due_on=day, citizen_reaction=CANARIES[8])


def filled(route, scene):
    """The address of what hangs on the session; None for regular expressions."""
    if "(" in route or "^" in route:
        return None
    route = route.replace("<str:code>", scene.case.code)
    route = re.sub(r"<int:\w+>", str(scene.number), route)
    route = re.sub(r"<(\w+):\w+>", lambda m: CONVERTERS[m.group(1)], route)
    return "/" + re.sub(r"<\w+>", scene.case.code, route)


def leaks(client, person, scene, *, code=True):
    """(address, what was read there) for every page the person can get."""
    client.force_login(person)
    pages = [
        address
        for name, route in addresses()
        if "GET" in MATRIX[name].actions and name != "account_logout"
        if (address := filled(route, scene)) is not None
    ]
    words = [*CANARIES, scene.case.code]
    pages += [f"{reverse('search:search')}?q={word}&in=cases" for word in words]
    secrets = [*CANARIES, *([scene.case.code] if code else [])]
    found = []
    for page in pages:
        read = client.get(page)
        text = b"".join(read) if read.streaming else read.content
        asked = page.partition("q=")[2]
        found += [
            (page, secret)
            for secret in secrets
            if secret.encode() in text and not asked and secret not in page
        ]
        found += [
            (page, "a hit") for _ in [0] if asked and f"/sager/{scene.case.code}/" in str(text)
        ]
    return found


WHO = [
    "line manager", "coordinator", "said no", "colleague not in it", "the guest's colleague",
    "the guest's leader", "the guest's coordinator", "editor", "auditor", "administrator",
    "project staff",
]  # fmt: skip


@pytest.fixture
def scene():
    made = Scene()
    deliver_batch()
    return made


@pytest.mark.parametrize("who", WHO)
def test_nobody_whom_it_does_not_concern_reads_a_word(client, scene, who):
    # The coordinator plans with codes, never with what was written.
    assert leaks(client, scene.outsiders[who], scene, code=who != "coordinator") == []


def test_the_control_the_people_in_it_do_read_it(client, scene):
    read = {word for _page, word in leaks(client, scene.case.owner, scene)}

    assert {"Kanarietro", "Kanariespørgsmål", "Kanariestyrke", "a hit"} <= read


def test_nobody_but_its_author_reads_the_closed_bid(client, scene):
    for person in (scene.case.owner, scene.guest, scene.manager):
        assert "Kanariebud" not in {word for _page, word in leaks(client, person, scene)}
    assert "Kanariebud" in {word for _page, word in leaks(client, scene.colleague, scene)}


def test_a_guest_is_in_no_list_of_the_case(client, scene):
    client.force_login(scene.guest)

    listed = client.get(reverse("sparring:case_list")).content.decode()

    assert scene.case.code not in listed
    assert scene.guest not in {
        colleague.employee for colleague in who_is_free(scene.case, timezone.now(), most=None)
    }
    assert Role.COORDINATOR not in scene.guest.roles
