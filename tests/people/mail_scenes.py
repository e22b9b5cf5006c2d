"""Scenes in which every mail of every room is written; see test_every_mail.

A scene says which templates and which kinds of notifications it writes, and
gives the mails. `count` is how many people or things stand in them: one, or three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import time_machine
from django.core import mail
from django.utils import timezone
from wagtail.models import PageSubscription

from articles.domain.talks import accept_talk, decline_talk
from articles.talk_mail import mail_answer
from kb.domain.approvals import tell_commenters
from kb.domain.follows import follow_theme
from people.domain import sending
from people.domain.accounts import mail_reset_link, note_change
from people.domain.notification_choices import choose
from people.enums import AccountChange, Channel, NotificationState, Topic
from people.models import Notification
from search.models import SavedSearch
from search.models.saved import Rhythm
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.enums import SessionState
from sparring.handovers.domain.handing_over import hand_over, hand_over_caseload
from sparring.handovers.domain.meetings import call_off_meeting, move_meeting
from sparring.models import HandoverMeeting, TextTask
from sparring.quick.domain.quick import ask_for_ten_minutes
from sparring.sessions.domain.outcomes import Agreement, close_session
from stories.content_review.causes import remind_authors
from stories.domain import notices, review
from stories.models import PeriodicReview, StoryPage
from tests.factories.approvals import run_mails, sent_page
from tests.factories.articles import ObservationFactory, TalkRequestFactory
from tests.factories.group_sessions import Group
from tests.factories.kb import (
    OfferFactory,
    PersonFactory,
    PublicationPageFactory,
    ThemePageFactory,
)
from tests.factories.learning import CertificateFactory, EthicsStatementFactory
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, moment, next_monday
from tests.factories.sessions import SessionFactory, people_of, running_session
from tests.factories.sparring import ActionFactory, CaseFactory
from tests.factories.stories import (
    make_approver,
    make_in_review,
    make_opened,
    make_published,
    make_theme,
)
from tests.sent_notifications import send_all

TEN = moment(next_monday(), "10.00")
FOOT = ("sparring/mail/_when.txt", "sparring/mail/_foot.txt", "people/mail/mail.html")
COLLECTED = ("people/mail/notifications.txt", "people/mail/mail.html")


@dataclass(frozen=True)
class Scene:
    name: str
    writes: frozenset[str]
    play: Callable[[int], None]

    def mails(self, count):
        mail.outbox.clear()
        self.play(count)
        return list(mail.outbox)


SCENES: list[Scene] = []


def scene(*writes):
    def register(play):
        SCENES.append(Scene(play.__name__, frozenset(writes), play))
        return play

    return register


def booked(count):
    town = Town(colleagues=count + 1)
    case = town.case()
    return town, book_session(
        actor=case.owner,
        case=case,
        partners=town.colleagues[1:],
        starts_at=TEN,
        location="Lokale 3",
    )


@scene("sparring.invited", "sparring/mail/invited.txt", *FOOT)
def invitations(count):
    booked(count)
    send_all("sparring.invited")


@scene("sparring.invited", "sparring/mail/invited.txt", *FOOT)
def invitations_to_a_group_session(count):
    Group(along=count > 1, published=True)
    send_all("sparring.invited")


@scene("sparring.changed", "sparring/mail/changed.txt", *FOOT)
def changes(count):
    _town, session = booked(count)
    reschedule_session(
        session=session, actor=session.case.owner, starts_at=TEN + timedelta(hours=3)
    )
    send_all("sparring.changed")


@scene(
    "sparring.cancelled",
    "sparring/mail/cancelled.txt",
    "sparring/mail/_when.txt",
    "people/mail/mail.html",
)
def cancellations(count):
    _town, session = booked(count)
    cancel_session(session=session, actor=session.case.owner)
    send_all("sparring.cancelled")


@scene(
    "sparring.invited",
    "sparring.changed",
    "sparring.cancelled",
    "sparring/mail/gathered.txt",
    "sparring/mail/_when.txt",
    "people/mail/mail.html",
)
def what_gathers_about_sessions(count):
    """Everybody's news of `count + 2` sessions in one mail: some new, one moved, one off."""
    town = Town(colleagues=2, max_per_7_days=9, max_per_30_days=9)
    book = partial(book_session, partners=town.colleagues[1:], location="Lokale 3")
    sessions = [
        book(actor=case.owner, case=case, starts_at=TEN + timedelta(days=number))
        for number, case in enumerate(town.case() for _number in range(count + 2))
    ]
    send_all("sparring.invited", object_id=str(sessions[0].pk))
    send_all("sparring.invited", object_id=str(sessions[1].pk))
    mail.outbox.clear()
    reschedule_session(
        session=sessions[0],
        actor=sessions[0].case.owner,
        starts_at=sessions[0].starts_at + timedelta(hours=3),
    )
    cancel_session(session=sessions[1], actor=sessions[1].case.owner)
    for person in town.colleagues:
        sending.send_gathered(person.pk, at=timezone.now() + timedelta(days=1))


