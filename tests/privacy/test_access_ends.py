"""Every address × the moment after each kind of end: read 404, and nothing written (SEC-02).

What is asked comes from the site's own addresses, as in test_case_leaks; the controls show that the
same people read and wrote there a moment before.
"""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from people.domain.feeds import renew_feed
from people.enums import FeedKind
from privacy.matrix import MATRIX
from search.outbox import deliver_batch
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.guests import end_agreement
from sparring.bookings.domain.invitations import answer_invitation
from sparring.cases.domain.lifecycle import close_case
from sparring.cases.search_documents import audience_of, case_documents
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Case, SparringSession
from sparring.reminders.domain.reminders import remind
from sparring.sessions.queries.sessions import answerable, follow_ups_of
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.planning import at_work

from .test_case_leaks import Scene, filled, leaks
from .test_matrix import addresses

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"<(int|str):")
SENTENCE = "Hun ringede selv til kantinen i går"
TYPED = {
    "action_done": "yes", "note": SENTENCE, "citizen_reaction": SENTENCE, "next_step": SENTENCE,
    "value": "5", "because": SENTENCE, "text": SENTENCE, "mark": "plus", "step": "5", "from": "4",
    "notes": SENTENCE, "notes_version": "0", "answer": "yes", "reason": "deciding",
    "key_question": SENTENCE, "moment": SENTENCE, "on": "2020-01-01", "outcome": "stopped",
    "confirmed": "1", "strengths": SENTENCE, "closed_as": "job",
}  # fmt: skip


def set_state(scene, state):
    step = 0 if state == "planned" else 4
    SparringSession.objects.filter(pk=scene.session.pk).update(state=state, step=step)
    scene.session.refresh_from_db()


def agreement_ended(scene, _person):
    end_agreement(actor=scene.towns.home.coordinator, agreement=scene.towns.agreement)


def no_guest_any_more(_scene, person):
    person.guest_elsewhere = False
    person.save()


def access_until_passed(scene, person):
    set_state(scene, "closed")
    ends = timezone.now() - timedelta(seconds=1)
    scene.session.participations.filter(employee=person).update(access_until=ends)


def said_no(scene, person):
    set_state(scene, "planned")
    answer_invitation(session=scene.session, actor=person, yes=False)


def replaced(scene, person):
    set_state(scene, "planned")
    change_partner(
        session=scene.session,
        actor=scene.case.owner,
        leaving=person,
        coming=at_work(EmployeeFactory(unit=scene.case.unit)),
        confirmed=True,
    )


def handed_over(scene, _person):
    set_state(scene, "awaiting")
    scene.case.refresh_from_db()
    scene.next_owner = EmployeeFactory(unit=scene.case.unit)
    hand_over(case=scene.case, actor=scene.case.owner, to=scene.next_owner)


def closed_ahead(scene, _person):
    set_state(scene, "planned")
    close_case(case=scene.case, actor=scene.case.owner, closed_as="job")


def closed_after(scene, _person):
    set_state(scene, "awaiting")
    close_case(case=scene.case, actor=scene.case.owner, closed_as="job")


def moved(_scene, person):
    person.unit = UnitFactory()
    person.save()


def inactive(_scene, person):
    person.is_active = False
    person.save()


OF_BOTH = [
    access_until_passed, said_no, replaced, closed_ahead, closed_after, moved, inactive,
]  # fmt: skip
# The former owner's own: their meeting with the new one, and what they write to them.
HANDOVER = {
    *(f"sparring:handover_meeting_{act}" for act in ("move", "hold", "call_off")),
    "sparring:handover_note",
}
ENDS = [
    *(("guest", row) for row in (agreement_ended, no_guest_any_more, *OF_BOTH)),
    *(("colleague", field) for field in OF_BOTH),
    *(("owner", row) for row in (handed_over, moved, inactive)),
]


@pytest.fixture
def scene():
    made = Scene()
    deliver_batch()
    return made


def person_of(scene, who):
    """The guest, the colleague or the owner; responsible for what was agreed last time."""
    person = {"guest": scene.guest, "colleague": scene.colleague, "owner": scene.case.owner}[who]
    action = scene.follow_up.outcome.action
    action.responsible = person
    action.save()
    return person


def asked(scene, method):
    """Every address of the sparring room that names a row, for that method."""
    return {
        address: name
        for name, route in addresses()
        if name.startswith("sparring:") and method in MATRIX[name].actions and NUMBER.search(route)
        if (address := filled(route, scene)) is not None
    }


def state_of_rows():
    """A sum of every table of the case half, in one query, which answers in any order."""
    models = apps.get_app_config("sparring").get_models(include_auto_created=True)
    sums = " UNION ALL ".join(
        f"SELECT '{name}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t"
        for name in (connection.ops.quote_name(model._meta.db_table) for model in models)
    )
    with connection.cursor() as cursor:
        cursor.execute(sums)
        return dict(cursor.fetchall())


