"""Cases in the search index "cases": for their caseworker and present partners, nobody else.

Beliefs are left out: a partner of a session may find the case before the blind bids are opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.engines.base import CASES, Document
from search.registry import DocumentSource, describe, register
from sparring.enums import ActionKind
from sparring.models import Case, Participation
from sparring.shared.access_rows import keeps, opens_case

if TYPE_CHECKING:
    from people.models import Employee

TYPED_CODE = re.compile(r"([A-Za-zÆØÅæøå]{1,4})[ -]?([0-9]{1,6})")


def case_document(case: Case) -> Document:
    """The case's document; expects what `case_documents` prefetches."""
    actions = list(case.actions.all())
    questions = [sparring_request.key_question for sparring_request in case.requests.all()]
    parts = [
        str(case.target_group),
        *(strength.text for strength in case.strengths.all()),
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
        target_group=case.target_group.label,
        action_kinds=tuple(sorted({action.kind for action in actions})),
        acl=frozenset(f"employee:{pk}" for pk in audience_of(case)),
    )


def audience_of(case: Case) -> set[int]:
    """Ids of those who see the case now: the same people as `Case.objects.visible_to`."""
    now = timezone.now()
    found = {case.owner_id} if keeps(case, case.owner) else set()
    for session in case.sessions.all():
        found |= {
            participation.employee_id
            for participation in session.participations.all()
            if opens_case(participation, case, at=now)
        }
    return found


def case_documents() -> QuerySet[Case]:
    """Every case with what its document needs."""
    participations = Prefetch(
        "sessions__participations",
        queryset=Participation.objects.select_related("session", "agreement", "employee__unit"),
    )
    return Case.objects.select_related("target_group", "owner__unit").prefetch_related(
        "actions", "requests", "strengths", "sessions", participations
    )


def visible(user: Employee, pks: list[str]) -> Iterable[Any]:
    """Those of the cases that the user may see now, whatever the index says."""
    return Case.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


def by_code(user: Employee, query: str) -> str:
    """The address of the case of that code, however it is typed, where the user may see it."""
    typed = TYPED_CODE.fullmatch(query.strip())
    if typed is None:
        return ""
    code = "-".join(typed.groups()).upper()
    case = Case.objects.visible_to(user).find(code, near=user.municipality_id)
    return reverse("sparring:case_detail", args=[case.code]) if case else ""


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
        named=by_code,
    )
)
describe("action_kinds", ActionKind.choices)
