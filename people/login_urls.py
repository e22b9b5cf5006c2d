"""The pages of the login library that are used here, under the library's own names.

A page that is not listed does not exist: nobody adds, changes or confirms an address. None of
them is kept by a browser or a cache (SEC-11).
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as two_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from privacy.http import no_store

_PAGES = [
    ("login/", account.login, "account_login"),
    ("logout/", account.logout, "account_logout"),
    ("inactive/", account.account_inactive, "account_inactive"),
    ("signup/", account.signup, "account_signup"),  # says that the municipality makes accounts
    ("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    ("password/change/", account.password_change, "account_change_password"),
    ("password/set/", account.password_set, "account_set_password"),
    ("password/reset/", account.password_reset, "account_reset_password"),
    ("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    (
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    ("2fa/", two_step.index, "mfa_index"),
    ("2fa/authenticate/", two_step.authenticate, "mfa_authenticate"),
    ("2fa/reauthenticate/", two_step.reauthenticate, "mfa_reauthenticate"),
    ("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    ("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("2fa/recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    (
        "2fa/recovery-codes/generate/",
        recovery.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    (
        "2fa/recovery-codes/download/",
        recovery.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]
urlpatterns = [path(route, no_store(view), name=name) for route, view, name in _PAGES]
urlpatterns += [
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        no_store(account.password_reset_from_key),
        name="account_reset_password_from_key",
    )
]
