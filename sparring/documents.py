"""Cases in the search index "cases": for their caseworker and present partners, nobody else.

Beliefs are left out: a partner of a talk may find the case before the blind bids are opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.engines.base import CASES, Document
from search.registry import DocumentSource, describe, register
from sparring.enums import ActionKind, Answer, SessionState
from sparring.models import Case, Participation

if TYPE_CHECKING:
    from people.models import Employee

NOT_IN_TALK = (SessionState.CANCELLED, SessionState.PROPOSED)


def case_document(case: Case) -> Document:
    """The case's document; expects what `case_documents` prefetches."""
    actions = list(case.actions.all())
    questions = [request.key_question for request in case.requests.all()]
    parts = [
        str(case.target_group),
        *case.strengths,
        *(action.get_kind_display() for action in actions),
        *(action.what for action in actions),
        *questions,
    ]
    return Document(
        id="",
        type="case",
        title=_("Case %s") % case.code,
        body="\n".join(part for part in parts if part),
        url=reverse("sparring:case_detail", args=[case.code]),
        target_group=case.target_group.code,
        action_kinds=tuple(sorted({action.kind for action in actions})),
        acl=frozenset(f"employee:{pk}" for pk in readers(case)),
    )


def readers(case: Case) -> set[int]:
    """Ids of those who see the case now: the same people as `Case.objects.visible_to`."""
    now = timezone.now()
    found = {case.owner_id}
    for session in case.sessions.all():
        if session.state in NOT_IN_TALK:
            continue
        found |= {
            place.employee_id
            for place in session.participations.all()
            if place.holds_time
            and place.answer != Answer.NO
            and (place.access_until is None or place.access_until > now)
            and (place.agreement is None or place.agreement.ended_at is None)
        }
    return found


def case_documents() -> QuerySet[Case]:
    """Every case with what its document needs."""
    places = Prefetch(
        "sessions__participations", queryset=Participation.objects.select_related("agreement")
    )
    return Case.objects.select_related("target_group").prefetch_related(
        "actions", "requests", "sessions", places
    )


def visible(user: Employee, pks: list[str]) -> Iterable[Any]:
    """Those of the cases that the user may see now, whatever the index says."""
    return Case.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


register(
    DocumentSource(
        type="case",
        label=gettext_lazy("Case"),
        label_plural=gettext_lazy("Cases"),
        model=Case,
        build=case_document,
        queryset=case_documents,
        visible=visible,
        index=CASES,
    )
)
describe("action_kinds", ActionKind.choices)
