"""`/redaktion/brugere/`: the accounts of the municipality, and what each of them does here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from people.account_forms import AccountForm
from people.domain.account_roles import set_account
from people.domain_form_view import DomainFormView
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


class EditAccount(DomainFormView):
    """Tick roles, or close the account; what is refused is shown, and everything ticked stays."""

    template_name = "people/admin/account.html"
    not_kept = "It stands in the editors' frame, which loads no script of the site."
    form_class = AccountForm
    success_url = reverse_lazy("accounts")
    done = gettext_lazy("The account is saved.")
    account: Employee

    def prepare(self) -> None:
        _require_manager(self.request)
        self.account = get_object_or_404(accounts_managed_by(self.employee), pk=self.kwargs["pk"])
        if not manages(self.employee, self.account):
            raise PermissionDenied("Another administrator sets an account's roles.")
        self.given = roles_given_by(self.employee)
        self.kept = [role for role in self.account.roles if role not in self.given]

    def get_initial(self) -> dict[str, Any]:
        return {"roles": self.account.roles, "is_active": self.account.is_active}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roles": self.given}

    def act(self, form: AccountForm) -> object:
        return set_account(
            actor=self.employee,
            employee=self.account,
            roles=[*form.cleaned_data["roles"], *self.kept],
            is_active=form.cleaned_data["is_active"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = [Role(role).label for role in self.kept]
        return super().get_context_data(account=self.account, kept=kept, **kwargs)


def _labels(account: Employee) -> list[str]:
    return [str(Role(role).label) for role in account.roles]


def _groups(account: Employee) -> list[str]:
    """The groups of the editors' admin that carry the roles."""
    editing = (Role(role).editing for role in account.roles)
    return [one.group for one in editing if one is not None]
