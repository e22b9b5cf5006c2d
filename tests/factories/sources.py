from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from sources.models import Source, SourceAuthor


class SourceFactory(DjangoModelFactory):
    """A source; `written_by` are its authors: (given, family) of a person, or an organisation."""

    class Meta:
        model = Source
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Kilde nummer {n}")
    kind = "report"
    year = 2017

    @factory.post_generation
    def written_by(self, create, written_by, **kwargs):
        for order, author in enumerate(written_by or ()):
            names = (
                {"organisation": author}
                if isinstance(author, str)
                else dict(zip(("given", "family"), author, strict=True))
            )
            SourceAuthor.objects.create(source=self, sort_order=order, **names)
