"""Following a theme does something: one mail per publication and person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kb.domain.follows import follow_theme, unfollow_theme
from kb.models import PublicationPage, PublicationStatus, ThemeFollow
from people.domain.notification_choices import choose
from people.domain.sending import send_digest
from people.enums import Reason
from people.models import Notification
from people.tasks import send_due
from privacy.models import AuditEntry
from tests.factories.kb import PublicationPageFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory
from tests.sent_notifications import told

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()


def run_jobs():
    """What the worker does with the jobs of this transaction."""
    jobs = ProcrastinateJob.objects.filter(task_name=send_due.name)
    for job in jobs.order_by("pk"):
        send_due(**job.args)


def test_the_button_follows_and_stops(client):
    employee, theme = EmployeeFactory(), ThemePageFactory()
    client.force_login(employee)

    followed = client.post(f"/temaer/{theme.slug}/foelg/", {"follow": "yes"}, follow=True)
    again = client.post(f"/temaer/{theme.slug}/foelg/", {"follow": "yes"})
    assert "Stop med at følge temaet" in followed.content.decode()
    assert again.headers["Location"] == theme.url
    assert ThemeFollow.objects.filter(theme=theme, employee=employee).count() == 1

    client.post(f"/temaer/{theme.slug}/foelg/", {"follow": "no"})
    assert not ThemeFollow.objects.exists()
    entries = AuditEntry.objects.filter(actor=employee, action__startswith="theme.")
    assert list(entries.values_list("action", flat=True)) == ["theme.unfollow", "theme.follow"]


def test_following_needs_a_login_and_a_post(client):
    theme = ThemePageFactory()
    anonymous = client.post(f"/temaer/{theme.slug}/foelg/", {"follow": "yes"})
    client.force_login(EmployeeFactory())

    assert anonymous.headers["Location"].startswith("/konto/login/")
    assert client.get(f"/temaer/{theme.slug}/foelg/").status_code == 405
    assert client.post("/temaer/findes-ikke/foelg/").status_code == 404
    assert not ThemeFollow.objects.exists()


def test_followers_get_one_mail_however_often_it_is_published():
    theme, other = ThemePageFactory(), ThemePageFactory()
    follower = EmployeeFactory(first_name="Amina", email="amina@example.org")
    for followed in (theme, other):
        follow_theme(actor=follower, theme=followed)
    choose(actor=follower, employee=follower, frequencies={"followed": "now"})
    follow_theme(actor=EmployeeFactory(wants_mail=False), theme=theme)
    follow_theme(actor=EmployeeFactory(is_active=False), theme=theme)
    EmployeeFactory()
    page = PublicationPageFactory(title="Flere øjne", themes=[theme, other])

    publish(page)
    publish(page)
    run_jobs()
    run_jobs()

    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["amina@example.org"], "Nyt i et tema, du følger: Flere øjne")
    ]
    assert f"http://localhost:8000{page.url}" in mail.outbox[0].body
    assert "Hej Amina" in mail.outbox[0].body


def test_who_wants_the_days_messages_together_gets_it_there():
    theme, employee = ThemePageFactory(), EmployeeFactory()
    follow_theme(actor=employee, theme=theme)
    page = PublicationPageFactory(title="Flere øjne", themes=[theme])

    publish(page)
    publish(page)
    run_jobs()
    assert mail.outbox == []
    assert send_digest(employee.pk, at=timezone.now() + timedelta(days=1)) == 1

    assert f"Flere øjne\n  http://localhost:8000{page.url}" in mail.outbox[0].body


def test_the_days_messages_forget_what_was_withdrawn_or_is_no_longer_followed():
    themes = [ThemePageFactory(), ThemePageFactory()]
    employee = EmployeeFactory()
    for theme in themes:
        follow_theme(actor=employee, theme=theme)
        publish(PublicationPageFactory(themes=[theme]))
    unfollow_theme(actor=employee, theme=themes[0])
    PublicationPage.objects.filter(themes=themes[1]).get().unpublish()

    assert send_digest(employee.pk, at=timezone.now() + timedelta(days=1)) == 0
    assert mail.outbox == []


def test_ones_own_page_lists_the_themes_and_stops_one(client):
    employee = EmployeeFactory()
    themes = [ThemePageFactory(nav_title=f"Tema {n}") for n in range(3)]
    for theme in themes:
        follow_theme(actor=employee, theme=theme)
    client.force_login(employee)

    assert "Tema 2" in client.get("/konto/").content.decode()
    answer = client.post(
        f"/temaer/{themes[2].slug}/foelg/", {"follow": "no", "from": "account"}, follow=True
    )

    assert answer.redirect_chain == [("/konto/", 302)]
    assert "Tema 1" in answer.content.decode()
    assert "Tema 2" not in answer.content.decode()


def test_nobody_is_told_about_what_is_on_its_way_until_it_comes():
    theme = ThemePageFactory()
    follow_theme(actor=EmployeeFactory(), theme=theme)
    page = PublicationPageFactory(themes=[theme], status=PublicationStatus.FORTHCOMING)

    publish(page)
    assert not told("kb.publication").exists()

    page.status = PublicationStatus.EXISTS
    publish(page)
    assert told("kb.publication").count() == 1


def test_a_publication_withdrawn_before_the_mail_goes_out_is_not_mailed():
    theme = ThemePageFactory()
    follower = EmployeeFactory()
    follow_theme(actor=follower, theme=theme)
    choose(actor=follower, employee=follower, frequencies={"followed": "now"})
    page = PublicationPageFactory(themes=[theme])
    publish(page)

    page.unpublish()
    run_jobs()

    assert mail.outbox == []
    assert Notification.objects.get().reason == Reason.OVERTAKEN


def test_who_stopped_following_gets_nothing():
    theme, employee = ThemePageFactory(), EmployeeFactory()
    follow_theme(actor=employee, theme=theme)
    unfollow_theme(actor=employee, theme=theme)

    publish(PublicationPageFactory(themes=[theme]))

    assert not told("kb.publication").exists()
