"""Nobody sees a blind bid before it is opened: not on any page, in any list, mail or index."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from people.roles import Role
from privacy.models import AuditEntry
from search.models import OutboxEvent
from sparring.cases.search_documents import case_document, case_documents
from sparring.enums import Answer, ParticipantRole
from sparring.models import BlindBid, SparringSession, session_formats
from sparring.sessions.domain.rounds import give_bid, go_on_without_bid
from sparring.sessions.domain.steps import end_session, go_to_step, start_session
from sparring.sessions.queries.sessions import hides_beliefs, visible_bids, waiting_for
from tests.factories.group_sessions import Group
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import go_on, open_bids, people_of, running_session, take_part
from tests.sent_notifications import message, session_mails

pytestmark = pytest.mark.django_db
CANARY = "Kanariefuglen sang i går"
ONE_THING = "Hun mødte til tiden i går."
# Whoever bids 9 is found by this and by nothing else on the pages.
NINE = re.compile(r"\b9 (?:af|of) 10\b")


def bidding():
    """A session at its bids; the presenter has bid 9 for a reason that is found nowhere else."""
    session = running_session(step=session_formats.BIDS)
    presenter, leader, colleague = people_of(session)
    give_bid(actor=presenter, session=session, value=9, because=CANARY)
    return session, presenter, leader, colleague


def addresses(session):
    yield "/"
    for name, args in (
        ("session", [session.pk]),
        ("session_state", [session.pk]),
        ("session_stop", [session.pk]),
        ("session_close", [session.pk]),
        ("index", []),
        ("answer", [session.pk]),
        ("session_ics", [session.pk]),
        ("plans", []),
        ("case_list", []),
        ("case_detail", [session.case.code]),
    ):
        try:
            yield reverse(f"sparring:{name}", args=args)
        except NoReverseMatch:
            continue
    yield f"/soeg/?q={CANARY.split(maxsplit=1)[0]}"
    yield f"/sparring/{session.pk}/stand/?v=running.a.b"


def leaks(person, session):
    client = Client()
    client.force_login(person)
    found = []
    for address in addresses(session):
        text = client.get(address, follow=True).content.decode()
        if CANARY in text or NINE.search(text):
            found.append(address)
    return found


def test_no_page_shows_another_ones_bid_before_it_is_opened():
    session, presenter, leader, colleague = bidding()
    unit = session.case.unit
    others = [EmployeeFactory(unit=unit, roles=[role], is_superuser=False) for role in Role.values]
    manager = EmployeeFactory(unit=unit, roles=[Role.TEAM_LEADER])
    presenter.line_manager = manager
    presenter.save()

    for person in (leader, colleague, manager, *others):
        assert leaks(person, session) == []

    assert f"/sparring/{session.pk}/" in leaks_text(presenter, session)


def leaks_text(person, session):
    """Where the reason is shown to its own author: the control that the search finds it."""
    client = Client()
    client.force_login(person)
    return [
        address for address in addresses(session) if CANARY in client.get(address).content.decode()
    ]


def test_once_opened_everybody_in_the_session_sees_all_and_others_nothing():
    session, presenter, leader, colleague = bidding()
    open_bids(session)
    outsider = EmployeeFactory(unit=session.case.unit, roles=list(Role.values))

    for person in (presenter, leader, colleague):
        assert f"/sparring/{session.pk}/" in leaks(person, session)
    assert leaks(outsider, session) == []


def test_the_last_bid_opens_all():
    session, _, leader, colleague = bidding()

    give_bid(actor=leader, session=session, value=2, because="Kalenderen er tom i hele ugen.")
    session.refresh_from_db()
    assert session.bids_opened_at is None
    give_bid(actor=colleague, session=session, value=5, because="Han ringede selv til kantinen.")

    session.refresh_from_db()
    assert session.bids_opened_at is not None
    assert [bid.value for bid in visible_bids(session, leader)] == [2, 5, 9]


def test_a_no_is_not_waited_for():
    session, _, leader, colleague = bidding()
    no = EmployeeFactory(unit=session.case.unit)
    take_part(session, no, ParticipantRole.COLLEAGUE, Answer.NO)

    assert [participation.employee for participation in waiting_for(session)] == [leader, colleague]


def test_a_bid_can_be_changed_until_it_is_opened():
    session, presenter, _, _ = bidding()

    give_bid(actor=presenter, session=session, value=4, because="Ved nærmere eftertanke kun fire.")
    open_bids(session)

    assert BlindBid.objects.get(employee=presenter).value == 4
    with pytest.raises(ValidationError):
        give_bid(actor=presenter, session=session, value=8, because="Nu hvor jeg ser jeres.")


def test_only_whoever_leads_goes_on_without_a_bid_and_bids_first():
    session, presenter, leader, colleague = bidding()

    def without(actor, of):
        return go_on_without_bid(actor=actor, session=session, of=of)

    with pytest.raises(ValidationError):
        without(leader, colleague)
    for other in (presenter, colleague):
        with pytest.raises(PermissionDenied):
            without(other, leader)
    give_bid(actor=leader, session=session, value=1, because=ONE_THING)

    session = without(leader, colleague)

    assert session.bids_opened_at is not None
    participation = session.participations.get(employee=colleague)
    assert (participation.bid_excused_by, participation.bid_excused_at) == (
        leader,
        session.bids_opened_at,
    )
    assert [bid.value for bid in visible_bids(session, colleague)] == [1, 9]
    client = Client()
    client.force_login(presenter)
    page = client.get(reverse("sparring:session", args=[session.pk])).content.decode()
    assert f"Uden bud fra {colleague}: {leader} gik videre." in page


def test_nobody_excuses_themselves_whatever_the_code_does():
    session, _, leader, _ = bidding()
    participations = session.participations.filter(employee=leader)

    for excused in (
        {"bid_excused_by": leader, "bid_excused_at": session.starts_at},
        {"bid_excused_at": session.starts_at},
    ):
        with pytest.raises(IntegrityError, match="bid_excused"), transaction.atomic():
            participations.update(**excused)


@pytest.mark.parametrize("length", [10, 20, 25])
def test_the_step_ends_with_all_bids_and_not_before(length):
    roles = [ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE]
    session = running_session(step=session_formats.BIDS, length=length, people=roles)
    presenter, leader, colleague = people_of(session)

    def go_past():
        return go_to_step(actor=leader, session=session, step=session_formats.CARDS)

    for person in (None, leader, presenter):  # none is in; then everybody's but one
        if person is not None:
            give_bid(actor=person, session=session, value=5, because=ONE_THING)
        with pytest.raises(ValidationError) as refused:
            go_past()
        assert refused.value.code == "bids_closed"
    SparringSession.objects.filter(pk=session.pk).update(step=session_formats.STORY)
    with pytest.raises(ValidationError):  # nor round it
        go_past()
    SparringSession.objects.filter(pk=session.pk).update(step=session_formats.BIDS)
    give_bid(actor=colleague, session=session, value=5, because=ONE_THING)

    assert go_past().step == session_formats.CARDS


def test_open_bids_are_shown_to_nobody_who_gave_none_and_was_not_excused():
    session, presenter, _leader, colleague = bidding()
    SparringSession.objects.filter(pk=session.pk).update(bids_opened_at=session.starts_at)

    assert leaks(colleague, session) == []
    assert hides_beliefs(session.case, colleague)
    assert f"/sparring/{session.pk}/" in leaks(presenter, session)


@pytest.mark.parametrize(
    ("value", "because", "field"),
    [
        (11, ONE_THING, "value"),
        (-1, ONE_THING, "value"),
        (5, " ", "because"),
        (5, "Mavefornemmelse", "because"),
        (5, "Ja, ja, ja, ja.", "because"),
        (5, "Født 010190-1234", "because"),
        (5, "x" * 301, "because"),
    ],
)
def test_a_bid_is_refused(value, because, field):
    session = running_session(step=session_formats.BIDS)

    with pytest.raises(ValidationError) as error:
        give_bid(actor=session.case.owner, session=session, value=value, because=because)

    assert list(error.value.message_dict) == [field]


def test_bids_are_given_in_their_step_only():
    session = running_session(step=session_formats.FACTS)

    with pytest.raises(ValidationError):
        give_bid(actor=session.case.owner, session=session, value=5, because=ONE_THING)


def test_an_outsider_bids_nothing():
    session = running_session(step=session_formats.BIDS)

    with pytest.raises(PermissionDenied):
        give_bid(actor=EmployeeFactory(), session=session, value=5, because=ONE_THING)


def test_neither_audit_nor_index_nor_mail_holds_a_bid(mailoutbox):
    session, *_ = bidding()
    document = case_document(case_documents().get(pk=session.case_id))
    audit = " ".join(str(entry.details) + entry.reason for entry in AuditEntry.objects.all())
    pending = " ".join(str(vars(row)) for row in OutboxEvent.objects.all())

    for text in (str(document), audit, pending, str([mail.body for mail in mailoutbox])):
        assert CANARY not in text
    assert "value" not in audit


def test_with_three_colleagues_nobody_sees_a_bid_until_the_last_one_is_in():
    roles = [ParticipantRole.FACILITATOR, *[ParticipantRole.COLLEAGUE] * 2]
    session = running_session(step=session_formats.BIDS, people=roles)
    presenter, leader, *colleagues = people_of(session)
    give_bid(actor=colleagues[0], session=session, value=9, because=CANARY)
    give_bid(actor=presenter, session=session, value=1, because=ONE_THING)
    give_bid(actor=colleagues[1], session=session, value=2, because="Hun har selv ringet rundt.")

    for person in (presenter, leader, colleagues[1]):
        assert leaks(person, session) == []
    assert leaks(colleagues[0], session)

    give_bid(actor=leader, session=session, value=3, because="Der er langt til bussen.")
    for person in (presenter, leader, colleagues[1]):
        assert f"/sparring/{session.pk}/" in leaks(person, session)


def test_in_a_group_session_each_case_hides_its_own_bids():
    group = Group(along=True, published=True)
    first, second = group.both
    start_session(actor=group.one, session=first, confirmed=True)
    first = go_on(first, session_formats.BIDS)
    for person in (group.one, group.two):
        give_bid(actor=person, session=first, value=3, because="Det så vi i praktikken.")
    open_bids(first)
    end_session(actor=group.one, session=first)
    start_session(actor=group.two, session=second, confirmed=True)
    second = go_on(second, session_formats.BIDS)
    give_bid(actor=group.third, session=second, value=9, because=CANARY)
    people = (group.one, group.two, group.spare, group.town.coordinator)

    for person in people:
        for session in (first, second):
            assert leaks(person, session) == []
    assert f"/sparring/{second.pk}/" in leaks(group.third, second)
    for mail in session_mails():
        assert CANARY not in message(mail).body
    assert not hides_beliefs(first.case, group.third)
    assert hides_beliefs(second.case, group.third)

    give_bid(actor=group.two, session=second, value=4, because=ONE_THING)
    open_bids(second)
    assert f"/sparring/{second.pk}/" in leaks(group.one, second)
    assert leaks(group.spare, second) == []
