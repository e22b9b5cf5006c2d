"""Asking for pages as somebody who is logged in."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def login(employee):
    client = Client()
    client.force_login(employee)
    return client


def page(client, address, *, status=200, **extra):
    response = client.get(address, **extra)
    assert response.status_code == status
    return response.content.decode()


def queries_of(client, address):
    """How many queries a page costs."""
    client.get(address)  # sessions and content types are warm
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)
