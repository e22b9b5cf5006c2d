"""Who signed up for the demo's events, and what came after those that are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events.domain.afterwards import add_comment, decide_comment
from events.domain.calendar_entries import keep_entry
from events.domain.sign_ups import sign_up_employee
from events.enums import CommentState, SignUpState
from events.models import Evaluation, EventPage, SignUp
from people.models import Employee


def fill(event: EventPage, more: dict[str, Any]) -> int:
    """Sign the demo's people up, by the verbs where the event is to come; return how many."""
    found = (find(username) for username in more.get("sign_ups", ()))
    people = [employee for employee in found if employee is not None]
    if event.starts_at is None:
        return 0
    if event.starts_at > timezone.now():
        for employee in people:
            sign_up_employee(actor=employee, event=event)
    elif people:
        _held(event, people, event.starts_at, more)
    return len(people)


def find(username: str) -> Employee | None:
    """One of the demo's people; None where only a part of the demo is loaded."""
    return Employee.objects.filter(username=username).first()


def _held(
    event: EventPage, people: list[Employee], starts_at: datetime, more: dict[str, Any]
) -> None:
    """No verb signs up for what is over, so these rows are written as they would stand."""
    keep_entry(event)
    for number, employee in enumerate(people, start=1):
        SignUp.objects.create(
            event=event,
            employee=employee,
            state=SignUpState.SEATED,
            seat=number,
            rank=number,
            created_at=starts_at - timedelta(days=14),
            came=employee.username not in more["absent"],
            asked_to_evaluate=True,
            has_evaluated=number <= len(more["evaluations"]),
        )
    Evaluation.objects.bulk_create(
        Evaluation(event=event, **answers) for answers in more["evaluations"]
    )
    for row in more["comments"]:
        author = find(row["by"])
        if author is None or event.organiser is None:
            continue
        comment = add_comment(actor=author, event=event, text=row["text"])
        if row["state"] == CommentState.SHOWN:
            decide_comment(actor=event.organiser, comment=comment, show=True)
