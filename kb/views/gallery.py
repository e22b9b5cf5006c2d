"""The shared components on sample data, for those who build pages (development only)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

SAMPLE = Path(__file__).resolve().parent.parent.parent / "templates" / "dev" / "sample.json"
PAGES = ("gallery", "overview", "theme", "story", "search", "session", "figures")


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Overskrift", max_length=80, help_text="Kort og konkret.")
    text = forms.CharField(label="Historien", widget=forms.Textarea(attrs={"rows": 4}))
    when = forms.DateField(
        label="Dato", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Type", choices=[("a", "Historie"), ("b", "Tema")])
    form_of_contact = forms.ChoiceField(
        label="Kontakt", widget=forms.RadioSelect, choices=[("m", "Fysisk"), ("p", "Telefon")]
    )
    evidence = forms.MultipleChoiceField(
        label="Hvad bygger du det på?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("w", "Arbejdserfaring"), ("c", "Borgerens udsagn")],
    )
    consent = forms.BooleanField(label="Borgeren har sagt ja til, at historien fortælles")
    attachment = forms.FileField(label="Fil", required=False)
    belief = forms.TypedChoiceField(
        label="Din tro nu",
        coerce=int,
        choices=[(step, str(step)) for step in range(11)],
        widget=forms.RadioSelect(attrs={"data-belief": ""}),
    )


def gallery(request: HttpRequest, page: str = "gallery") -> HttpResponse:
    """Draw one of the sample pages."""
    if page not in PAGES:
        raise Http404
    return render(request, f"dev/{page}.html", sample_context())


def sample_context() -> dict[str, Any]:
    """Return the sample data of every page."""
    sample: dict[str, Any] = json.loads(SAMPLE.read_text())
    sample["notes"] = {int(step): note for step, note in sample["notes"].items()}
    return {
        **sample,
        "svg": render_to_string("dev/bars.svg"),
        "svg_narrow": render_to_string("dev/bars_narrow.svg"),
        "pages": PAGES[1:],
        "now": timezone.now(),
        "deadline": timezone.now() + timedelta(minutes=4, seconds=12),
        "form": SampleForm(),
        "bound": SampleForm({"title": "", "text": "x", "belief": "3"}),
        "page_obj": Paginator(range(28), 10).page(1),
    }