@scene("sparring.handover", "sparring/mail/handover.txt", *FOOT[1:])
def handovers(count):
    """To both and a third: with a time, without one, moved, and called off."""
    town = Town(colleagues=3)
    former, new, third = town.colleagues
    cases = [town.case(owner=former) for _number in range(count)]
    unknown = EmployeeFactory(unit=town.unit)
    hand_over(case=town.case(owner=former), actor=former, to=unknown)
    hand_over_caseload(actor=former, employee=former, receivers={case.pk: new for case in cases})
    send_all("sparring.handover")
    meeting = HandoverMeeting.objects.get(new_owner=new)
    move_meeting(actor=new, meeting=meeting, starts_at=TEN, third=third)
    send_all("sparring.handover")
    call_off_meeting(actor=former, meeting=meeting)
    send_all("sparring.handover")


@scene("sparring.declined", "sparring/mail/declined.txt", *FOOT)
def a_no(count):
    town, session = booked(count)
    answer_invitation(session=session, actor=town.colleagues[1], yes=False)
    send_all("sparring.declined")


@scene(
    "sparring.quick",
    "sparring/mail/quick.txt",
    "sparring/mail/_foot.txt",
    "people/mail/mail.html",
)
def ten_minutes(count):
    with time_machine.travel(TEN, tick=False):
        town = Town(colleagues=count + 1)
        case = town.case()
        ask_for_ten_minutes(actor=case.owner, case=case, colleagues=town.colleagues[1:])
        send_all("sparring.quick")


@scene("stories.decision", "stories/mail/decision.txt")
def decisions_on_stories(count):
    for _number in range(count):
        make_opened()
        sent_back = make_in_review()
        review.send_back(actor=make_approver(), story=sent_back, reason="Skriv, hvad I gjorde.")
    send_all("stories.decision")


ABOUT_STORIES = tuple(
    f"stories.{name}" for name in ("to_read", "appeal", "to_open", "ending", "taken_back")
)


@scene(*ABOUT_STORIES, "stories/mail/notice.txt")
def everything_else_about_stories(count):
    people = [EmployeeFactory() for _number in range(count)]
    waiting, shared = make_in_review(), make_published()
    for kind in ABOUT_STORIES:
        story = waiting if kind in ("stories.to_read", "stories.appeal") else shared
        notices.tell(story=story, kind=kind, people=people, occasion="x")
    send_all(*ABOUT_STORIES)


@scene("kb.publication", "kb/mail/publication.txt", "people/mail/mail.html")
def publications_at_once(count):
    theme = ThemePageFactory()
    for _number in range(count):
        follower = EmployeeFactory()
        follow_theme(actor=follower, theme=theme)
        choose(actor=follower, employee=follower, frequencies={Topic.FOLLOWED: "now"})
    PublicationPageFactory(themes=[theme]).save_revision().publish()
    send_all("kb.publication")


@scene(
    "kb.submitted", "kb.approved", "kb.rejected", "kb.commented",
    "kb/mail/approval.txt", "people/mail/mail.html",
)  # fmt: skip
def approvals_and_comments(count):
    """Sent, approved, sent back with and without words, and commented on."""
    sender = EmployeeFactory(project_staff=True)
    approvers = [EmployeeFactory(approver=True) for _number in range(count)]
    for answer in ("approve", "reject"):
        for comment in ("", "Skriv, hvor tallet kommer fra."):
            task = sent_page(sender)
            getattr(task, answer)(user=approvers[0], comment=comment)
    page = sent_page(sender).workflow_state.content_object
    run_mails()
    for person in approvers:
        PageSubscription.objects.create(user=person, page=page, comment_notifications=True)
    tell_commenters(page=page, threads=[], by=sender)
    run_mails()


