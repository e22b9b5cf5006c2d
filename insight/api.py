"""The API for programs that act for a person who is logged in: search, as on the page.

It asks what the page asks, by the same service: the person's tokens, the second look in the
database, the CPR number that is refused, the query log without the person. There is no page of
documentation, since ninja's needs scripts of others; the description is /api/v1/openapi.json.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.security import SessionAuth
from ninja.throttling import BaseThrottle
from pydantic import Field

from privacy import audit
from privacy.limits import Limit
from search import querylog, registry
from search.engines.base import CONTENT, DEEPEST_HIT, LARGEST_PAGE, SearchHit
from search.forms import LONGEST_QUERY, SearchForm
from search.services import search_for

CALLS = Limit("api.search", most=60, period=timedelta(minutes=1))


class PersonThrottle(BaseThrottle):
    """So many calls a person may make in a minute, in all processes together.

    ninja's own throttles keep the person they look at in themselves, which all threads share.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        return CALLS.count(request.user.pk) is None

    def wait(self) -> float:
        """Seconds after which it certainly goes on."""
        return CALLS.period.total_seconds()


api = NinjaAPI(
    title="Sparringsrummet",
    version="1",
    description="What the person who is logged in may find. The session cookie is the key.",
    docs_url=None,
    urls_namespace="api",
    auth=SessionAuth(),
    throttle=PersonThrottle(),
)


class Question(Schema):
    """What is asked for. `q`, `type` or both; `type` "case" looks among one's own cases."""

    q: str = Field(
        "", description="Words in Danish.", json_schema_extra={"maxLength": LONGEST_QUERY}
    )
    type: str = Field("", description='A kind of document, such as "story".')
    page: int = Field(1, ge=1, le=DEEPEST_HIT)
    size: int = Field(10, ge=1, le=LARGEST_PAGE, description="Hits on a page.")


class Found(Schema):
    """One answer. `url` is an address of this site; `snippet_html` is escaped but for <mark>."""

    id: str
    type: str
    title: str
    url: str
    snippet_html: str
    published: date | None = None

    @classmethod
    def of(cls, hit: SearchHit) -> Found:
        return cls(**{name: getattr(hit, name) for name in cls.model_fields})


class Answers(Schema):
    """A page of answers; `total` counts those of all pages."""

    total: int
    page: int
    size: int
    hits: list[Found]


class Trouble(Schema):
    """One sentence that says what to do differently."""

    detail: str


def _what_is_wrong(name: str) -> str:
    """The sentence for a parameter that does not fit, in the person's language."""
    sentences = {
        "page": _("page is a whole number from 1 to %(most)d.") % {"most": DEEPEST_HIT},
        "size": _("size is a whole number from 1 to %(most)d.") % {"most": LARGEST_PAGE},
    }
    return sentences[name]


def _no_such_type() -> str:
    known = ", ".join(sorted(source.type for source in registry.sources()))
    return _("type is one of these: %(types)s.") % {"types": known}


@api.exception_handler(ValidationError)
def _refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = list(dict.fromkeys(str(found["loc"][-1]) for found in error.errors))
    detail = " ".join(_what_is_wrong(name) for name in names)
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(Throttled)
def _put_off(request: HttpRequest, error: Throttled) -> HttpResponse:
    detail = _("That was many searches at once. Wait a minute and go on.")
    response = api.create_response(request, {"detail": detail}, status=error.status_code)
    response["Retry-After"] = str(math.ceil(error.wait or CALLS.period.total_seconds()))
    return response


def _index_for(question: Question) -> str:
    """The index the question is about. Raises HttpError 422 with a sentence where it is none."""
    source = registry.source(question.type)
    if question.type and source is None:
        raise HttpError(422, _no_such_type())
    if not question.type and not question.q.strip():
        raise HttpError(422, _("Say what to search for: q, type or both."))
    if question.page * question.size > DEEPEST_HIT:
        raise HttpError(
            422, _("Pages end at hit %(most)d: search for less.") % {"most": DEEPEST_HIT}
        )
    form = SearchForm({"q": question.q})
    if not form.is_valid():
        raise HttpError(422, str(form.errors["q"][0]))
    return source.index if source else CONTENT


@api.get(
    "search",
    url_name="search",
    response={200: Answers, 422: Trouble, 429: Trouble},
    summary="Search what one may read",
)
@decorate_view(never_cache)
def search(request: HttpRequest, question: Query[Question]) -> dict[str, Any]:
    """Hits with the best first, exactly those that the search page shows this person."""
    index = _index_for(question)
    query = question.q.strip()
    result = search_for(
        request.user,
        query,
        index=index,
        filters={"type": (question.type,)} if question.type else {},
        page=question.page,
        size=question.size,
        facets=(),
    )
    if question.page == 1 and not question.type:
        querylog.log_query(query, index, result)
    audit.record(actor=request.user, action="search.run", index=index, hits=result.total)
    return {
        "total": result.total,
        "page": question.page,
        "size": question.size,
        "hits": [Found.of(hit) for hit in result.hits],
    }
