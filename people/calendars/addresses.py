"""Which addresses a calendar may be fetched from: https, public hosts, no credentials."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from people.calendars.ics_parser import CalendarError
from people.enums import CalendarProblem

LONGEST = 1000
HTTPS = 443
# Global by IANA's registry, but they embed IPv4 addresses that may be private.
_TUNNELS_4 = (IPv4Network("192.88.99.0/24"),)
_TUNNELS_6 = (IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
_GLOBAL_6 = IPv6Network("2000::/3")


@dataclass(frozen=True)
class Target:
    """A parsed address; `path` includes the query."""

    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}{'' if self.port == HTTPS else f':{self.port}'}{self.path}"


def target_of(address: str, ports: Container[int] = (HTTPS,)) -> Target:
    """Parse an address; webcal:// is treated as https://. Raises CalendarError."""
    address = address.strip()
    unprintable = any(ord(character) <= 32 or ord(character) == 127 for character in address)
    if len(address) > LONGEST or unprintable or "\\" in address:
        raise CalendarError(CalendarProblem.ADDRESS)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or HTTPS
        host = host if ":" in host else host.encode("idna").decode("ascii").rstrip(".")
    except ValueError as error:  # UnicodeError is one
        raise CalendarError(CalendarProblem.ADDRESS) from error
    if parts.scheme.lower() not in ("https", "webcal", "webcals") or not host:
        raise CalendarError(CalendarProblem.ADDRESS)
    if "@" in parts.netloc:
        raise CalendarError(CalendarProblem.CREDENTIALS)
    if port not in ports:
        raise CalendarError(CalendarProblem.PORT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise CalendarError(CalendarProblem.ADDRESS)
    return Target(host, port, path)


def is_public(address: str) -> bool:
    """Whether an IP address, and any address it embeds, is public."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in tunnel for tunnel in _TUNNELS_4)
    return _is_public_6(ip)


def _is_public_6(ip: IPv6Address) -> bool:
    """Leaves out IPv4-mapped, 6to4, Teredo, NAT64 and everything outside 2000::/3."""
    return ip in _GLOBAL_6 and not any(ip in tunnel for tunnel in _TUNNELS_6)
