"""Where anybody may ask whether a certificate holds."""

from __future__ import annotations

from django.urls import path

from learning.views import verify

urlpatterns = [
    path("noegler.json", verify.keys, name="badge_keys"),
    path("udsteder.json", verify.issuer, name="badge_issuer"),
    path("<uuid:uid>/", verify.verify, name="verify_certificate"),
]
