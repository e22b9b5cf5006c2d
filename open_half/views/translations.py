"""Making the English version of a page: its own draft, one page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import HiddenInput
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Locale

from kb.models import BasePage
from kb.page_urls import OTHER_LANGUAGE

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from wagtail.contrib.simple_translation.forms import SubmitTranslationForm


class TranslatePageView(SubmitPageTranslationView):
    """Wagtail's, for those kinds of pages that have a version in another language."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        Locale.objects.get_or_create(language_code=OTHER_LANGUAGE)
        page = self.get_object()
        if not (isinstance(page, BasePage) and page.is_translatable):
            sentence = _("Only the front page, text pages and articles have an English version.")
            messages.error(request, sentence)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form(self) -> SubmitTranslationForm:
        form = super().get_form()
        subtree = form.fields["include_subtree"]
        subtree.disabled, subtree.initial, subtree.widget = True, False, HiddenInput()
        return form
