"""What anybody may ask: whether a certificate holds, and which keys sign the badges."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from learning.badges import issuer_profile, published_keys
from learning.models import Certificate
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@no_store
def verify(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Holds, has expired or is revoked, in which programme, until when; never whose it is."""
    ours = Certificate.objects.filter(programme__isnull=False)
    certificate = ours.filter(pk=uid).first()
    state = certificate.state_on(timezone.localdate()) if certificate else None
    context = {"certificate": certificate, "state": state}
    status = 200 if certificate else 404
    answer = render(request, "learning/verify.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def keys(request: HttpRequest) -> JsonResponse:
    """The public keys of our badges."""
    return JsonResponse(published_keys(), content_type="application/jwk-set+json")


def issuer(request: HttpRequest) -> JsonResponse:
    """Who gives the badges."""
    return JsonResponse(issuer_profile())
