"""Asking for the session's pages as somebody who is logged in."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def client_of(employee):
    client = Client()
    client.force_login(employee)
    return client


def url(name, *args):
    return reverse(f"sparring:{name}", args=args)
