"""The pages of sources: the list, one source, and references to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sources.citations import FORMS, write
from sources.citing import cited_by, cited_on_page
from sources.enums import SourceKind
from sources.footnotes import numbered
from sources.models import Source

if TYPE_CHECKING:
    from django.http import HttpRequest

A_PAGE = 50
CITING_A_PAGE = 30


def source_list(request: HttpRequest) -> HttpResponse:
    """Every source, newest first; `?q=` and `?slags=` narrow the list."""
    query, kind = request.GET.get("q", "").strip()[:100], request.GET.get("slags", "")
    sources = Source.objects.newest_first().with_authors()
    if query:
        sources = sources.filter(
            Q(title__icontains=query)
            | Q(publisher__icontains=query)
            | Q(authors__family__icontains=query)
            | Q(authors__organisation__icontains=query)
        ).distinct()
    if kind in SourceKind.values:
        sources = sources.filter(kind=kind)
    page = Paginator(sources, A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "query": query, "kind": kind, "kinds": SourceKind.choices}
    return render(request, "sources/source_list.html", context)


def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and what cites it; a visitor without login sees what an open text cites."""
    source = get_object_or_404(Source.objects.with_authors(), slug=slug)
    citing = cited_by(source, request.user)
    if not citing and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    crumbs = [(_("Sources"), reverse("sources:index"))] if request.user.is_authenticated else []
    page = Paginator(citing, CITING_A_PAGE).get_page(request.GET.get("page"))
    context = {"source": source, "page_obj": page, "forms": FORMS, "crumbs": crumbs}
    return render(request, "sources/source_page.html", context)


def source_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """One source in the form of a reference manager, for whoever may open its page."""
    source = get_object_or_404(Source.objects.with_authors(), slug=slug)
    if not request.user.is_authenticated and not cited_by(source, request.user):
        return redirect_to_login(request.get_full_path())
    return _file([source], form, source.slug)


def page_citations(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Every source of a page, for whoever may open the page."""
    cited = cited_on_page(pk, request.user)
    if cited is None:
        raise Http404
    return _file([entry.source for entry in numbered(cited)], form, f"kilder-{pk}")


def _file(sources: list[Source], form: str, name: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    kind = FORMS[form]
    response = HttpResponse(write(sources, form), content_type=f"{kind.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind.ending}"'
    return response
