"""The login library, held to our rules: no signing up, our limits, our texts, our mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import login_limits
from people.models import Employee
from privacy import audit
from privacy.clients import client_address
from privacy.limits import clock_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NOT_RIGHT = gettext_lazy(
    "The user name or the password is not right. Look whether caps lock is on, and try again."
)
WRONG_CODE = gettext_lazy("The code is not right. Wait for the next one in the app and try again.")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the municipality; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
        "incorrect_password": gettext_lazy("The password is not right. Try again."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": gettext_lazy("The link is used or too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:account")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises ValidationError when that was too many wrong tries."""
        typed = credentials.get("username") or credentials.get("email") or ""
        account = Employee.objects.by_login(typed)
        self.tries = login_limits.tries_at(request, account, typed)
        put_off = login_limits.reserve(self.tries)
        if put_off is not None:
            if login_limits.is_first_refusal(put_off):
                audit.record(actor=None, action="login.put_off", target=account)
            sentence = _(
                "That was many wrong tries. Try again at %(time)s, or choose “Forgotten your "
                "password?”: with a new password you get in at once."
            )
            raise ValidationError(sentence % {"time": clock_of(put_off.until)})

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        account = super().authenticate(request, **credentials)
        if account is not None:
            login_limits.release_tries(self.tries)
        return account

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        login_limits.mark(request, response, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """None of the library's mails goes out: ours are in people/notifications/."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The owner is notified by people.domain.accounts.note_change."""


class TwoStepAdapter(DefaultMFAAdapter):
    """The QR code is inline SVG, so that the CSP need not allow other images."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": gettext_lazy(
            "Turn two-step login on first; recovery codes come with it."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> SafeString:
        """The library's SVG: only squares, no user input."""
        drawing = super().build_totp_svg(url)
        return SafeString(drawing[drawing.index("<svg") :])  # nosec B703 (see above)