def written(client, person, scene):
    """Names of the addresses where the person's POST changed a row; each is undone.

    That a page was open is no change: it is set ahead, so that it is not written again.
    """
    ahead = timezone.now() + timedelta(days=1)
    scene.session.participations.update(seen_at=ahead)
    client.force_login(person)
    before, changed = state_of_rows(), set()
    for address, name in asked(scene, "POST").items():
        with transaction.atomic():
            client.post(address, TYPED)
            if state_of_rows() != before:
                changed.add(name)
            transaction.set_rollback(True)
    return changed


def in_feed(client, person, scene):
    """Whether the person's calendar still shows the session as one that takes place."""
    read = client.get(
        reverse("sparring:feed", args=[renew_feed(actor=person, kind=FeedKind.CALENDAR)])
    )
    events = icalendar.Calendar.from_ical(read.content).walk("VEVENT")
    uid = str(scene.session.calendar_uid)
    return any(uid in str(event["UID"]) and event.get("STATUS") != "CANCELLED" for event in events)


@pytest.mark.parametrize(("who", "end"), ENDS, ids=lambda value: getattr(value, "__name__", value))
def test_after_the_end_nothing_is_read(client, scene, who, end):
    person = person_of(scene, who)
    before = {page for page, _word in leaks(client, person, scene)}
    opened = asked(scene, "GET")
    names = {opened[page] for page in before if page in opened}
    assert {"sparring:session", "sparring:case_detail", "sparring:follow_up"} <= names
    ics = reverse("sparring:session_ics", args=[scene.session.pk])
    assert client.get(ics).status_code == 200
    assert in_feed(client, person, scene)

    end(scene, person)
    deliver_batch()

    after = leaks(client, person, scene)
    if end is handed_over:  # the code, and nothing else, until the two have met about it
        met, code = reverse("sparring:handovers"), scene.case.code
        after = [row for row in after if not (row[0].startswith(met) and row[1] == code)]
    assert after == []
    client.force_login(person)
    gone = {302, 404} if end is inactive else {404}
    outcome_page = (
        {reverse("sparring:session", args=[scene.session.pk])} if end is handed_over else {}
    )
    for page in {ics, *(before & set(opened))} - set(outcome_page):
        assert client.get(page).status_code in gone, page
    if end is not inactive:
        assert not in_feed(client, person, scene)


@pytest.mark.parametrize(("who", "end"), ENDS, ids=lambda value: getattr(value, "__name__", value))
def test_after_the_end_nothing_is_written(client, scene, who, end):
    person = person_of(scene, who)
    assert {"sparring:follow_up", "sparring:session_bid"} <= written(client, person, scene)

    end(scene, person)

    # Who has said no may still say yes; who handed over meets the new owner.
    still = {said_no: {"sparring:answer"}, handed_over: HANDOVER}.get(end, set())
    assert written(client, person, scene) - still == set()


@pytest.mark.parametrize(("who", "end"), ENDS, ids=lambda value: getattr(value, "__name__", value))
def test_search_keeps_the_same_people_as_the_pages(scene, who, end):
    person = person_of(scene, who)
    assert_same_readers(scene)
    assert person.pk in audience_of(case_documents().get(pk=scene.case.pk))

    end(scene, person)

    assert_same_readers(scene)
    assert person.pk not in audience_of(case_documents().get(pk=scene.case.pk))


def assert_same_readers(scene):
    people = {scene.guest, scene.colleague, scene.case.owner, *scene.outsiders.values()}
    people |= {getattr(scene, "next_owner", scene.guest)}
    for person in people:
        person.refresh_from_db()
    seen = {
        other_person.pk
        for other_person in people
        if Case.objects.visible_to(other_person).filter(pk=scene.case.pk).exists()
    }
    assert (
        audience_of(case_documents().get(pk=scene.case.pk))
        & {other_person.pk for other_person in people}
        == seen
    )


@pytest.mark.parametrize("end", [access_until_passed, moved])
def test_an_open_follow_up_is_then_the_caseworkers(scene, end):
    person = person_of(scene, "colleague")
    assert answerable(scene.follow_up.outcome.action) == person

    end(scene, person)

    scene.follow_up.refresh_from_db()
    assert answerable(scene.follow_up.outcome.action) == scene.case.owner
    assert list(follow_ups_of(scene.case.owner)) == [scene.follow_up]
    remind(at=timezone.now() + timedelta(days=4))
    reminders = {"sparring.follow_up_due", "sparring.deadline_near"}
    assert not person.notifications.filter(kind__in=reminders).exists()
    kinds = set(scene.case.owner.notifications.values_list("kind", flat=True))
    assert kinds >= reminders


def test_moving_to_another_unit_of_the_municipality_ends_nothing(client, scene):
    scene.colleague.unit = UnitFactory(municipality=scene.case.municipality)
    scene.colleague.save()

    client.force_login(scene.colleague)

    assert client.get(reverse("sparring:session", args=[scene.session.pk])).status_code == 200
