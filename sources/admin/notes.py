"""The window that the editor's footnote button opens: choose a source, then page and sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.snippets.views.chooser import SnippetChosenView, SnippetCreateView

from privacy.fields import refuse_cpr
from sources.admin.snippets import SourceChooserViewSet
from sources.models import Source
from sources.rich_text import label_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class NoteForm(forms.Form):
    """Where in the work it stands, and the sentence that carries it."""

    place = forms.CharField(
        label=_("Page or section"),
        required=False,
        max_length=60,
        help_text=_("For example: p. 14"),
        validators=[refuse_cpr],
    )
    quote = forms.CharField(
        label=_("The sentence that carries it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Word for word, so that others can check it."),
        validators=[refuse_cpr],
    )


class AsksForDetails:
    """Instead of closing with the source that was chosen, ask where in it."""

    request: HttpRequest

    def get_chosen_response(self, item: Source) -> HttpResponse:
        return self.ask(item, NoteForm(initial=self.request.GET.dict()))

    def ask(self, source: Source, form: NoteForm) -> HttpResponse:
        return render_modal_workflow(
            self.request,
            "sources/admin/note_details.html",
            None,
            {"source": source, "form": form},
            json_data={"step": "source_note_details"},
        )


class NoteChosenView(AsksForDetails, SnippetChosenView):
    """A source is chosen: the form, and what came of it."""

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        source = get_object_or_404(Source.objects.with_authors(), pk=pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.ask(source, form)
        chosen: dict[str, Any] = {"id": source.pk, "label": label_of(source), **form.cleaned_data}
        return self._wrap_chosen_response_data(chosen)


class NoteCreateView(AsksForDetails, SnippetCreateView):
    """A source that was written down on the spot is asked about in the same way."""


class SourceNoteChooserViewSet(SourceChooserViewSet):
    """The sources, for a footnote in running text."""

    model = Source
    icon = "openquote"
    page_title = _("Choose a source")
    register_widget = False
    chosen_view_class = NoteChosenView
    create_view_class = NoteCreateView


note_chooser = SourceNoteChooserViewSet("source_note_chooser", url_prefix="kilder/fodnote")
