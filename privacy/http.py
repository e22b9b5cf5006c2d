"""What views say about their answers: kept by no cache (SEC-11), no sign of a person (SEC-14)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.utils.cache import add_never_cache_headers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def no_store(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view: `Cache-Control: no-store, private`."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return inner


def made_by_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view that an open page asks by itself: it does not put off the idle limit."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asks_by_itself(request)
        return view(request, *args, **kwargs)

    return inner


def asks_by_itself(request: HttpRequest) -> None:
    """Say so of one request, where the same address also serves what somebody does."""
    request.made_by_page = True  # type: ignore[attr-defined]
