"""`/redaktion/brugere/`: the accounts of the municipality, and what each of them does here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.account_forms import AccountForm
from people.domain.account_roles import set_account
from people.form_errors import show_errors
from people.queries.accounts import accounts_managed_by, manages, roles_given_by
from people.roles import Right, Role
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from people.models import Employee

ON_A_PAGE = 50


def _require_manager(request: EmployeeRequest) -> None:
    if not request.user.may(Right.MANAGE_ACCOUNTS):
        raise PermissionDenied("Only who manages accounts.")


@require_safe
@no_store
def accounts(request: EmployeeRequest) -> HttpResponse:
    """By name, fifty on a page, found by a part of name, user name or address."""
    _require_manager(request)
    wanted = request.GET.get("q", "").strip()
    found = accounts_managed_by(request.user)
    for word in wanted.split():
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    rows = [(account, _labels(account), _groups(account)) for account in page]
    context = {"wanted": wanted, "page": page, "rows": rows}
    return render(request, "people/admin/accounts.html", context)


@no_store
def account(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Tick roles, or close the account; what is refused is shown, and everything ticked stays."""
    _require_manager(request)
    found = get_object_or_404(accounts_managed_by(request.user), pk=pk)
    if not manages(request.user, found):
        raise PermissionDenied("Another administrator sets an account's roles.")
    given = roles_given_by(request.user)
    kept = [role for role in found.roles if role not in given]
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        roles=given,
        initial={"roles": found.roles, "is_active": found.is_active},
    )
    if form.is_valid():
        roles = [*form.cleaned_data["roles"], *kept]
        try:
            set_account(
                actor=request.user,
                employee=found,
                roles=roles,
                is_active=form.cleaned_data["is_active"],
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The account is saved."))
            return redirect("accounts")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "account": found, "kept": [Role(role).label for role in kept]}
    return render(request, "people/admin/account.html", context, status=status)


def _labels(account: Employee) -> list[str]:
    return [str(Role(role).label) for role in account.roles]


def _groups(account: Employee) -> list[str]:
    """The groups of the editors' admin that carry the roles."""
    editing = (Role(role).editing for role in account.roles)
    return [one.group for one in editing if one is not None]
