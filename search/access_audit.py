"""Audits the index's access tokens against the database's permissions (docs/search.md).

The page of hits is asked of the database again, so a wrong token leaks no hit; but totals and
facets are counted by tokens, so every disagreement is a fault. One person of each role in each
municipality is asked, and a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from people.access import acl_tokens
from people.models import Employee
from search import registry
from search.engines import select
from search.models import IndexedDocument

Person = Employee | AnonymousUser


@dataclass(frozen=True)
class AccessDisagreement:
    """One document and one person; `leak`: found by the index, not readable by the database."""

    document: str
    person: int | None
    leak: bool


def find_disagreements() -> list[AccessDisagreement]:
    """Compare every document for one person of each role in each municipality."""
    found = []
    people = list(sample_people())
    for source in registry.sources():
        namespace = select.postgres().namespace(source.index)
        rows = IndexedDocument.objects.filter(
            namespace=namespace, type=source.type, deleted=False
        ).values_list("document_id", "acl")
        acl_by_pk = {document_id.partition(":")[2]: frozenset(acl) for document_id, acl in rows}
        for person in people:
            allowed = {str(pk) for pk in source.visible(person, list(acl_by_pk))}
            tokens = acl_tokens(person)
            found += [
                AccessDisagreement(source.document_id(pk), person.pk, leak=pk not in allowed)
                for pk, acl in acl_by_pk.items()
                if bool(acl & tokens) != (pk in allowed)
            ]
    return found


def sample_people() -> Iterator[Person]:
    """An anonymous user, and of each municipality the first active person with each role."""
    yield AnonymousUser()
    seen: set[tuple[int | None, str]] = set()
    for employee in Employee.objects.filter(is_active=True).select_related("unit").order_by("pk"):
        combinations = {(employee.municipality_id, role) for role in (*employee.roles, "")}
        if combinations - seen:
            seen |= combinations
            yield employee
