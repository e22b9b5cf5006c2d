"""Requests to the editors' admin are answered without stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from kb.middleware import ADMIN_PREFIX

from .hiding import editors_admin

STORY = {"stories", "storypage"}  # the names of the model, as Wagtail's addresses spell it


class NoStoriesMiddleware:
    """See `hiding`; an address that names the kind itself is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ADMIN_PREFIX):
            return self.get_response(request)
        with editors_admin():
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):  # a spreadsheet, read later on
                response.streaming_content = _as_here(response.streaming_content)
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        if (
            request.path_info.startswith(ADMIN_PREFIX)
            and {str(v) for v in kwargs.values()} >= STORY
        ):
            raise Http404("Stories are not in the editors' admin.")


def _as_here(content: Any) -> Iterator[bytes]:
    context, rest = copy_context(), iter(content)
    end = object()

    def read() -> Iterator[bytes]:
        while (part := context.run(next, rest, end)) is not end:
            yield part  # type: ignore[misc]

    return read()
