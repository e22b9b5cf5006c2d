"""The search page and what is suggested while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from privacy.audit import record
from search import presenter as page_parts
from search import querylog, registry
from search.engines.base import CASES, CONTENT, SearchResult
from search.forms import INDEX_LABELS, PAGE_SIZE, SORT_LABELS, SearchForm
from search.services import search_for, suggest_for


@require_GET
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Answers to `q`, narrowed by facets; everything is in the address.

    The name of one document, such as a case code, leads to it from every tab. Whoever may not read
    it gets what a made-up name gets.
    """
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "asked": bool(form.query or form.filters)}
    if form.is_valid() and context["asked"]:
        if address := registry.address_of(request.user, form.query):
            record(actor=request.user, action="search.run", index=form.index, hits=1)
            return redirect(address)
        context |= _answers(request, form)
    status = 200 if form.is_valid() else 422
    return render(request, "search/search.html", context, status=status)


def _answers(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    result = search_for(
        request.user,
        form.query,
        index=form.index,
        filters=form.filters,
        sort=form.sort,
        page=form.page,
        size=PAGE_SIZE,
    )
    _log_search(request, form, result)
    groups = page_parts.groups(form, result)
    return {
        "result": result,
        "rows": page_parts.rows(form, result),
        "groups": groups,
        "chips": page_parts.chips(form, request.GET),
        "selected_count": sum(map(len, form.filters.values())),
        "kept": page_parts.kept(form),
        "kept_with_filters": list(page_parts.kept_with_filters(form)),
        "sorts": SORT_LABELS.items(),
        "may_save": form.index == CONTENT,
        "page_obj": page_parts.page_of(form, result),
        "indexes": _index_totals(request, form, result),
    }


def _index_totals(
    request: HttpRequest, form: SearchForm, result: SearchResult
) -> list[tuple[str, str, int]]:
    """The two indexes with their hits for this query: code, name, number."""
    other = CASES if form.index == CONTENT else CONTENT
    there = search_for(request.user, form.query, index=other, size=1, facets=()).total
    totals = {form.index: result.total, other: there}
    return [(code, str(label), totals[code]) for code, label in INDEX_LABELS.items()]


def _log_search(request: HttpRequest, form: SearchForm, result: SearchResult) -> None:
    """Log the query without the user, and audit the user without the query."""
    if form.page == 1 and not form.filters:
        querylog.log_query(form.query, form.index, result)
    record(actor=request.user, action="search.run", index=form.index, hits=result.total)


@require_GET
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles for the search field's list, each with what it is and its address."""
    form = SearchForm(request.GET)
    found = suggest_for(request.user, form.query) if form.query else []
    suggestions = [
        {
            "title": suggestion.title,
            "type": registry.type_label(suggestion.type),
            "url": suggestion.url,
        }
        for suggestion in found
    ]
    return JsonResponse({"suggestions": suggestions})
