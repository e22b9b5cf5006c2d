"""Everything that happens by the clock: each periodic job, run at its own time by a moved clock.

`PROOFS` holds one proof per job; a job without one fails here. A proof sets something up, runs the
job at its next time before anything is due and after, and runs it again: the second run changes
nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import croniter
import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import Page

from document_import.domain.reading import read_in
from document_import.drafts import Target
from document_import.models import DocumentImport
from kb.domain.follows import follow_theme
from people.access import acl_tokens
from people.domain.notification_choices import choose
from people.domain.notifications import notify
from people.enums import NotificationState
from people.models import BusyCalendar, Notification
from privacy.models import AuditEntry, Tally
from renewal.hits import Rule
from search.domain.saved import save_search
from search.engines.base import CASES, CONTENT, SearchRequest, SearchResult
from search.engines.select import postgres
from search.models import OutboxEvent, QueryLogEntry
from search.outbox import deliver_batch, enqueue_instance
from search.querylog import log_query
from sparring.beliefs.domain.needs import recompute
from sparring.beliefs.queries.needs import hits_of
from sparring.enums import ParticipantRole, SessionState
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import (
    ColleagueAnswer,
    HandoverMeeting,
    RenewalNeed,
    SparringSession,
    TextTask,
)
from stories.domain.withdrawal import withdraw_story
from stories.enums import State
from stories.models import StoryConsent, StoryPage
from stories.tombstone_file import read_lines
from tests.events import timer_proof
from tests.factories.articles import TalkRequestFactory
from tests.factories.kb import KeyFigureFactory, PublicationPageFactory, ThemePageFactory
from tests.factories.learning import CertificateFactory
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, at_work, moment
from tests.factories.sessions import SessionFactory
from tests.factories.sources import SourceFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory
from tests.factories.stories import make_published
from tests.form_drafts import timer_proof as draft_proof
from tests.learning import timer_proof as learning_proof

pytestmark = pytest.mark.django_db
JOBS = {task.task.name: task for task in app.periodic_registry.periodic_tasks.values()}
# A Wednesday; nothing in the week after it is a closed day.
START = datetime(2026, 11, 25, 9, tzinfo=COPENHAGEN)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PROOFS = {}


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def proves(name):
    def register(proof):
        PROOFS[name] = proof
        return proof

    return register


def at(when):
    return time_machine.travel(when, tick=False)


def run(name, *, after):
    """Run a job as the worker does, at its first time after a moment."""
    times = croniter.croniter(JOBS[name].cron)
    stamp = int(times.get_next(float, start_time=after.timestamp()))
    with at(datetime.fromtimestamp(stamp, UTC)):
        return JOBS[name].task.func(stamp)


def waiting(task):
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=task, status="todo")]


def found(query, *tokens, index=CONTENT):
    """What the index itself counts."""
    deliver_batch()
    return postgres().search(SearchRequest(query, frozenset(tokens), index)).total


@pytest.mark.parametrize("name", sorted(JOBS))
def test_the_job_does_its_work_at_its_time(name, tmp_path, settings):
    settings.TOMBSTONE_FILE = str(tmp_path / "withdrawn.jsonl")

    PROOFS[name]()


def test_no_proof_is_of_a_job_that_is_gone():
    assert PROOFS.keys() == JOBS.keys()


@proves("events.nightly")
def people_are_reminded_of_events_and_forgotten_after_them():
    timer_proof.nightly(run, START)


@proves("form_drafts.forget")
def what_was_typed_and_never_sent_is_forgotten_after_seven_days():
    draft_proof.forget(run, START)


@proves("kb.follow_the_clock")
def pages_and_figures_go_live_and_end():
    job = "kb.follow_the_clock"
    theme, follower = ThemePageFactory(), EmployeeFactory()
    follow_theme(actor=follower, theme=theme)
    choose(actor=follower, employee=follower, frequencies={"followed": "now"})
    with at(START):
        page = PublicationPageFactory(themes=[theme], title="Havbrisen", live=False)
        page.go_live_at, page.expire_at = START + HOUR, START + 3 * HOUR
        page.save_revision().publish()
        figure = KeyFigureFactory(go_live_at=START + HOUR, expire_at=START + 3 * HOUR)
        figure.save_revision().publish()

    def shown():
        page.refresh_from_db()
        figure.refresh_from_db()
        return page.live, figure.live, found("Havbrisen", "login", "open")

    assert (run(job, after=START + 58 * MINUTE), shown()) == (0, (False, False, 0))
    assert not Notification.objects.exists()
    assert run(job, after=START + HOUR) == 2
    assert shown() == (True, True, 1)
    assert Notification.objects.get(employee=follower).state == NotificationState.WAITING
    assert waiting("people.send_due") == [{"employee_id": follower.pk}]
    assert (run(job, after=START + 2 * HOUR), shown()) == (0, (True, True, 1))
    assert run(job, after=START + 3 * HOUR) == 2
    assert (run(job, after=START + 4 * HOUR), shown()) == (0, (False, False, 0))
    assert (page.expired, Notification.objects.count()) == (True, 1)
    entries = AuditEntry.objects.filter(action__regex=r"^(page|key_figure)\.").order_by("pk")
    assert [entry.action for entry in entries] == [
        "page.schedule", "key_figure.schedule", "page.publish", "key_figure.publish",
        "page.unpublish", "key_figure.unpublish",
    ]  # fmt: skip


@proves("people.send_all_due")
def the_days_notifications_go_out_at_seven_and_what_was_left_is_made_up_for():
    person, other = EmployeeFactory(), EmployeeFactory()
    with at(START):
        notify(employee=person, kind="search.saved", object_id=1, key="digest")
        notify(employee=other, kind="people.reset_link", object_id="", key="at once")
        ProcrastinateJob.objects.all().delete()  # as when a worker was killed with its job
    seven = moment(date(2026, 11, 26), "07.00")
    first, second = {"employee_id": person.pk}, {"employee_id": other.pk}

    for minutes in range(2):
        run("people.send_all_due", after=START + minutes * MINUTE)
        assert waiting("people.send_due") == [second]
    assert run("people.send_all_due", after=seven - 2 * MINUTE) == 1
    assert run("people.send_all_due", after=seven - MINUTE) == 2

    assert sorted(waiting("people.send_due"), key=itemgetter("employee_id")) == [first, second]


@proves("people.forget_notifications")
def notifications_are_forgotten_after_half_a_year():
    for kind in ("search.saved", "kb.publication"):
        Notification.objects.create(
            employee=EmployeeFactory(), kind=kind, object_id="1", key=kind, channel="mail",
            created_at=START, settled_at=START, state=NotificationState.SENT, message_id="<1@x>",
        )  # fmt: skip

    assert run("people.forget_notifications", after=START + 178 * DAY) == 0
    assert run("people.forget_notifications", after=START + 180 * DAY) == 2
    assert run("people.forget_notifications", after=START + 181 * DAY) == 0
    kept = Notification.objects.get()  # its key alone: nobody is told twice of a publication
    assert (kept.kind, kept.state, kept.object_id) == ("kb.publication", "forgotten", "")


@proves("people.refresh_calendars")
def calendars_are_fetched_every_hour():
    BusyCalendar.objects.create(employee=EmployeeFactory(is_active=False), address="https://a.x/")
    kept = BusyCalendar.objects.create(employee=EmployeeFactory(), address="https://a.example/")

    for hours in range(2):
        run("people.refresh_calendars", after=START + hours * HOUR)

    assert waiting("people.refresh_calendar") == [{"calendar_id": kept.pk}]


@proves("sources.check_links")
def links_are_asked_once_a_week():
    """START is a Wednesday, so the next time is a Monday, and the one after it a week later."""
    SourceFactory()
    by_address = SourceFactory(url="https://a.example/")
    by_doi = SourceFactory(doi="10.1057/x")

    for days in (0, 0, 7):
        run("sources.check_links", after=START + days * DAY)

    asked = [{"source_id": source.pk} for source in (by_address, by_doi)]
    assert waiting("sources.check_links_of") == asked


@proves("people.forget_logins")
def ended_logins_are_forgotten():
    for key, ends in (("over", START + 30 * MINUTE), ("standing", START + 30 * DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    for days in (-1, 1, 2):
        run("people.forget_logins", after=START + days * DAY)
        left = set(Session.objects.values_list("session_key", flat=True))
        assert left == ({"over", "standing"} if days < 0 else {"standing"})


@proves("privacy.forget_tallies")
def ended_counts_of_tries_are_forgotten():
    for key, ends in (("over", START + 30 * MINUTE), ("standing", START + 30 * DAY)):
        Tally.objects.create(key=key, count=1, ends_at=ends)

    for days in (-1, 1, 2):
        run("privacy.forget_tallies", after=START + days * DAY)
        left = set(Tally.objects.values_list("key", flat=True))
        assert left == ({"over", "standing"} if days < 0 else {"standing"})


@proves("articles.forget_talks")
def talks_forgotten():
    TalkRequestFactory(accepted=False, answered_at=START)
    half_a_year = 180 * DAY

    assert run("articles.forget_talks", after=START + half_a_year - DAY) == 0
    assert run("articles.forget_talks", after=START + half_a_year + DAY) == 1
    assert run("articles.forget_talks", after=START + half_a_year + 2 * DAY) == 0


@proves("search.sweep")
def what_waits_for_search_is_delivered():
    PublicationPageFactory(title="Havbrisen")
    assert OutboxEvent.objects.exists()

    for minutes in range(2):
        run("search.sweep", after=START + minutes * MINUTE)

    assert not OutboxEvent.objects.exists()
    assert postgres().search(SearchRequest("Havbrisen", frozenset({"login"}), CONTENT)).total == 1


@proves("search.reconcile")
def drift_is_mended_at_night():
    page = PublicationPageFactory(title="Havbrisen")
    deliver_batch()
    Page.objects.filter(pk=page.pk).update(title="Solsorten")  # past the outbox

    assert run("search.reconcile", after=START) == 1
    assert run("search.reconcile", after=START + DAY) == 0
    assert (found("Havbrisen", "login"), found("Solsorten", "login")) == (0, 1)


@proves("search.saved")
def news_in_saved_searches_is_looked_for_before_seven():
    person = EmployeeFactory()
    with at(START):
        search = save_search(actor=person, query="havbrise", filters={})
        type(search).objects.update(rhythm="daily")
        PublicationPageFactory(title="Havbrisen")
        deliver_batch()

    assert run("search.saved", after=START) == 1
    assert run("search.saved", after=START + 12 * HOUR) == 0
    notice = Notification.objects.get(employee=person)
    for moved in (notice.created_at, notice.created_at + 200 * DAY):  # in winter and in summer
        assert timezone.localtime(moved).hour < 7


@proves("search.purge")
def queries_are_forgotten_after_ninety_days():
    with at(START):
        log_query("praktik", "content", SearchResult((), 0, {}, engine="postgres"))

    for days, left in ((89, 1), (91, 0), (92, 0)):
        run("search.purge", after=START + days * DAY)
        assert QueryLogEntry.objects.count() == left


@proves("sparring.nightly_needs")
def a_belief_that_grows_old_is_seen_the_next_morning():
    with at(START):
        case = CaseFactory(started=START.date() - 100 * DAY)
        BeliefFactory(case=case)
        recompute([case])

    def rules():
        return {hit.code for hit in hits_of(RenewalNeed.objects.get(case=case))}

    run("sparring.nightly_needs", after=START + 88 * DAY)
    assert Rule.STALE not in rules()
    run("sparring.nightly_needs", after=START + 91 * DAY)
    assert Rule.STALE in rules()
    before = RenewalNeed.objects.values().get(case=case)
    run("sparring.nightly_needs", after=START + 91 * DAY)
    assert RenewalNeed.objects.values().get(case=case) | {"computed_at": 0} == before | {
        "computed_at": 0
    }


@proves("sparring.propose_handover_meetings")
def talks_after_handovers_get_a_time_once_somebody_has_told_their_week():
    with at(START):
        case = CaseFactory(owner=at_work(EmployeeFactory()))
        new = EmployeeFactory(unit=case.unit)
        hand_over(case=case, actor=case.owner, to=new)
    meeting = HandoverMeeting.objects.get()

    assert run("sparring.propose_handover_meetings", after=START) == 0
    at_work(new)
    assert run("sparring.propose_handover_meetings", after=START + DAY) == 1
    meeting.refresh_from_db()
    assert START + DAY < meeting.starts_at < START + 14 * DAY
    assert run("sparring.propose_handover_meetings", after=START + 2 * DAY) == 0


def test_the_nightly_run_forgets_what_was_answered_about_colleagues_a_year_ago():
    with at(START):
        session = SessionFactory(state="closed")
        ColleagueAnswer.objects.create(
            session=session,
            answered_by=session.case.owner,
            answer="yes",
            answered_on=START.date(),
        )

    run("sparring.nightly_needs", after=START + 363 * DAY)
    assert ColleagueAnswer.objects.count() == 1
    run("sparring.nightly_needs", after=START + 365 * DAY)

    assert ColleagueAnswer.objects.count() == 0


@proves("sparring.nightly_access")
def search_hears_of_access_that_ran_out():
    session = SessionFactory(people=(ParticipantRole.FACILITATOR,), state="closed")
    partner = session.participations.get(role=ParticipantRole.FACILITATOR)
    type(partner).objects.filter(pk=partner.pk).update(access_until=START + 14 * DAY)
    enqueue_instance(session.case)

    def counted(when):
        with at(when):
            return found(session.case.code, *acl_tokens(partner.employee), index=CASES)

    assert counted(START) == 1
    assert run("sparring.nightly_access", after=START + 13 * DAY) == 0
    assert run("sparring.nightly_access", after=START + 14 * DAY) == 1
    assert run("sparring.nightly_access", after=START + 15 * DAY) == 0
    assert counted(START + 15 * DAY) == 0


@proves("sparring.rescan_texts")
def the_owner_of_a_stored_name_is_told_once_and_what_is_put_right_is_forgotten():
    named = ActionFactory(what="Prøvedag hos Flemming")
    ActionFactory(what="Prøvedag i en kantine")

    assert run("sparring.rescan_texts", after=START) == 1
    assert run("sparring.rescan_texts", after=START + DAY) == 0
    assert Notification.objects.get().employee == named.case.owner
    type(named).objects.filter(pk=named.pk).update(what="Prøvedag i en kantine")
    assert run("sparring.rescan_texts", after=START + 2 * DAY) == 0
    assert not TextTask.objects.exists()


@proves("sparring.reminders")
def sessions_pass_and_their_people_are_reminded():
    with at(START):
        session = SessionFactory(starts_at=START + HOUR)

    run("sparring.reminders", after=START)
    sessions = Notification.objects.filter(kind="sparring.session_ahead").count()
    assert SparringSession.objects.get().state == SessionState.PLANNED
    run("sparring.reminders", after=START + 4 * HOUR)
    assert SparringSession.objects.get().state == SessionState.AWAITING_OUTCOME
    for hours in range(2):
        run("sparring.reminders", after=START + 6 * DAY + (4 + hours) * HOUR)
    told = Notification.objects.exclude(kind="sparring.session_ahead")

    assert sessions <= session.participations.count()
    assert list(told.values_list("kind", "employee")) == [
        ("sparring.outcome_missing", session.case.owner_id)
    ]


@proves("learning.remind_of_expiry")
def a_holder_hears_once_at_90_30_and_7_days_and_who_has_left_never():
    job, last = "learning.remind_of_expiry", datetime(2027, 3, 1, tzinfo=COPENHAGEN)
    dates = {"issued_on": date(2025, 3, 1), "expires_on": last.date()}
    certificate = CertificateFactory(**dates)
    CertificateFactory(employee__is_active=False, **dates)
    days = (91, 90, 89, 31, 30, 29, 8, 7, 6, 0, -1)

    heard = {left: run(job, after=last - left * DAY) for left in days}

    assert [left for left in days if heard[left]] == [90, 30, 7]
    assert run(job, after=last - 7 * DAY) == 0
    told = Notification.objects.filter(kind="learning.expiry")
    assert {notification.employee for notification in told} == {certificate.employee}
    assert told.count() == 3


@proves("learning.ask_to_confirm")
def the_ethics_statement_is_asked_for_once_a_year():
    learning_proof.ethics(run, START)


@proves("stories.nightly")
def a_story_ends_with_its_consent():
    story = make_published()
    (consent,) = StoryConsent.objects.filter(story=story)
    ends = datetime.combine(consent.expires_on, datetime.min.time(), COPENHAGEN)

    def state():
        return StoryPage.objects.get(pk=story.pk).state

    run("stories.nightly", after=ends - 2 * DAY)
    assert state() in (State.PUBLISHED_INTERNAL, State.REREAD)
    run("stories.nightly", after=ends + DAY)
    assert state() == State.WITHDRAWN
    count = AuditEntry.objects.filter(action="story.consent_expired").count()
    run("stories.nightly", after=ends + 2 * DAY)
    assert AuditEntry.objects.filter(action="story.consent_expired").count() == count == 1


@proves("stories.reapply_tombstones")
def withdrawn_stories_stand_on_the_list_outside():
    story = make_published()
    withdraw_story(actor=story.author, story=story)

    for minutes in (0, 10):
        run("stories.reapply_tombstones", after=START + minutes * MINUTE)

    assert list(read_lines(Path(settings.TOMBSTONE_FILE))) == [story.uid]


@proves("document_import.discard_waiting")
def documents_nobody_made_into_a_draft_are_forgotten():
    job = "document_import.discard_waiting"
    with at(START):
        read_in(
            actor=EmployeeFactory(editor=True),
            data=b"Titel\n\nNoget.\n",
            file_name="d.txt",
            target=Target.ARTICLE,
        )
    assert run(job, after=START + 6 * DAY) == 0
    assert DocumentImport.objects.count() == 1
    assert run(job, after=START + 7 * DAY) == 1
    assert run(job, after=START + 7 * DAY) == 0
    assert not DocumentImport.objects.exists()