def collected(kind, pairs):
    """The same kind, the first one by itself, then all of them in the day's mail."""
    now = timezone.now()
    waiting = {"state": NotificationState.WAITING, "next_try_at": now, "settled_at": None}
    made = [
        Notification.objects.create(
            employee=who, kind=kind, object_id=str(what), key=f"{kind}:{number}",
            channel=Channel.DIGEST, created_at=now, **waiting,
        )
        for number, (who, what) in enumerate(pairs)
    ]  # fmt: skip
    sending.send_one(made[0].pk)
    Notification.objects.filter(pk=made[0].pk).update(message_id="", **waiting)
    for who in {who for who, _what in pairs}:
        sending.send_digest(who.pk)


def _sessions(count):
    town = Town(colleagues=2)
    return [town.booked(TEN + n * timedelta(hours=1), confirmed=True) for n in range(count)]


@scene("sparring.session_ahead", *COLLECTED)
def reminders_of_sessions(count):
    pairs = [(people_of(session)[1], session.pk) for session in _sessions(count)]
    collected("sparring.session_ahead", pairs)


@scene("sparring.unanswered", *COLLECTED)
def invitations_that_wait(count):
    pairs = [(people_of(session)[1], session.pk) for session in _sessions(count)]
    collected("sparring.unanswered", pairs)


@scene("sparring.declined", *COLLECTED)
def noes_among_the_days_messages(count):
    pairs = [(session.case.owner, session.pk) for session in _sessions(count)]
    collected("sparring.declined", pairs)


@scene("sparring.outcome_missing", *COLLECTED)
def outcomes_that_are_missing(count):
    pairs = []
    for _number in range(count):
        session = SessionFactory(state=SessionState.AWAITING_OUTCOME)
        pairs += [(who, session.pk) for who in people_of(session)[:2]]
    collected("sparring.outcome_missing", pairs)


def _outcomes(count):
    today = timezone.localdate()
    for _number in range(count):
        session = running_session()
        agreement = Agreement(
            value=6,
            because="Hun har selv fundet to steder, hun vil se.",
            kind="company_visit",
            what="Besøge det ene sted sammen.",
            responsible=people_of(session)[1],
            deadline=today + timedelta(days=5),
            citizen_told="At vi tager afsted sammen.",
            citizen_told_on=today + timedelta(days=2),
            follow_up_on=today + timedelta(days=5),
            first_step_on=today + timedelta(days=3),
        )
        yield close_session(actor=session.case.owner, session=session, agreement=agreement)


@scene("sparring.follow_up_due", *COLLECTED)
def follow_ups(count):
    pairs = [(row.session.case.owner, row.follow_up.pk) for row in _outcomes(count)]
    collected("sparring.follow_up_due", pairs)


@scene("sparring.deadline_near", *COLLECTED)
def agreements(count):
    pairs = [(row.action.responsible, row.action.pk) for row in _outcomes(count)]
    collected("sparring.deadline_near", pairs)


@scene("story_library.followed", *COLLECTED)
def stories_one_follows(count):
    theme, reader = make_theme(nav_title="Tro uden handling"), EmployeeFactory()
    stories = [make_published(themes=[theme], tags=["lyst"]) for _number in range(count)]
    other = make_published(themes=[make_theme()])
    follow_theme(actor=reader, theme=theme)
    pairs = [(reader, story.pk) for story in (*stories, other)]
    collected("story_library.followed", pairs)


@scene("stories.reread", *COLLECTED)
def stories_to_read_again(count):
    author = EmployeeFactory()
    for _number in range(count):
        make_published(author)
    StoryPage.objects.update(reread_on=timezone.localdate() + timedelta(days=10))
    remind_authors()
    pairs = [(author, row.pk) for row in PeriodicReview.objects.all()]
    collected("stories.reread", pairs)


@scene("articles/mail/talk_answer.txt", "people/mail/mail.html")
def answers_to_who_has_no_account(count):
    """Yes and no, with and without words, a place and a contact."""
    for contact in (PersonFactory(email="karen@example.org"), None):
        for _number in range(count):
            theme = ThemePageFactory(contact=contact)
            bare, full, refused = (TalkRequestFactory(theme=theme) for _answer in range(3))
            editor = EmployeeFactory(editor=True)
            accept_talk(actor=editor, talk=bare, starts_at=TEN, minutes=45)
            accept_talk(
                actor=editor, talk=full, starts_at=TEN, minutes=45, location="Salen", answer="Tak."
            )
            decline_talk(actor=editor, talk=refused, answer="Vi er på ferie.")
            for talk in (bare, full, refused):
                mail_answer(talk_id=talk.pk)


