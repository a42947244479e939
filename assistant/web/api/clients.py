"""Who calls, and how often they may."""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import Scope

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(maxsize=8)
def networks(text: str) -> tuple[_Network, ...]:
    """The networks of a setting: addresses and networks separated by commas."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


def client_address(scope: Scope, trusted: tuple[_Network, ...]) -> str:
    """The caller's address: the peer's, or what a trusted proxy says of it.

    ``X-Forwarded-For`` is read from the right, and only as far as the addresses are trusted proxies' own: what stands
    further left the caller may have made up.
    """
    peer = _peer(scope)
    if peer is None:
        return "unknown"
    if _is_in(peer, trusted):
        named = [part for line in Headers(scope=scope).getlist("x-forwarded-for") for part in line.split(",")]
        for part in reversed(named):
            address = _parse(part.strip())
            if address is None:
                break
            peer = address
            if not _is_in(address, trusted):
                break
    return str(peer)


def is_from_proxy(scope: Scope, trusted: tuple[_Network, ...]) -> bool:
    """Whether the call came through one of the trusted proxies."""
    peer = _peer(scope)
    return peer is not None and _is_in(peer, trusted)


def limit_key(address: str) -> str:
    """What a limit counts by: an IPv4 address; of IPv6 the network of a household, whose addresses one caller has."""
    parsed = _parse(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address


def _peer(scope: Scope) -> _Address | None:
    return _parse(scope["client"][0]) if scope.get("client") else None


def _parse(text: str) -> _Address | None:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address


def _is_in(address: _Address, trusted: tuple[_Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call may go on; if not, after how many seconds to try again."""

    allowed: bool
    retry_after: int = 0


class RateLimits:
    """Counts calls by client and kind in this process's memory; a kind whose limit is ``off`` is never refused."""

    def __init__(self, **limits: str) -> None:
        self._limits: dict[str, RateLimitItem] = {kind: parse(text) for kind, text in limits.items() if text != "off"}
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def hit(self, kind: str, address: str) -> Verdict:
        """Count one call."""
        limit = self._limits.get(kind)
        if limit is None or self._limiter.hit(limit, kind, limit_key(address)):
            return Verdict(True)
        window = self._limiter.get_window_stats(limit, kind, limit_key(address))
        return Verdict(False, max(1, math.ceil(window.reset_time - time.time())))
