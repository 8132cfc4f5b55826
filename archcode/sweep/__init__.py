"""Options for a channel, or the alternatives of a spec, along one variable or over two.

At every point each option is built, sized and priced with the whole topology, as `archcode
compare` does it there. Where the cheapest changes is solved, and proved by pricing beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.compare.channel import channel_of
from archcode.errors import UsageError
from archcode.model import ONE
from archcode.sweep.areas import Cells
from archcode.sweep.break_evens import told
from archcode.sweep.envelope import Envelope
from archcode.sweep.field import RESIZED, Field, Line, candidates_of, chosen
from archcode.sweep.model import Area, BreakEven, Curve, Point, Region, Stretch, Sweep
from archcode.sweep.numbers import MOST_POINTS, nice, thinned, whole
from archcode.sweep.setting import Source
from archcode.sweep.variable import Unit, Variable, variable_of
from archcode.sweep.within import check_setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from archcode.compare import Basis
    from archcode.spec.model import Spec
    from archcode.sweep.envelope import Change
    from archcode.sweep.field import Built

__all__ = [
    "Area",
    "BreakEven",
    "Curve",
    "Point",
    "Region",
    "Stretch",
    "Sweep",
    "Unit",
    "Variable",
    "area",
    "sweep",
    "variable_of",
]

COLUMNS, ROWS = 16, 12
"""Cells of a map."""


def sweep(
    spec: Spec, variable: Variable, basis: Basis, *, channel: str = "", options: Iterable[str] = ()
) -> Sweep:
    """The cost of every option along a variable, and where the cheapest that fits changes.

    Raises SpecError where the spec has no traffic that can be told, UsageError for an unknown
    channel or option, and for a variable that the spec does not have.
    """
    source, field = _field(spec, (variable,), basis, channel, options)
    today = _today(source, variable)
    points = points_of(variable, today)
    line = Line(field, lambda x: ((variable, x),))
    same = [name for name in line.names if _as_today(name, line, points)]
    field = field.only(name for name in line.names if name not in same)
    line = Line(field, line.values_at)
    envelope = Envelope(line)
    changes = _changes(envelope, variable, points)
    return Sweep(
        spec.title,
        channel,
        source.today.region,
        variable,
        today,
        tuple(_curve(name, field, line, variable, points) for name in line.names),
        tuple(told(change, line) for change in changes),
        tuple(_regions(variable, changes, envelope.cheapest(points[0], line.names))),
    )


def _changes(
    envelope: Envelope, variable: Variable, points: Sequence[Fraction]
) -> tuple[Change, ...]:
    if variable.smooth:
        return envelope.changes(points)
    return envelope.steps(points, whole=variable.whole)


def area(
    spec: Spec,
    variables: tuple[Variable, Variable],
    basis: Basis,
    *,
    channel: str = "",
    options: Iterable[str] = (),
) -> Area:
    """The cheapest option that fits over two variables; raises as `sweep` does."""
    across, up = variables
    source, field = _field(spec, variables, basis, channel, options)
    xs = thinned(points_of(across, None), COLUMNS)
    ys = thinned(points_of(up, None), ROWS)

    def at(name: str, cell: tuple[int, int]) -> Built:
        row, column = cell
        return field.at(name, ((across, xs[column]), (up, ys[row])))

    cells = Cells(tuple(field.candidates), at)
    names = [[cells.cheapest((i, j)) for j in range(len(xs))] for i in range(len(ys))]
    costs = [
        [at(name, (i, j)).list_cost if name else None for j, name in enumerate(row)]
        for i, row in enumerate(names)
    ]
    return Area(
        spec.title,
        channel,
        source.today.region,
        across,
        up,
        xs,
        ys,
        tuple(map(tuple, names)),
        tuple(map(tuple, costs)),
    )


def points_of(variable: Variable, today: Fraction | None) -> tuple[Fraction, ...]:
    """The values of a variable to price: round ones, both ends, and what the spec has."""
    if variable.whole:
        return _whole(variable)
    found = nice(variable.start, variable.end, binary=variable.unit is Unit.BYTES)
    return tuple(sorted({*found} | ({today} if today else set())))


def _whole(variable: Variable) -> tuple[Fraction, ...]:
    """All whole numbers, or round ones where they are many."""
    start, end = variable.start, variable.end
    if end - start <= MOST_POINTS:
        return whole(start, end)
    binary = end.numerator & (end.numerator - 1) == 0
    return tuple(x for x in nice(start, end, binary=binary) if x.denominator == 1)


def _field(
    spec: Spec,
    variables: Sequence[Variable],
    basis: Basis,
    channel: str,
    options: Iterable[str],
) -> tuple[Source, Field]:
    """The spec, and what it could be."""
    units = {variable.unit for variable in variables}
    if Unit.CONSUMERS in units and not channel:
        raise UsageError("consumers are those of a channel: name it with --channel")
    if Unit.BYTES in units and not any(flow.settings.size for flow in spec.flows):
        raise UsageError("no flow states a size, so that no size can be varied")
    for variable in variables:
        if variable.unit is Unit.SETTING:
            ends = (variable.written(variable.start), variable.written(variable.end))
            check_setting(spec, variable.name, ends)
    source = Source.of(spec, channel, basis)
    for variable in variables:
        if variable.unit is Unit.CONSUMERS:
            _enough(source, variable)
    found = candidates_of(source, consumers=Unit.CONSUMERS in units)
    return source, Field(source, chosen(found, options))


def _enough(source: Source, variable: Variable) -> None:
    """Raise UsageError where a channel has more consumers than the least that is asked for."""
    have = len(channel_of(source.today, source.channel).groups)
    if variable.start < have:
        least = variable.text(variable.start)
        fact = f"{source.channel} has {have} consumers that read every message"
        raise UsageError(f"consumers cannot begin at {least}: {fact}")


def _today(source: Source, variable: Variable) -> Fraction | None:
    """The value that the spec has, where it is a single one in the range."""
    sizes = {flow.settings.size for flow in source.spec.flows} - {None}
    found = {Unit.RATE: source.rate, Unit.TIMES: ONE}.get(variable.unit)
    if variable.unit is Unit.BYTES and len(sizes) == 1:
        found = sizes.pop()
    return found if found is not None and variable.start <= found <= variable.end else None


def _as_today(name: str, line: Line, points: Iterable[Fraction]) -> bool:
    """Whether a service sized anew is what there is today, at every point."""
    like = name.removesuffix(RESIZED)
    if like == name or like not in line.names:
        return False
    return all(
        line.cost(name, x) == line.cost(like, x) and line.fits(name, x) == line.fits(like, x)
        for x in points
    )


def _curve(
    name: str, field: Field, line: Line, variable: Variable, points: Sequence[Fraction]
) -> Curve:
    subject = line.at(name, points[0]).subject
    return Curve(
        name,
        subject.type,
        subject.resource_type,
        subject.current,
        tuple(_point(x, line.at(name, x)) for x in points),
        tuple(_stretches(Line(field.only([name]), line.values_at), variable, points)),
    )


def _stretches(line: Line, variable: Variable, points: Sequence[Fraction]) -> Iterable[Stretch]:
    """Where the one option of a line fits."""
    alone = Envelope(line)
    changes = _changes(alone, variable, points)
    for region in _regions(variable, changes, alone.cheapest(points[0], line.names)):
        ending = next((c for c in changes if c.x == region.end and c.left == region.name), None)
        if region.name:
            why = told(ending, line).facts if ending else ()
            words = next(iter(why), "").removeprefix(f"{region.name}: ")
            yield Stretch(region.start, region.end, words)


def _point(x: Fraction, built: Built) -> Point:
    option = built.option
    return Point(
        x,
        built.list_cost,
        option.complete,
        built.against.reasons,
        built.against.exceeded,
        built.fits,
        built.size,
    )


def _regions(variable: Variable, changes: Sequence[Change], first: str) -> Iterable[Region]:
    """The stretches between changes, side by side."""
    start, name = variable.start, first
    for change in changes:
        if change.x > start:
            yield Region(start, change.x, name)
        start, name = change.x, change.right
    if start < variable.end or not changes:
        yield Region(start, variable.end, name)
