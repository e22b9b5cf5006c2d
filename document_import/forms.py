"""The two forms of reading a document in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy.fields import refuse_cpr

from .domain.reading import WHY
from .drafts import MOST_TITLE, Target
from .models import TARGETS
from .reading import LARGEST

ACCEPTED = ".txt,.md,.html,.htm,.docx,.odt,.pdf"


class UploadForm(forms.Form):
    """The document, and what it is to become."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_("txt, md, html, docx, odt or pdf, at most 20 MB. The file itself is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    target = forms.TypedChoiceField(
        label=_("It becomes"),
        choices=[(target.value, label) for target, label in TARGETS.items()],
        coerce=Target,
        widget=forms.RadioSelect,
        initial=Target.ARTICLE.value,
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(WHY["size"], code="size")
        return file


class DraftForm(forms.Form):
    """What the document does not say by itself."""

    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE, validators=[refuse_cpr])
    day = forms.DateField(
        label=_("Day of the event"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, asks_day: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not asks_day:
            del self.fields["day"]
