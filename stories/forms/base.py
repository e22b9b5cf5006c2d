"""The base class of the four forms of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse

from kb.phrase_hints import live_check
from stories.domain.guards import REQUIRED

if TYPE_CHECKING:
    from stories.models import StoryPage

# What the finished story must hold (domain.rules.REQUIRED), as fields of these forms.
NEEDED = frozenset(REQUIRED) | {
    "title",
    "themes",
    "step_1_title",
    "step_1_text",
    "step_1_timing",
    "try_1",
}


class StepForm(forms.Form):
    """One step of writing a story; `values()` is passed to `save_draft`."""

    use_required_attribute = False
    template = ""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Texts that are checked while they are written.
    checked: tuple[str, ...] = ()

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        self.story = story
        kwargs["initial"] = self.initial_of(story)
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = story.version
        address = reverse("stories:check_text", args=[story.pk])
        for name in self.checked_fields():
            self.fields[name].widget.attrs.update(live_check(address, name))
        if not self.is_bound:
            self._mark_needed()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark_needed()

    def _mark_needed(self) -> None:
        """Drawn without "optional", though an unfinished draft may be saved without them."""
        for name in NEEDED.intersection(self.fields):
            self.fields[name].required = True

    def checked_fields(self) -> tuple[str, ...]:
        return self.checked

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        return {name: getattr(story, name) for name in self.base_fields if name != "version"}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
