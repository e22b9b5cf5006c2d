"""`/redaktion/besked/`: why did this person get no mail? For who helps people with their accounts.

Kind, time, state and reason, never what it was about. Every look stands in the audit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.queries.notifications import account_managed_by, notifications_of
from people.roles import Right
from privacy import audit
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@require_safe
@no_store
def why_no_mail(request: EmployeeRequest) -> HttpResponse:
    """Ask for a user name or an address; show what was sent to that account, and what was not."""
    if not request.user.may(Right.MANAGE_ACCOUNTS):
        raise PermissionDenied("Only who manages accounts.")
    login = request.GET.get("q", "").strip()
    account = account_managed_by(request.user, login) if login else None
    if account is not None:
        audit.record(actor=request.user, action="notifications.read", target=account)
    context = {
        "login": login,
        "account": account,
        "rows": notifications_of(account) if account else [],
    }
    return render(request, "people/admin/why_no_mail.html", context)
