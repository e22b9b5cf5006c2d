"""The people and the sources that a document names: those known are used again, others are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kb.models import Person
from privacy import audit
from sources.enums import SourceKind
from sources.models import Source

if TYPE_CHECKING:
    from document_import.contacts import Contact
    from document_import.drafts import FoundSource
    from people.models import Employee

DOI = "https://doi.org/"


def person_of(actor: Employee, contact: Contact) -> Person:
    """By mail; without one by name and workplace, and by name alone where no workplace is said."""
    known = Person.objects.filter(name__iexact=contact.name)
    if contact.organisation:
        known = known.filter(organisation__iexact=contact.organisation)
    if contact.email:
        known = Person.objects.filter(email__iexact=contact.email) or known.filter(email="")
    found = known.order_by("pk").first()
    if found is not None:
        return found
    person = Person(
        name=contact.name,
        title=contact.title,
        organisation=contact.organisation,
        email=contact.email,
        phone=contact.phone,
    )
    person.full_clean()
    person.save()
    audit.record(actor=actor, action="person.create", target=person)
    return person


def source_of(actor: Employee, found: FoundSource) -> Source:
    """By address or DOI; without an address by title."""
    if found.address.lower().startswith(DOI):
        doi = found.address[len(DOI) :]
        known = Source.objects.filter(doi__iexact=doi)
    elif found.address:
        doi = ""
        known = Source.objects.filter(url=found.address)
    else:
        doi = ""
        known = Source.objects.filter(title__iexact=found.title)
    source = known.order_by("pk").first()
    if source is not None:
        return source
    url = "" if doi else found.address
    source = Source(
        title=found.title,
        kind=SourceKind.WEB_PAGE if url else SourceKind.OTHER,
        doi=doi,
        url=url,
        accessed_on=timezone.localdate() if url else None,
    )
    source.full_clean()
    source.save()
    audit.record(actor=actor, action="source.create", target=source)
    return source
