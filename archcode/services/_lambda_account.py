"""All functions of an account and region together: its concurrency, and what of it is reserved."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from archcode.model import LimitLoad, Severity
from archcode.services._lambda_limits import (
    CONCURRENT_EXECUTIONS,
    REQUESTS_PER_EXECUTION,
    UNRESERVED,
)
from archcode.services._service import against
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.traffic import Traffic

_SCOPE = "per account and region"

Functions = tuple["Traffic[Any]", ...]


def loads(functions: Functions, needs: Mapping[str, int], rate: Fraction) -> Iterator[LimitLoad]:
    """Concurrent executions at the peak by function, where known, and all requests/s."""
    largest = max(functions, key=lambda f: needs.get(f.name, 0))
    quota = CONCURRENT_EXECUTIONS.in_region(largest.region)
    if needs:
        total = sum(needs.values())
        words = f"all functions together need {grouped(total)} concurrent executions at peak"
        hint = "request a higher quota, shorten durations or batch more"
        yield against(largest, CONCURRENT_EXECUTIONS, total, words, hint)
    reserved = sum(f.settings.reserved_concurrent_executions or 0 for f in functions)
    if reserved:
        yield _reservations(largest, reserved, quota)
    if 0 < reserved <= quota - UNRESERVED.value and sum(needs.values()) <= quota:
        yield from _shared(functions, needs, quota - reserved)
    yield _requests(largest, rate, quota)


def _reservations(largest: Traffic[Any], reserved: int, quota: Fraction) -> LimitLoad:
    """What all functions reserve has to leave some of the account's quota to the others."""
    words = f"all functions together reserve {grouped(reserved)} concurrent executions"
    bound = f"; the default quota of {grouped(quota)} has to keep {UNRESERVED.value} for the others"
    load = against(largest, UNRESERVED, reserved, words, "request a higher quota")
    return replace(load, most=quota - UNRESERVED.value, bound=bound)


def _shared(functions: Functions, needs: Mapping[str, int], left: Fraction) -> Iterator[LimitLoad]:
    """Functions that reserve nothing share what the reservations of others leave.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    sharing = {
        f.name: needs[f.name]
        for f in functions
        if f.settings.reserved_concurrent_executions is None and f.name in needs
    }
    if not sharing:
        return
    name, load = max(sharing, key=lambda name: sharing[name]), sum(sharing.values())
    yield LimitLoad(
        "shared_concurrency_exceeded",
        Severity.WARNING,
        name,
        name,
        "shared_concurrency",
        Fraction(load),
        left,
        UNRESERVED.unit,
        f"functions that reserve nothing need {grouped(load)} concurrent executions at peak",
        "adjustable",
        _SCOPE,
        bound=f", and the reservations of others leave {grouped(left)} of the default quota",
        hint="reserve less, or request a higher quota",
    )


def _requests(largest: Traffic[Any], rate: Fraction, quota: Fraction) -> LimitLoad:
    """Requests/s that all environments of the account take together."""
    most = REQUESTS_PER_EXECUTION.value * quota
    words = f"all functions together get {grouped(rate)} requests/s at peak"
    bound = (
        f", over {grouped(most)} (10 for each of 1,000 concurrent executions, the default quota)"
    )
    load = against(largest, REQUESTS_PER_EXECUTION, rate, words, "request a higher quota")
    return replace(
        load, severity=Severity.WARNING, most=most, kind="adjustable", scope=_SCOPE, bound=bound
    )
