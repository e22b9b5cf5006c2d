"""Methods, training programmes and what people were certified in."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from learning.models import Method, Programme


class MethodFactory(DjangoModelFactory):
    class Meta:
        model = Method

    slug = factory.Sequence(lambda n: f"metode-{n}")
    name = factory.Sequence(lambda n: f"Metode {n}")
    minutes = 25
    participants = "3–5"
    purpose = "At få et nyt bud."
    when = "Når sagen står stille."
    when_not = "Når der skal træffes en afgørelse."
    steps = "Fortæl.\nSpørg."


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"forloeb-{n}")
    name = "MOVE"
    level = factory.Sequence(lambda n: f"Trin {n}")
    modules = "Relation og menneskesyn\nDe otte trin"
