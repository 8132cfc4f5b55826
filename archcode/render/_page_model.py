"""What an interactive page knows of an estimate: plain texts, in the words of the other outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.metrics import clean
from archcode.render import _economics, _lines
from archcode.services import find
from archcode.statement import by_component, statement
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archcode.draw.picture import Box
    from archcode.estimate import Estimate
    from archcode.model import Finding, Load
    from archcode.statement import Statement
    from archcode.traffic import Hop

LIMIT_COLUMNS = ("Limit", "Peak", "Bears", "Headroom", "Holds to")


def document(
    estimate: Estimate,
    findings: Sequence[Finding],
    limits: Mapping[str, object],
    groups: Iterable[Box] = (),
) -> dict[str, object]:
    """The model of a page; texts of the author's are on one line and turn nothing around.

    `groups` are the boxes that closed groups are drawn as.
    """
    shown, topology = statement(estimate), estimate.topology
    names, units = [*topology.spec.components], _unit_costs(estimate)
    told = {name: [f for f in findings if name in _places(f.where, names)] for name in names}
    return {
        "title": clean(topology.spec.title),
        "heading": clean(_lines.heading(estimate)),
        "total": shown.total_words,
        "counted": _lines.count(findings, len(names)).capitalize(),
        "costs": [[clean(name), cost] for name, cost in by_component(shown).items()],
        "unit_costs": units.get(_economics.END_TO_END, []),
        "cost_columns": _lines.cost_head(shown)[1:],
        "limit_columns": LIMIT_COLUMNS,
        "components": [
            {
                **_component(estimate, name),
                "cost": by_component(shown).get(name, ""),
                "costs": _costs(shown, name),
                "unit_costs": units.get(name, []),
                "limits": limits.get(name, ()),
                "findings": [_finding(finding) for finding in told[name]],
            }
            for name in names
        ],
        "groups": [_group(box, _members(estimate, box.name), told) for box in groups],
        "flows": [_flow(hop) for hop in topology.hops],
        "findings": [_finding(finding) for finding in findings],
    }


def _component(estimate: Estimate, name: str) -> dict[str, object]:
    topology = estimate.topology
    component, traffic = topology.spec.components[name], topology.traffic[name]
    service, sizes = find(component.type), estimate.capacity[name]
    summary = service.sized_summary(component.settings, sizes)
    detail = service.detail(component.settings)
    return {
        "name": name,
        "label": clean(component.label),
        "type": component.type,
        "service": service.name,
        "summary": clean(", ".join(text for text in (summary, detail) if text)),
        "link": component.link,
        "region": "" if component.settings.outside else traffic.region,
        "load": [*_load(traffic.received)],
        "sizes": [row[1:] for row in _lines.sizes(estimate) if row[0] == name],
    }


def _members(estimate: Estimate, name: str) -> tuple[str, ...]:
    """The components of a group, at any depth."""
    frames = estimate.topology.spec.frames()
    return tuple(part for part, around in frames.items() if name in {g.name for g in around})


def _group(
    box: Box, members: Sequence[str], told: Mapping[str, list[Finding]]
) -> dict[str, object]:
    """A closed group in the shape of a component: what is known of it is that of its members."""
    return {
        "name": box.name,
        "label": clean(box.title),
        "type": "group",
        "service": "Group",
        "summary": ", ".join(box.lines),
        "region": "",
        "link": "",
        **dict.fromkeys(("load", "sizes", "costs", "unit_costs", "limits"), ()),
        "cost": box.cost,
        "findings": [_finding(finding) for name in members for finding in told[name]],
        "members": members,
    }


def _load(load: Load) -> Iterator[tuple[str, str]]:
    """What comes in; nothing for what only sends."""
    if not load.peak_messages_per_second:
        return
    yield "Messages/s", grouped(load.messages_per_second)
    yield "At the peak", grouped(load.peak_messages_per_second)
    yield "Message size", bytes_text(load.message_size_bytes)
    yield "Messages a month", grouped(load.monthly_messages, 0)
    yield "Bytes a month", bytes_text(load.monthly_bytes)


def _costs(shown: Statement, name: str) -> list[tuple[str, ...]]:
    return [row[1:] for row in _lines.cost_rows(shown) if row[0] == name]


def _unit_costs(estimate: Estimate) -> dict[str, list[tuple[str, str]]]:
    """What a million messages, a GB and each business event cost, where there are any.

    By component, and end to end.
    """
    table = _economics.table_of(estimate)
    if not table:
        return {}
    (_, _, *names), *rows = table
    return {
        row[0]: [
            (clean(unit), cost)
            for unit, cost in zip(names, row[2:], strict=True)
            if cost != _economics.NO_TRAFFIC
        ]
        for row in rows
    }


def _flow(hop: Hop) -> dict[str, str]:
    rate = hop.delivered.messages_per_second
    return {
        "from": hop.source,
        "to": hop.target,
        "kind": hop.kind,
        "rate": f"{grouped(rate)}/s" if rate else "",
        "words": _words(hop),
    }


def _words(hop: Hop) -> str:
    """Number and description of a flow of the author's."""
    if hop.kind == "redrive":
        return ""
    step = f"step {hop.options.step}" if hop.options.step else ""
    return ": ".join(text for text in (step, clean(hop.options.description or "")) if text)


def _finding(finding: Finding) -> dict[str, str]:
    where = f"{finding.where} " if finding.where else ""
    return {
        "severity": str(finding.severity),
        "message": clean(f"{where}{finding.message}"),
        "hint": clean(finding.hint),
        "rule": finding.rule,
    }


def _places(where: str, names: Iterable[str]) -> set[str]:
    """The components that a finding is about: `orders.delay_seconds`, `orders -> billing`.

    Names may hold dots, so the longest one that fits is meant.
    """
    ends = where.split(" -> ")
    fitting = ([n for n in names if end == n or end.startswith(f"{n}.")] for end in ends)
    return {max(found, key=len) for found in fitting if found}
