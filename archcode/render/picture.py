"""An estimate as a picture: boxes with service and cost, arrows with labels, frames."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from archcode.draw.look import TEXT
from archcode.draw.metrics import clean, width
from archcode.draw.picture import Arrow, ArrowKind, Box, Frame, Picture, Step
from archcode.services import find
from archcode.statement import NOTHING, by_component, statement
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.estimate import Estimate
    from archcode.render._heat import Heat
    from archcode.spec.model import Flow, Spec
    from archcode.traffic import Hop

# No group of an author's can have these names.
CLOUD, REGION = "(cloud)", "(region)"
_WIDEST = 130.0
"""Points that service and setting may take on one line."""


def render(estimate: Estimate, heat: Heat | None = None) -> Picture:
    """What to draw, coloured by heat where that is asked for; where it goes the layout knows."""
    spec, topology = estimate.topology.spec, estimate.topology
    shown = statement(estimate)
    costs = by_component(shown)
    regions = ", ".join(topology.regions)
    return Picture(
        title=spec.title,
        subtitle=f"{regions}. Estimated {shown.total_words} a month ({shown.prices})",
        boxes=tuple(_box(estimate, name, costs, heat) for name in spec.components),
        arrows=tuple(_arrow(hop) for hop in topology.hops),
        frames=_frames(estimate),
        steps=tuple(_steps(estimate)),
        scale=heat.scale if heat else None,
        direction=spec.direction,
    )


def _box(estimate: Estimate, name: str, costs: Mapping[str, str], heat: Heat | None) -> Box:
    component = estimate.topology.spec.components[name]
    service = find(component.type)
    nothing = "" if component.settings.outside else f"{estimate.currency.shown(NOTHING)}/mo"
    cost = costs.get(name, nothing)
    summary = _summary(estimate, name)
    detail = clean(service.detail(component.settings))
    level, warmth = heat.levels.get(name, (0, "")) if heat else (0, "")
    return Box(
        name=name,
        title=component.label,
        lines=tuple(text for text in (*_beside(summary, detail), warmth) if text),
        cost=cost,
        icon=service.icon(component.settings),
        tooltip=", ".join(text for text in (name, summary, detail, warmth, cost) if text),
        margin=service.icon_margin,
        badges=service.badges(component.settings),
        heat=level,
        link=component.link,
    )


def _beside(summary: str, detail: str) -> tuple[str, ...]:
    """Service and setting on one line where that leaves the box narrow, else on two."""
    both = ", ".join(text for text in (summary, detail) if text)
    return (both,) if width(both, TEXT["service"].size) <= _WIDEST else (summary, detail)


def _summary(estimate: Estimate, name: str) -> str:
    """The service's words, with the derived size where the author set none."""
    component = estimate.topology.spec.components[name]
    service = find(component.type)
    return service.sized_summary(component.settings, estimate.capacity[name])


def _arrow(hop: Hop) -> Arrow:
    if hop.kind == "redrive":
        return Arrow(hop.source, hop.target, "", "redrive")
    source, target = find(hop.source_type), find(hop.target_type)
    stream = source.stream or (target.stream and not target.responds)
    kind: ArrowKind = "stream" if stream else "flow"
    step, said = hop.options.step or 0, hop.options.description or ""
    return Arrow(hop.source, hop.target, _label(hop), kind, step, said)


def _label(hop: Hop) -> str:
    """The author's words, else the rate where traffic enters."""
    if hop.options.label is not None:
        return hop.options.label
    if hop.stated:
        return f"{grouped(hop.handed.messages_per_second)}/s"
    return ""


def _steps(estimate: Estimate) -> Iterator[Step]:
    """The numbered flows in their order, those with one number together."""
    spec = estimate.topology.spec
    found: dict[int, list[Flow]] = {}
    for flow in spec.flows:
        if flow.settings.step:
            found.setdefault(flow.settings.step, []).append(flow)
    for number, flows in sorted(found.items()):
        said = [text for flow in flows if (text := (flow.settings.description or "").strip())]
        texts = dict.fromkeys(said or [_flow_text(spec, flow) for flow in flows])
        yield Step(number, reduce(_sentences, texts))


def _flow_text(spec: Spec, flow: Flow) -> str:
    """The label, else both ends."""
    label = (flow.settings.label or "").strip()
    source, target = spec.components[flow.source], spec.components[flow.target]
    return label or f"{source.label} to {target.label}"


def _sentences(one: str, two: str) -> str:
    """Two texts of one step, with a mark between where the first ends without."""
    return f"{one} {two}" if one.endswith((".", "!", "?")) else f"{one}; {two}"


def _frames(estimate: Estimate) -> tuple[Frame, ...]:
    """The author's groups inside AWS Cloud, and inside the region unless they say where it is.

    AWS draws a region inside an account, so an account of the author's takes its place.
    """
    spec, topology = estimate.topology.spec, estimate.topology
    frames = tuple(Frame(g.name, g.label, g.kind, g.contains) for g in spec.groups)
    inner = {member for group in spec.groups for member in group.contains}
    tops = tuple(g.name for g in spec.groups if g.name not in inner)
    loose = tuple(
        name
        for name, component in spec.components.items()
        if name not in inner and not component.settings.outside
    )
    if any(group.kind in ("account", "region") for group in spec.groups):
        return (Frame(CLOUD, "AWS Cloud", "cloud", (*tops, *loose)), *frames)
    region = Frame(REGION, f"Region {topology.region}", "region", (*tops, *loose))
    return (Frame(CLOUD, "AWS Cloud", "cloud", (REGION,)), region, *frames)