@scene("articles.talk_request", *COLLECTED)
def requests_for_talks(count):
    editor = EmployeeFactory(editor=True)
    talks = [TalkRequestFactory() for _number in range(count)]
    collected("articles.talk_request", [(editor, talk.pk) for talk in talks])


@scene("articles.talk_answer", *COLLECTED)
def answers_to_requests_for_talks(count):
    asker, editor = EmployeeFactory(), EmployeeFactory(editor=True)
    talks = [TalkRequestFactory(asked_by=asker) for _number in range(count)]
    for number, talk in enumerate(talks):
        if number % 2:
            decline_talk(actor=editor, talk=talk, answer="Vi er på ferie.")
        else:
            accept_talk(actor=editor, talk=talk, starts_at=TEN, minutes=45)
    collected("articles.talk_answer", [(asker, talk.pk) for talk in talks])


@scene("articles.observation", *COLLECTED)
def observations_to_read(count):
    staff = EmployeeFactory(project_staff=True)
    waiting = [ObservationFactory() for _number in range(count)]
    collected("articles.observation", [(staff, observation.pk) for observation in waiting])


@scene("kb.publication", *COLLECTED)
def publications_among_the_days_messages(count):
    theme, reader = ThemePageFactory(), EmployeeFactory()
    follow_theme(actor=reader, theme=theme)
    pages = [PublicationPageFactory(themes=[theme]) for _number in range(count)]
    collected("kb.publication", [(reader, page.pk) for page in pages])


@scene("search.saved", *COLLECTED)
def news_in_saved_searches(count):
    reader, story = EmployeeFactory(), make_published()
    pairs = [
        (reader, SavedSearch.objects.create(
            owner=reader, query=query, rhythm=Rhythm.DAILY, news=[f"story:{story.pk}"]
        ).pk)
        for query in ("mentor", "Jens Hansen", "")[:count]
    ]  # fmt: skip
    collected("search.saved", pairs)


@scene("learning.expiry", *COLLECTED)
def certificates_that_run_out(count):
    holder, today = EmployeeFactory(), timezone.localdate()
    ends = {"issued_on": today - timedelta(days=300), "expires_on": today + timedelta(days=30)}
    made = [CertificateFactory(employee=holder, **ends) for _number in range(count)]
    collected("learning.expiry", [(holder, certificate.pk) for certificate in made])


@scene("learning.ethics", *COLLECTED)
def the_ethics_statement_once_a_year(count):
    reader, today = EmployeeFactory(), timezone.localdate()
    statement = EthicsStatementFactory(valid_from=today - timedelta(days=400))
    collected("learning.ethics", [(reader, statement.pk)] * count)


@scene("people.account_change", "people/mail/account_change.txt", "people/mail/mail.html")
def changes_of_accounts(count):
    for change in AccountChange:
        for _number in range(count):
            for old_address in ("", "gammel@example.org"):
                person = EmployeeFactory()
                note_change(
                    actor=person, employee=person, change=change, old_address=old_address
                )  # fmt: skip
    send_all("people.account_change")


@scene("people.reset_link", "people/mail/reset_link.txt", "people/mail/mail.html")
def links_to_a_new_password(count):
    for _number in range(count):
        mail_reset_link(employee_id=EmployeeFactory().pk)


@scene("sparring.texts_to_look_at", *COLLECTED)
def texts_in_which_the_check_found_something(count):
    owner = EmployeeFactory()
    for number in range(count):
        TextTask.objects.create(
            employee=owner,
            model_label="sparring.Action",
            object_id=number,
            field="what",
            digest="0",
        )
    collected("sparring.texts_to_look_at", [(owner, owner.pk)])


@scene("sparring.offer_closed", *COLLECTED)
def planned_offers_that_closed(count):
    owner, pairs = EmployeeFactory(), []
    for number in range(count):
        offer = OfferFactory(
            name=f"Prøvedag i kantine {number}",
            closed_on=timezone.localdate(),
            closed_because="der spares resten af året",
            alternative=OfferFactory(name="Besøg på en arbejdsplads"),
        )
        case = CaseFactory(owner=owner)
        ActionFactory(case=case, offer=offer, started_on=None, planned_for=timezone.localdate())
        pairs.append((owner, offer.pk))
    collected("sparring.offer_closed", pairs)
