"""What a refresh has found, in words: changes, refusals, and what stays as it is."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.render.columns import aligned
from archcode.units import grouped, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archcode.offers.changes import Change, Report
    from archcode.offers.refresh import Refusal

_HEAD = ("PRICES", "METER", "FROM", "TO", "OLD", "NEW", "CHANGE", "REGIONS")
_NUMBERS = (2, 3, 4, 5, 6)
_MOST_NAMED = 3


def changes(report: Report, *, with_regions: bool = True) -> str:
    """A line for each change, equal ones of many regions on one, and how many rows there are."""
    rows = [_HEAD, *(_row(change, regions) for change, regions in report.changes.items())]
    rows = rows if with_regions else [row[:-1] for row in rows]
    lines = list(aligned(rows, _NUMBERS)) if report.changes else []
    counts = report.counts
    kinds = ("unchanged", "changed", "added", "dropped")
    parts = ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds)
    return "".join(f"{line}\n" for line in (*lines, f"{counts.total():,} rows compared: {parts}"))


def refusals(found: Mapping[str, Sequence[Refusal]]) -> str:
    """Lines on the prices that cannot be taken, with what to do; empty where there is none."""
    lines = []
    for name, refused in found.items():
        regions: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        for one in refused:
            regions[one.rule, one.meter, one.message, one.hint].append(one.region)
        for (rule, meter, message, hint), places in regions.items():
            lines.append(f"{name}: error: {meter} in {_named(places)} {message} [{rule}]")
            lines += [f"    hint: {hint}"] if hint else []
    number = sum(len(refused) for refused in found.values())
    if number:
        noun = "price is" if number == 1 else "prices are"
        lines.append(f"{number:,} {noun} refused; the price book stays as it is")
    return "".join(f"{line}\n" for line in lines)


def kept(meters: Mapping[str, Sequence[str]]) -> str:
    """A line on the rows that AWS's list does not have; empty where there is none."""
    return "".join(
        f"{name}: {', '.join(dict.fromkeys(names))}: not of AWS's list, so as before\n"
        for name, names in meters.items()
        if names
    )


def _row(change: Change, regions: Sequence[str]) -> tuple[str, ...]:
    end = "and over" if change.end is None else grouped(change.end)
    tier = change.service, change.meter, grouped(change.start), end
    return *tier, _usd(change.old), _usd(change.new), _difference(change), _named(regions)


def _usd(price: Decimal | None) -> str:
    return "-" if price is None else plain(price)


def _difference(change: Change) -> str:
    """`+10%`, or in a word what is no difference."""
    percent = change.percent
    if percent is None:
        return change.kind
    sign = "+" if percent > 0 else "−"
    return f"{sign}{grouped(abs(percent), 1)}%"


def _named(regions: Sequence[str]) -> str:
    """A few regions by name, many by their number."""
    unique = list(dict.fromkeys(regions))
    return ", ".join(unique) if len(unique) <= _MOST_NAMED else f"{len(unique)} regions"
