"""Pages of training programmes and their modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import EventPage
from kb.models import Collection, CollectionPage
from kb.models.base import shown_to
from learning.domain.passes import progress_in
from learning.models import Certificate, Module, Programme

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


def crumbs() -> list[tuple[str, str]]:
    """The way down to a programme."""
    return [(_("Training programmes"), CollectionPage.address(Collection.PROGRAMMES) or "/")]


def programme(request: EmployeeRequest, slug: str) -> HttpResponse:
    """Modules, rules, who can be asked, and how far the visitor is."""
    programmes = Programme.objects.shown().select_related("contact", "renewal_module")
    found = get_object_or_404(programmes, slug=slug)
    rows = found.programme_modules.filter(module__live=True).select_related("module")
    held = Certificate.objects.live().filter(employee=request.user, programme=found).first()
    progress = progress_in(request.user, found)
    context = {
        "programme": found,
        "required": [row.module for row in rows if row.required],
        "optional": [row.module for row in rows if not row.required],
        "held": held,
        "missing": set(progress.missing),
        "crumbs": crumbs(),
    }
    return render(request, "learning/programme.html", context)


def module(request: EmployeeRequest, slug: str) -> HttpResponse:
    """One module: goals, length, who may take it, and where it counts."""
    found = get_object_or_404(Module.objects.shown(), slug=slug)
    programmes = Programme.objects.shown().filter(programme_modules__module=found)
    passed = found.passes.filter(employee=request.user).first()
    events = shown_to(EventPage.objects.filter(counts_for__module=found), request.user)
    events = events.upcoming(timezone.localdate())
    context = {
        "module": found,
        "programmes": programmes,
        "renews": found.renews.filter(live=True),
        "materials": found.materials.all(),
        "passed": passed,
        "events": [(event.title, event.url) for event in events],
        "crumbs": crumbs(),
    }
    return render(request, "learning/module.html", context)
