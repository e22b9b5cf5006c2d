"""The editors' admin carries the product's name, mark, colours and letters, not Wagtail's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(client):
    client.force_login(EmployeeFactory(editor=True))
    return client.get("/redaktion/").content.decode()


def test_the_name_stands_in_the_title_and_beside_the_mark(start):
    title = re.search(r"<title>(.*?)</title>", start, re.DOTALL)[1]
    logo = re.search(r"<template data-wagtail-sidebar-branding-logo>(.*?)</template>", start)[1]

    assert " ".join(title.split()) == "Startside - Sparringsrummet"
    assert re.search(r'<img src="[^"]*logo[^"]*\.svg" alt=""', logo)
    assert "Sparringsrummet" in logo


def test_the_mark_is_the_icon_of_the_tab(start):
    icons = re.findall(r'<link rel="[^"]*icon"[^>]*>', start)
    assert len(icons) == 1
    assert "logo" in icons[0]


def test_colours_and_letters_come_from_here(start):
    assert re.search(r'<link rel="stylesheet" href="/static/kb/editors[^"]*\.css">', start)
    css = Path(finders.find("kb/editors.css")).read_text()
    fonts = re.findall(r'url\("\.\./([^"]+)"\)', css)
    assert len(fonts) == css.count("url(") == 3
    assert all(finders.find(font) for font in fonts)


def test_there_is_one_way_in(client):
    answer = client.get("/redaktion/login/")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/konto/login/")


def test_wagtails_own_login_would_bear_the_products_name_too(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    context = {"form": AuthenticationForm()}
    html = render_to_string("wagtailadmin/login.html", context, request=request)
    assert "Log ind i Sparringsrummet" in html
    assert "Wagtail" not in re.search(r"<h1>.*?</h1>", html, re.DOTALL)[0]


def test_a_page_that_is_not_there_leads_to_the_start_page(client):
    client.force_login(EmployeeFactory(editor=True))

    answer = client.get("/redaktion/findes-ikke/")

    assert answer.status_code == 404
    assert "Wagtail admin" not in answer.content.decode()
