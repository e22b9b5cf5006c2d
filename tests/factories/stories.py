"""Stories in every state, made through the domain functions, so that they obey every rule."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from django.utils import timezone

from kb.domain.tree import ensure_home
from kb.models import Guidepost, HomePage, ThemeIndexPage, ThemePage
from people.roles import Role
from stories.domain import authoring, checking, consents, review
from stories.enums import Party, Scope, Tick
from tests.factories.people import EmployeeFactory

_numbers = count(1)


def make_home():
    """The front page; the same one however often it is asked for."""
    return ensure_home(actor=None, home=HomePage(title="Forside", slug="forside", is_open=True))[0]


def make_theme(number=None, nav_title=None):
    home = make_home()
    index = ThemeIndexPage.objects.first()
    if index is None:
        index = home.add_child(instance=ThemeIndexPage(title="Temaer", slug="temaer"))
    number = number or next(_numbers) + 100
    return index.add_child(
        instance=ThemePage(
            title=f"Tema {number}",
            nav_title=nav_title or f"Analysetema {number}",
            slug=f"tema-{number}",
            intro="Kort om temaet.",
            is_open=False,
            number=number,
        )
    )


def make_guidepost(slug="borgerne"):
    return Guidepost.objects.get_or_create(
        slug=slug, defaults={"title": slug.capitalize(), "text": "Tekst.", "question": "Hvad nu?"}
    )[0]


def make_approver(**kwargs):
    return EmployeeFactory(roles=[Role.CASEWORKER, Role.APPROVER], **kwargs)


def content(**changes):
    """What an author has written when the story is complete."""
    values = {
        "title": f"Kaffe før kursus {next(_numbers)}",
        "teaser": "Planen sagde kursus. Hun begyndte i caféen først.",
        "hard": "En kvinde i 30'erne havde ventet længe, og vi ventede med hende.",
        "turning_point": "En kollega spurgte, hvad hun savnede. Så ringede jeg til hende.",
        "steps": [{"title": "Et besøg", "text": "Vi så stedet sammen.", "timing": "before"}],
        "quote": "Hun begyndte, før vi var klar.",
        "would_do_differently": "Vi ville have spurgt tidligere.",
        "try_tomorrow": ["Ring til en borger, som du længe har ventet på."],
        "caseworker_beliefs": [3, 6],
        "citizen_beliefs": [3, 7],
        "duration_band": "3_to_6_months",
        "now_band": "placement",
        "outcome": "succeeded",
        "share_citizens": 40,
        "share_staff": 20,
        "share_efforts": 40,
        "guidepost": make_guidepost(),
        "method": None,
        "publication": None,
        "dilemma": "",
        "action_kinds": ["placement"],
        "target_group": "aktivitetsparat",
        "age_band": "30-49",
        "contact_form": "phone",
        "teller_role": "caseworker",
        "tags": ["lyst"],
    }
    values["themes"] = changes.pop("themes", None) or [make_theme()]
    return values | changes


def saying(word):
    """The values of a story that says the word wherever something can be said."""
    return {
        "title": f"Den om {word}",
        "teaser": f"Et {word} i starten.",
        "hard": f"Det svære var et {word}.",
        "turning_point": f"Så kom et {word} forbi.",
        "steps": [{"title": f"Et {word}", "text": f"Flere {word}.", "timing": "before"}],
        "quote": f"Husk et {word}.",
        "would_do_differently": f"Vente med et {word}.",
        "try_tomorrow": [f"Find et {word}."],
        "tags": [word],
    }


def make_draft(author=None, **changes):
    """A complete draft."""
    make_home()
    author = author or EmployeeFactory()
    story = authoring.start_draft(author=author)
    return authoring.save_draft(actor=author, story=story, values=content(**changes))


def make_consented(author=None, *, scopes=(Scope.INTERNAL,), **changes):
    """Checked, ticked and with the citizen's consent: ready to be sent to the readers."""
    story = make_draft(author, **changes)
    author = story.author
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=Tick.values)
    for scope in scopes:
        give_consent(story, scope=scope)
    story.refresh_from_db()
    return story


def give_consent(story, *, party=Party.CITIZEN, scope=Scope.INTERNAL, days_ago=1):
    return consents.register_consent(
        actor=story.author,
        story=story,
        party=party,
        scope=scope,
        given_on=timezone.localdate() - timedelta(days=days_ago),
    )


def make_in_review(author=None, **changes):
    story = make_consented(author, **changes)
    return review.submit_for_review(actor=story.author, story=story)


def make_published(author=None, *, approver=None, at=None, **changes):
    story = make_in_review(author, **changes)
    return review.approve(actor=approver or make_approver(), story=story, at=at)


def make_opened(author=None, **changes):
    scopes = (Scope.INTERNAL, Scope.OPEN)
    story = make_published(author, scopes=scopes, **changes)
    return review.open_to_everybody(actor=make_approver(), story=story)
