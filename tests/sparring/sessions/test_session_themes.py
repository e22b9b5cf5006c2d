"""A theme's dilemmas are carried into the reader's next session, by one button on the theme's
page.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from privacy.models import AuditEntry
from sparring.enums import SessionState
from sparring.models import SessionTheme, session_formats
from sparring.sessions.domain.themes import toggle_theme
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of, running_session
from tests.factories.stories import make_theme
from tests.stories.pages import login, page

pytestmark = pytest.mark.django_db
QUESTION = "Skal vi vente, til borgeren selv er klar?"
BUTTON = "Brug dilemmaerne i en sparring"


@pytest.fixture
def theme():
    theme = make_theme()
    dilemma = {"question": QUESTION, "positions": ["Ja, ellers går det galt.", "Nej."]}
    theme.dilemmas = [("dilemma", dilemma)]
    theme.save()
    return theme


def at_the_cards():
    session = running_session()
    session.step = session_formats.CARDS
    session.save()
    return session


def test_the_button_carries_the_dilemmas_into_the_next_session_and_back(theme):
    session = at_the_cards()
    reader, other = people_of(session)[:2]
    client, its_session = login(reader), reverse("sparring:session", args=[session.pk])
    address = reverse("sparring:attach_theme", args=[session.pk, theme.pk])
    assert BUTTON in page(client, theme.url)
    assert QUESTION not in page(login(other), its_session)

    assert client.post(address).url == theme.url

    assert its_session in page(client, theme.url)
    assert BUTTON not in page(client, theme.url)
    html = page(login(other), its_session)
    assert QUESTION in html
    assert "Nej." in html
    client.post(address)
    assert QUESTION not in page(login(other), its_session)


def test_nobody_else_brings_anything_and_nobody_is_named(theme):
    session, stranger = running_session(), EmployeeFactory()
    address = reverse("sparring:attach_theme", args=[session.pk, theme.pk])

    assert login(stranger).post(address).status_code == 404
    assert BUTTON not in page(login(stranger), theme.url)
    with pytest.raises(PermissionDenied):
        toggle_theme(actor=stranger, session=session, theme=theme)

    toggle_theme(actor=people_of(session)[0], session=session, theme=theme)
    assert "employee" not in {field.name for field in SessionTheme._meta.get_fields()}
    assert AuditEntry.objects.filter(action="session.bring_theme").count() == 1


@pytest.mark.parametrize("state", [SessionState.CLOSED, SessionState.AWAITING_OUTCOME])
def test_nothing_is_brought_to_a_session_that_is_over(theme, state):
    session = SessionFactory()
    session.state = state
    session.save()
    actor = people_of(session)[0]

    with pytest.raises(ValidationError):
        toggle_theme(actor=actor, session=session, theme=theme)


def test_a_theme_without_dilemmas_has_nothing_to_bring():
    session = running_session()

    with pytest.raises(ValidationError):
        toggle_theme(actor=people_of(session)[0], session=session, theme=make_theme())
