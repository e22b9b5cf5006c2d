"""Every role finds its tools from the start page, and every link it is shown answers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.domain.permissions import assign_groups, sync_groups
from people.roles import Role
from privacy import audit
from privacy.models import AuditEntry
from tests.factories.kb import ThemeIndexPageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db

# What each role's work cannot be done without (the reviewers' list of who found no way in).
NEEDED = {
    Role.CASEWORKER: {"/sager/"},
    Role.BUSINESS_CONSULTANT: {"/sager/"},
    Role.COORDINATOR: {"/sager/", "/sparring/plan/", "/sparring/graenser/"},
    Role.TEAM_LEADER: {"/tal/", "/sparring/gaester/"},
    Role.EDITOR: {"/redaktion/", "/historier/mine/"},
    Role.APPROVER: {"/redaktion/", "/historier/laesning/"},
    Role.PROJECT_STAFF: {"/redaktion/", "/tal/"},
    Role.AUDITOR: {"/revision/", "/tal/"},
    Role.ADMINISTRATOR: {"/redaktion/", "/sparring/lokaler/"},
}


def somebody(*roles):
    sync_groups()
    employee = EmployeeFactory(roles=list(roles))
    assign_groups(employee=employee)
    return employee


def links(html: str, part: str) -> set[str]:
    found = re.search(part, html, re.DOTALL)
    return set(re.findall(r'href="(/[^"#]*)"', found.group(0))) if found else set()


@pytest.mark.parametrize("role", Role.values)
def test_the_start_page_leads_to_the_tools_of_every_role(client, role):
    ThemeIndexPageFactory(slug="temaer")
    client.force_login(somebody(role))
    html = client.get("/").content.decode()

    shown = links(html, r"<header.*?</header>") | links(html, r"<main.*?</main>")

    assert NEEDED[Role(role)] <= shown
    refused = {url: client.get(url, follow=True).status_code for url in shown}
    assert {url: code for url, code in refused.items() if code != 200} == {}


@pytest.mark.parametrize(
    ("role", "label", "address"),
    [
        (Role.EDITOR, "Redaktion", "/redaktion/"),
        (Role.PROJECT_STAFF, "Redaktion", "/redaktion/"),
        (Role.ADMINISTRATOR, "Redaktion", "/redaktion/"),
        (Role.AUDITOR, "Revision", "/revision/"),
    ],
)
def test_the_header_names_the_way_in_on_every_page(client, role, label, address):
    client.force_login(somebody(role))

    header = re.search(r"<header.*?</header>", client.get("/tal/").content.decode(), re.DOTALL)

    assert re.search(rf'<a href="{address}"[^>]*>{label}</a>', header.group(0))


def test_a_leader_is_not_told_that_somebody_reads_their_cases_in(client):
    client.force_login(somebody(Role.TEAM_LEADER))

    start = client.get("/").content.decode()
    cases = client.get(reverse("sparring:case_list")).content.decode()

    assert 'href="/sager/"' not in start
    assert "Sager hører til sagsbehandlere" in cases
    assert "læser sagerne ind" not in cases


# --- the audit, as its auditor reads it ---


def test_only_an_auditor_reads_the_audit(client):
    for role in Role.values:
        client.force_login(somebody(role))
        assert client.get("/revision/").status_code == (200 if role == Role.AUDITOR else 403)


def test_the_audit_shows_numbers_and_codes_and_never_a_name_or_a_text(client):
    reader, other = somebody(Role.AUDITOR), EmployeeFactory(first_name="Kanariefugl")
    audit.record(
        actor=other, action="case.open", target=other, reason="Kanarie grund", word="kanarieord"
    )
    client.force_login(reader)

    html = client.get("/revision/").content.decode()

    assert "case.open" in html
    assert f"Nr. {other.pk}" in html
    assert "kanarie" not in html.lower()
    assert "no-store" in client.get("/revision/").headers["Cache-Control"]
    assert AuditEntry.objects.filter(actor=reader, action="audit.read").exists()


def test_the_audit_is_filtered_by_day_and_action_and_says_what_is_wrong(client):
    audit.record(actor=None, action="case.open")
    audit.record(actor=None, action="case.close")
    client.force_login(somebody(Role.AUDITOR))
    today = timezone.localdate()

    opened = client.get("/revision/", {"day": today.isoformat(), "action": "case.open"})
    before = client.get("/revision/", {"day": (today - timedelta(days=1)).isoformat()})
    wrong = client.get("/revision/", {"day": "31-02-2026", "action": "no.such"})

    assert {entry.action for entry in opened.context["page_obj"]} == {"case.open"}
    assert list(before.context["page_obj"]) == []
    assert wrong.status_code == 200
    assert "Vælg en dag, der findes i kalenderen." in wrong.content.decode()
    assert "31-02-2026" in wrong.content.decode()


def test_the_audit_is_read_fifty_entries_a_page(client, django_assert_max_num_queries):
    for _ in range(60):
        audit.record(actor=None, action="case.open")
    client.force_login(somebody(Role.AUDITOR))

    first, second = client.get("/revision/"), client.get("/revision/?page=2")

    assert len(first.context["page_obj"]) == 50
    assert len(second.context["page_obj"]) >= 10
    with django_assert_max_num_queries(12):
        client.get("/revision/")
