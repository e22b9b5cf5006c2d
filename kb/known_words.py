"""What the check of texts is told of the knowledge base (content_check.known)."""

from __future__ import annotations

from collections.abc import Iterable

from content_check.known import register_names, register_phrases, register_professionals
from kb.models import EvidenceCard, Offer, Person, Phrase
from search.analysis.phrases import Hint
from sources.models import SourceAuthor


@register_phrases
def phrase_cards() -> Iterable[Hint]:
    """Every phrase card."""
    return (Hint(*card) for card in Phrase.objects.shown().values_list("phrase", "alternative"))


@register_names
def people_named_by_their_work() -> Iterable[str]:
    """Those in the list of persons."""
    return Person.objects.values_list("name", flat=True)


@register_names
def authors_of_sources() -> Iterable[str]:
    """Those who wrote what is quoted."""
    people = SourceAuthor.objects.exclude(given="").values_list("given", "family")
    return (f"{given} {family}" for given, family in people)


register_professionals(Person, "name", "title", "organisation", "photo_words", "phone")
register_professionals(EvidenceCard, "judged_by")
register_professionals(Offer, "granted_by")
