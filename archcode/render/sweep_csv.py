"""A sweep as CSV: a row for each value and option; a map: a row for each cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from archcode.render._exact import exact
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from archcode.sweep import Area, Sweep

COLUMNS = (
    "name",
    "resource_type",
    "current",
    "variable",
    "unit",
    "x",
    "list_cost",
    "complete",
    "feasible",
    "fits",
    "size",
    "reason",
)
AREA_COLUMNS = ("across", "across_unit", "x", "up", "up_unit", "y", "name", "list_cost")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(found: Sweep) -> str:
    """The rows of each option, in the order of the variable; an unknown cost is an empty cell."""
    variable = found.variable
    rows = [
        (
            curve.name,
            curve.resource_type,
            _truth(curve.current),
            variable.name,
            variable.unit.value,
            exact(point.x),
            _amount(point.list_cost),
            _truth(point.complete),
            _truth(point.feasible),
            _truth(point.fits),
            point.size,
            next(iter((*point.reasons, point.exceeded)), ""),
        )
        for curve in found.curves
        for point in curve.points
    ]
    return _written(COLUMNS, rows)


def render_area(found: Area) -> str:
    """The cheapest option of each cell; an empty name where none fits."""
    across, up = found.across, found.up
    rows = [
        (
            across.name,
            across.unit.value,
            exact(x),
            up.name,
            up.unit.value,
            exact(y),
            found.cells[i][j],
            _amount(found.costs[i][j]),
        )
        for i, y in enumerate(found.ys)
        for j, x in enumerate(found.xs)
    ]
    return _written(AREA_COLUMNS, rows)


def _written(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(text: str) -> str:
    """A spreadsheet runs text that begins like a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else plain(amount)


def _truth(value: bool) -> str:  # noqa: FBT001 - it is the cell
    return str(value).lower()
