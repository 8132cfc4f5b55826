"""How a test over many things fails: with all that offend, where pytest shows the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def expect_none(offenders: Iterable[object]) -> None:
    """Every offender on a line of its own, one of several parts with a colon between them."""
    __tracebackhide__ = True
    lines = [_line(offender) for offender in offenders]
    assert not lines, "\n".join([f"offenders: {len(lines)}", *lines])


def _line(offender: object) -> str:
    parts = offender if isinstance(offender, tuple) else (offender,)
    return ": ".join(map(str, parts))
