"""Whose address a request is counted by, behind proxies that are ours and those that are not."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from privacy.clients import client_address

PROXY = "172.18.0.3"


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # not our proxy: it writes what it likes
        (PROXY, "192.0.2.7", "192.0.2.7"),
        (PROXY, "198.51.100.1, 192.0.2.7", "192.0.2.7"),  # the caller wrote the left one
        (PROXY, "198.51.100.1, 192.0.2.7, 10.1.2.3", "192.0.2.7"),  # two of our proxies
        (PROXY, "", PROXY),
        (PROXY, "not an address", PROXY),
        (PROXY, "192.0.2.7, unknown", PROXY),
        (PROXY, "192.0.2.7:51034", "192.0.2.7"),
        (PROXY, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (PROXY, "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (f"::ffff:{PROXY}", "192.0.2.7", "192.0.2.7"),
        (PROXY, "10.1.2.3", "10.1.2.3"),  # one of our machines asks itself
        ("", "192.0.2.7", ""),  # a socket that nobody said to trust
    ],
)
def test_the_address_that_is_counted(settings, peer, forwarded, counted):
    settings.TRUSTED_PROXIES = ["172.18.0.0/16", "10.1.2.3"]
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **extra)

    assert client_address(request) == counted


def test_a_socket_has_no_address_and_is_trusted_by_name(settings):
    settings.TRUSTED_PROXIES = ["unix"]
    request = RequestFactory().get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.7")

    assert client_address(request) == "192.0.2.7"
