"""Editors name a document by its address, not by its key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from privacy.fields import SafeTextFormField
from search.editing.promotions import document_at
from search.models import IndexedDocument, Promotion


class PromotionForm(WagtailAdminModelForm):
    """A promotion, with the address of its document."""

    address = SafeTextFormField(
        label=_("Address"),
        max_length=500,
        help_text=_("Copy it from the browser, for example /temaer/troen-paa-borgeren/."),
    )

    class Meta:
        model = Promotion
        fields = ["trigger", "match", "kind", "starts_on", "ends_on", "owner", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held = IndexedDocument.objects.filter(document_id=self.instance.document).first()
            self.initial["address"] = held.url if held else ""
        elif self.for_user is not None:
            self.initial.setdefault("owner", self.for_user.pk)

    def clean_address(self) -> str:
        found = document_at(self.cleaned_data["address"])
        self.instance.document, self.instance.title = found.document_id, found.title[:300]
        return found.url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        trigger, match = cleaned.get("trigger"), cleaned.get("match")
        if trigger and match and self.instance.document:
            trigger = " ".join(trigger.lower().split())
            same = Promotion.objects.filter(
                trigger=trigger, match=match, document=self.instance.document
            )
            if same.exclude(pk=self.instance.pk).exists():
                raise forms.ValidationError(_("These words already say something about it."))
        return cleaned
