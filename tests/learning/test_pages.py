"""The coordinator's pages, one's own, and those of programmes and modules."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from kb.models import Collection
from learning.domain.certificates import register_external
from learning.domain.passes import pass_module
from learning.models import Certificate
from search import registry
from search.engines.base import CONTENT, SearchRequest
from search.engines.select import postgres
from search.outbox import deliver_batch
from tests.factories.kb import CollectionPageFactory
from tests.factories.learning import (
    CertificateFactory,
    Learners,
    MethodFactory,
    ModuleFactory,
    ProgrammeFactory,
    RootFactory,
)
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.ELASTICSEARCH_URL = ""
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def town():
    return Learners()


def test_the_coordinator_records_and_the_holder_sees_the_certificate(client, town):
    module = ModuleFactory()
    programme = ProgrammeFactory(modules=[module], valid_months=24)
    stranger = EmployeeFactory()
    client.force_login(town.coordinator)
    address = reverse("learning:record")
    data = {"employee": town.learner.pk, "module": module.pk, "passed_on": "2026-11-20"}

    page = client.get(address).text
    assert str(town.learner) in page
    assert str(stranger) not in page
    assert client.post(address, data | {"employee": stranger.pk}).status_code == 422
    assert "Det er registreret." in client.post(address, data, follow=True).text

    client.force_login(town.learner)
    mine = client.get(reverse("learning:mine")).text
    assert str(programme) in mine
    assert "Gyldig" in mine
    assert module.name in mine
    page = client.get(programme.get_absolute_url()).text
    assert "Du har certifikatet til 20. november 2028." in page
    assert "Du bestod det" in client.get(module.get_absolute_url()).text


def test_certificates_from_elsewhere_go_from_the_holder_to_the_coordinator(client, town):
    client.force_login(town.learner)
    data = {"title": "Motiverende samtale", "issuer": "Kursuscenteret", "issued_on": "2026-05-01"}
    page = client.post(reverse("learning:register_own"), data, follow=True).text
    assert "når din koordinator har set det" in page
    assert "Ikke bekræftet endnu" in page
    certificate = Certificate.objects.get()
    confirm = reverse("learning:confirm", args=[certificate.pk])
    assert client.post(confirm).status_code == 403

    client.force_login(Learners().coordinator)
    assert client.post(confirm).status_code == 404
    client.force_login(town.coordinator)
    assert "Motiverende samtale" in client.get(reverse("learning:certificates")).text
    assert "Certifikatet er bekræftet." in client.post(confirm, follow=True).text

    data |= {"employee": town.learner.pk, "title": "Førstehjælp", "expires_on": "2028-05-01"}
    address = reverse("learning:register_external")
    page = client.post(address, data, follow=True).text
    assert "Førstehjælp" in page
    bad = client.post(address, data | {"expires_on": "2026-05-01"})
    assert bad.status_code == 422
    assert "længere end den dag" in bad.text


def test_the_coordinator_revokes_and_the_archive_keeps_it(client, town):
    certificate = CertificateFactory(employee=town.learner)
    address = reverse("learning:revoke", args=[certificate.pk])
    client.force_login(town.coordinator)

    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "Givet ved en fejl."}, follow=True).text
    assert "Certifikatet er tilbagekaldt." in page
    assert "Der er ingen endnu." in page
    again = client.post(address, {"reason": "Igen."})
    assert "allerede tilbagekaldt" in again.text

    client.force_login(town.learner)
    mine = client.get(reverse("learning:mine")).text
    assert "Givet ved en fejl." in mine.split("Arkiv")[1]


def test_the_list_names_who_left_and_stays_in_the_municipality(client, town):
    certificate = CertificateFactory(employee=town.learner)
    elsewhere = CertificateFactory()
    town.learner.is_active = False
    town.learner.save()
    client.force_login(town.coordinator)

    page = client.get(reverse("learning:certificates")).text

    assert certificate.title in page
    assert "arbejder her ikke længere" in page
    assert elsewhere.title not in page
    assert client.get(reverse("learning:revoke", args=[elsewhere.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_certificates(
    client, django_assert_max_num_queries, rows
):
    town = Learners(rows)
    for employee in town.people:
        CertificateFactory(employee=employee)
        register_external(
            actor=employee,
            employee=employee,
            title="Kursus",
            issuer="Et sted",
            issued_on=TODAY,
        )
    client.force_login(town.coordinator)
    client.get(reverse("learning:certificates"))

    with django_assert_max_num_queries(12):
        client.get(reverse("learning:certificates"))


def test_a_programme_says_what_is_missing_and_which_rules_hold(client, town):
    first, second, renewal = ModuleFactory.create_batch(3)
    programme = ProgrammeFactory(
        modules=[first, second], in_order=True, renewal_module=renewal, valid_months=24
    )
    programme.programme_modules.create(module=renewal, required=False, sort_order=9)
    programme.optional_needed = 1
    programme.save()
    pass_module(actor=town.coordinator, employee=town.learner, module=first, passed_on=TODAY)
    client.force_login(town.learner)

    page = client.get(programme.get_absolute_url()).text

    assert page.count("Bestået") == 1
    assert "De tages i denne rækkefølge." in page
    assert "Valgfrit: mindst 1 af disse" in page
    assert "Certifikatet fornys ved at bestå:" in page
    assert str(programme) in client.get(renewal.get_absolute_url()).text


def test_lists_lead_to_the_pages(client, town):
    method, programme = MethodFactory(), ProgrammeFactory()
    client.force_login(town.learner)

    for item, collection in ((method, Collection.METHODS), (programme, Collection.PROGRAMMES)):
        page = client.get(CollectionPageFactory(collection=collection).url).text
        assert f'href="{item.get_absolute_url()}"' in page


@pytest.mark.parametrize("name", ["method", "root", "module", "programme"])
def test_each_is_found_by_search_by_those_who_may_open_it(client, town, name):
    factory = {
        "method": MethodFactory, "root": RootFactory,
        "module": ModuleFactory, "programme": ProgrammeFactory,
    }[name]  # fmt: skip
    item = factory(**{"level" if name == "programme" else "name": "Havbrisen"})
    source = registry.source(name)

    found = source.document(item, 1)
    deliver_batch()

    assert found.acl == {"login"}
    assert list(source.visible(town.learner, [str(item.pk)])) == [item.pk]
    assert list(source.visible(AnonymousUser(), [str(item.pk)])) == []
    hits = postgres().search(SearchRequest("Havbrisen", frozenset({"login"}), CONTENT)).hits
    assert [hit.url for hit in hits] == [item.get_absolute_url()]
    assert client.get(found.url).status_code == 302
    client.force_login(town.learner)
    assert client.get(found.url).status_code == 200


def test_search_learns_of_a_modules_new_name():
    module = ModuleFactory(name="Solsorten")
    programme = ProgrammeFactory(modules=[module])
    deliver_batch()
    module.name = "Havbrisen"
    module.save()
    deliver_batch()

    hits = postgres().search(SearchRequest("Havbrisen", frozenset({"login"}), CONTENT)).hits

    assert {hit.url for hit in hits} == {module.get_absolute_url(), programme.get_absolute_url()}
