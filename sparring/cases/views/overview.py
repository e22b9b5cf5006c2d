"""The overview at `/`: what needs a fresh look, what comes next, what is new; by role."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import KeyFigure
from kb.templatetags.ui import clock, weekday
from kb.tools import tools_of
from people.roles import Right
from privacy.http import no_store
from privacy.matrix import MATRIX
from sparring.bookings.queries.proposals import proposed_weeks
from sparring.cases.queries import overview as queries
from sparring.cases.queries.unit_lacks import unit_lacks
from sparring.enums import Answer
from sparring.habits.queries.habits import habit_for
from sparring.handovers.queries.handovers import waiting_meetings
from sparring.plans.queries.planning_now import planning_now
from sparring.quick.queries.quick import shown_to
from sparring.sessions.queries.sessions import next_participation
from sparring.texts.queries import tasks_of

from .rows import case_rows

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.handovers.queries.handovers import MeetingStatus
    from sparring.models import Participation
    from stories.models import StoryPage

MOST_CASES = 5
MOST_WAITING = 5
RESEARCH_KEY = "tro-og-udfald"
MORNING, DAY, EVENING = 5, 10, 18


@no_store
def overview(request: EmployeeRequest) -> HttpResponse:
    """The page behind `/` for somebody who is logged in."""
    employee = request.user
    participation = next_participation(employee)
    context: dict[str, Any] = {
        "greeting": greeting(employee.first_name, timezone.localtime()),
        "quick": shown_to(employee) if employee.may(Right.PARTNER) else None,
        "next_session": _session_box(participation, employee) if participation else None,
        "stories": [_story_card(story, request) for story in queries.new_stories(employee)],
        "story_requests": queries.open_story_requests(),
        "figure": KeyFigure.objects.shown().filter(key=RESEARCH_KEY).first(),
        "since": [*_texts_to_look_at(employee), *since_last(employee, request)],
        "unit": queries.unit_counts(employee),
        "lacks": unit_lacks(employee, timezone.localdate()),
        "review": employee.may(Right.REVIEW_STORIES),  # an editor is refused the reading queue
        "may_write": MATRIX["stories:new"].allows(employee),
        "tools": [(tool.label, tool.url) for tool in tools_of(employee)],
        "habit": habit_for(employee, timezone.localdate()),
    }
    sentences = []
    if employee.may(Right.CASEWORK):
        context |= _own_cases(employee)
        sentences.append(_due_sentence(context["caseload"]))
    if employee.may(Right.PLAN) and employee.municipality is not None:
        planning = planning_now(employee.municipality, timezone.now(), most=MOST_WAITING)
        context |= {"planning": planning, "waiting": planning.waiting}
        sentences.append(_waiting_sentence(planning.requests))
    if participation is not None:
        tell = _("Your next sparring is %s.")
        sentences.append(tell % weekday(participation.session.starts_at))
    context["lead"] = " ".join(sentences) or _("Here is what is new.")
    return render(request, "sparring/overview/overview.html", context)


def greeting(name: str, now: datetime) -> str:
    """By the local hour: morning until ten, evening from six."""
    if MORNING <= now.hour < DAY:
        tell = _("Good morning, %s")
    elif DAY <= now.hour < EVENING:
        tell = _("Good day, %s")
    else:
        tell = _("Good evening, %s")
    return (tell % name) if name else (tell % "").rstrip(" ,")


def _texts_to_look_at(employee: Employee) -> list[tuple[str, str]]:
    count = tasks_of(employee).count()
    tell = ngettext("%d text of yours to look at", "%d texts of yours to look at", count)
    return [(tell % count, reverse("sparring:texts_to_look_at"))] if count else []


def _own_cases(employee: Employee) -> dict[str, Any]:
    return {
        "caseload": queries.caseload_of(employee),
        "rows": case_rows(list(queries.due_cases(employee, MOST_CASES))),
        "proposed": proposed_weeks(employee),
    }


def _due_sentence(caseload: queries.Caseload) -> str:
    if caseload.due == 0:
        return _("None of your cases needs a fresh look today.")
    return (
        ngettext(
            "%d of your cases needs a fresh look.",
            "%d of your cases need a fresh look.",
            caseload.due,
        )
        % caseload.due
    )


def _waiting_sentence(count: int) -> str:
    if count == 0:
        return _("No request for sparring waits.")
    return (
        ngettext("%d request for sparring waits.", "%d requests for sparring wait.", count) % count
    )


def _session_box(participation: Participation, employee: Employee) -> dict[str, Any]:
    """When, which case, in what role, with whom and where."""
    session = participation.session
    others = [
        participation.employee.first_name or participation.employee.username
        for participation in session.participations.all()
        if participation.employee_id != employee.pk and participation.answer != Answer.NO
    ]
    facts = [
        (_("Case"), session.case.code),
        (_("Role"), participation.get_role_display()),
        (_("With"), ", ".join(others)),
        (_("Place"), session.where),
    ]
    return {
        "pk": session.pk,
        "day": weekday(session.starts_at),
        "time": f"{clock(session.starts_at)}–{timezone.localtime(session.ends_at):%H.%M}",
        "facts": [(label, value) for label, value in facts if value],
    }


def _story_card(story: StoryPage, request: HttpRequest) -> dict[str, Any]:
    meta = [story.get_outcome_display(), story.municipality.name]
    return {
        "title": story.title,
        "url": story.get_url(request),
        "text": story.teaser,
        "meta": [line for line in meta if line],
    }


def since_last(employee: Employee, request: HttpRequest) -> list[tuple[str, str]]:
    """What has happened or waits for the person: (label, address), the most pressing first."""
    found: list[tuple[str, str]] = []
    for participation in queries.sessions_without_outcome(employee):
        tell = _("The session about %s still needs its outcome")
        found.append(
            (tell % participation.session.case.code, _case_url(participation.session.case.code))
        )
    found += [_meeting_line(status) for status in waiting_meetings(employee)]
    for follow_up in queries.follow_ups_due(employee):
        code = follow_up.outcome.session.case.code
        values = {"code": code, "day": date_format(follow_up.due_on, "j. F")}
        found.append((_("Follow up on %(code)s, %(day)s") % values, _case_url(code)))
    invitations = queries.unanswered_invitations(employee)
    if invitations:
        tell = ngettext(
            "%d invitation waits for your answer",
            "%d invitations wait for your answer",
            invitations,
        )
        found.append((tell % invitations, "/sparring/"))
    for response in queries.new_responses(employee):
        values = {"kind": response.get_kind_display(), "title": response.story.title}
        label = _("“%(kind)s” to your story “%(title)s”") % values
        found.append((label, response.story.get_url(request) or reverse("overview")))
    found += [
        (_("New: “%s”") % page.title, page.get_url(request) or reverse("overview"))
        for page in queries.new_publications()
    ]
    return found


def _meeting_line(status: MeetingStatus) -> tuple[str, str]:
    """What to do about a meeting that belongs to a handover."""
    meeting = status.meeting
    values: dict[str, Any] = {"person": status.other}
    if status.over:
        url = reverse("sparring:handover_meeting_hold", args=[meeting.pk])
        return _("Have you talked with %(person)s about the handover?") % values, url
    url = reverse("sparring:handover_meeting", args=[meeting.pk])
    if meeting.starts_at is None:
        return _("Find a time with %(person)s for the handover meeting") % values, url
    values |= {"day": weekday(meeting.starts_at), "time": clock(meeting.starts_at)}
    return _("Handover meeting with %(person)s %(day)s %(time)s") % values, url


def _case_url(code: str) -> str:
    return reverse("sparring:case_detail", args=[code])
