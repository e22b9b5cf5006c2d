"""Whose address a request is counted by: the one function that every limit asks."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNIX = "unix"  # the server in front speaks through a socket, which has no address
IPV6_NETWORK_BITS = 64  # a client usually controls the whole /64 of its IPv6 address


def client_address(request: HttpRequest) -> str:
    """The client's address, behind our own proxies; an IPv6 address as its /64.

    X-Forwarded-For is read from right to left and only as far as TRUSTED_PROXIES wrote it: what
    stands further left is written by the caller. "" when the server tells no address.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    address = _read(request.META.get("REMOTE_ADDR", ""))
    while hops and _is_ours(address):
        further = _read(hops.pop())
        if further is None:
            break
        address = further
    return _network_of(address)


def _read(text: str) -> Address | None:
    """An address as a proxy writes it: perhaps with a port, perhaps in brackets."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_ours(address: Address | None) -> bool:
    trusted = tuple(settings.TRUSTED_PROXIES)
    if address is None:
        return UNIX in trusted
    return any(address in network for network in _networks(trusted))


@cache
def _networks(names: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(name) for name in names if name != UNIX)


def _network_of(address: Address | None) -> str:
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_NETWORK_BITS), strict=False))
    return str(address or "")
