"""Headroom for a terminal: what binds each component, and how far traffic may grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.headroom import binding
from archcode.render._margins import (
    KINDS,
    amount,
    cells,
    limit_text,
    percent,
    place,
    sharing,
    times,
)
from archcode.render.columns import aligned, bold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archcode.headroom import Headroom, Margin
    from archcode.topology import Topology

_HEAD = ("MEAN", "PEAK", "LIMIT", "HEADROOM", "HOLDS TO")
_NO_FACTS = "no limit in archcode's facts"
_NO_LOAD = "no load on a limit"
_RED = "\x1b[31m{}\x1b[0m"


class _Row(Struct, frozen=True):
    """A line of a table, and the margin that it shows if any."""

    margin: Margin | None
    cells: tuple[str, ...]


def render(headroom: Headroom, *, every: bool = False, colour: bool = False) -> str:
    """The binding limit of each component, or every one, then what breaks first of all."""
    topology = headroom.topology
    parts = [bold(_title(topology), colour=colour), ", ".join(topology.regions)]
    for first, rows in (
        ("COMPONENT", [*_components(headroom, every=every)]),
        ("ACCOUNT", [*_shared(headroom, every=every)]),
    ):
        if rows:
            parts += ["", *_table(first, rows, every=every, colour=colour)]
    return "\n".join([*parts, "", *_verdict(headroom)]) + "\n"


def render_component(headroom: Headroom, name: str) -> str:
    """Each limit of one component in words, and the quotas that it takes the most of."""
    topology = headroom.topology
    margins = headroom.components[name]
    shared = [margin for margin in headroom.shared if margin.load.component == name]
    kind = f"{topology.spec.components[name].type}, {topology.traffic[name].region}"
    first = binding(margins)
    fact = _promise(first) if first else _without(topology, name)
    lines = [f"{name} ({kind}): {fact}"]
    for title, found in (("", margins), ("Shared by all in the account and region", shared)):
        if title and found:
            lines += ["", title]
        for margin in sorted(found, key=lambda margin: margin.order):
            lines += ["", *_words(margin)]
    return "\n".join(lines) + "\n"


def _title(topology: Topology) -> str:
    return " ".join(topology.spec.title.split())


def _components(headroom: Headroom, *, every: bool) -> Iterator[_Row]:
    """The rows of each component; what has no limit says so, what is outside AWS need not."""
    for name, margins in headroom.components.items():
        if margins:
            yield from _rows(name, margins, every=every)
        elif not headroom.topology.traffic[name].settings.outside:
            empty = [""] * (len(_HEAD) + every)
            yield _Row(None, (name, _without(headroom.topology, name), *empty))


def _without(topology: Topology, name: str) -> str:
    limits = [limit for limit in topology.service(name).limits if limit.kind != "range"]
    return _NO_LOAD if limits else _NO_FACTS


def _shared(headroom: Headroom, *, every: bool) -> Iterator[_Row]:
    """The rows of what all components of a type share."""
    together: dict[str, list[Margin]] = {}
    for margin in headroom.shared:
        together.setdefault(sharing(headroom.topology, margin), []).append(margin)
    for name, margins in together.items():
        yield from _rows(name, margins, every=every)


def _rows(name: str, margins: Sequence[Margin], *, every: bool) -> Iterator[_Row]:
    ordered = sorted(margins, key=lambda margin: margin.order)
    for number, margin in enumerate(ordered if every else ordered[:1]):
        words = (margin.load.words,) if every else ()
        yield _Row(margin, ("" if number else name, *cells(margin), *words))


def _table(first: str, rows: Sequence[_Row], *, every: bool, colour: bool) -> Iterable[str]:
    name = "LIMIT" if every else "BINDING LIMIT"
    head = (first, name, *_HEAD, *(("BECAUSE",) if every else ()))
    head_line, *lines = aligned([head, *(row.cells for row in rows)], (2, 3, 4, 5))
    yield bold(head_line, colour=colour)
    for row, line in zip(rows, lines, strict=True):
        broken = row.margin is not None and row.margin.load.exceeded
        yield _RED.format(line) if broken and colour else line


def _verdict(headroom: Headroom) -> Iterator[str]:
    """How far the topology as a whole goes, and what loads the limit that breaks first."""
    first, title = headroom.binding, _title(headroom.topology)
    if first is None:
        yield f"{title}: {_NO_LOAD}"
        return
    kind = KINDS.get(first.load.kind)
    limit = f"{first.load.name}, {kind}" if kind else first.load.name
    limited = f"{place(headroom, first)} ({limit})"
    if first.fixed:
        yield f"{title}: no limit breaks when traffic grows; the least is left of {limited}"
    elif first.load.exceeded:
        yield f"{title} is broken at today's peak: {limited} has a headroom of {percent(first)}"
    else:
        yield f"{title} {_promise(first).partition(':')[0]}; first to break: {limited}"
    yield f"  {first.load.words}: {_bound(first)}"


def _promise(margin: Margin) -> str:
    """`holds to 3.4x today's peak: fifo throughput`."""
    name = margin.load.name.replace("_", " ")
    if margin.load.exceeded:
        goes = f", holds to {times(margin)} of today's peak" if margin.multiple else ""
        return f"broken: {percent(margin)}{goes}: {name}"
    if margin.fixed:
        return f"no limit breaks when traffic grows; the least is left of {name}"
    return f"holds to {times(margin)} today's peak: {name}"


def _bound(margin: Margin) -> str:
    """The limit with its kind and scope."""
    load = margin.load
    kind = KINDS.get(load.kind, load.kind)
    return ", ".join(part for part in (f"{limit_text(margin)} {load.scope}".strip(), kind) if part)


def _words(margin: Margin) -> Iterator[str]:
    """One limit: its name and what loads it, then the numbers."""
    load = margin.load
    mean = "unknown" if margin.mean is None else amount(margin.mean, load.unit)
    yield f"{load.name}: {load.words}"
    yield f"  mean {mean}, peak {amount(load.load, load.unit)} of {_bound(margin)}"
    if load.exceeded:
        yield f"  {_promise(margin).rpartition(':')[0]}"
        return
    growth = "does not grow with traffic" if margin.fixed else f"holds to {times(margin)}"
    yield f"  a headroom of {percent(margin)}, {growth}"
