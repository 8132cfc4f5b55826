"""An estimate as a picture: boxes with service and cost, arrows with labels, frames."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.draw.look import TEXT
from archcode.draw.metrics import clean, width
from archcode.draw.picture import Arrow, ArrowKind, Box, Frame, Picture, Step
from archcode.services import find
from archcode.statement import NOTHING, by_component, statement
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.estimate import Estimate
    from archcode.model import Capacity
    from archcode.render._heat import Heat
    from archcode.spec.model import Component, Flow, Spec
    from archcode.topology import Topology
    from archcode.traffic import Hop

# No group of an author's can have these names.
CLOUD, REGION = "(cloud)", "(region)"
ANY_COST = "$0.00/mo"
"""What a box costs as long as nobody knows."""
_WIDEST = 130.0
"""Points that service and setting may take on one line."""


def render(
    estimate: Estimate, heat: Heat | None = None, *, drawn: Picture | None = None
) -> Picture:
    """What to draw, coloured by heat where that is asked for; where it goes the layout knows.

    `drawn` is the sketch of the same topology where there is one already.
    """
    shown, topology = statement(estimate), estimate.topology
    found = drawn or sketch(topology, estimate.capacity, heat)
    costs = by_component(shown)
    nothing = f"{estimate.currency.shown(NOTHING)}/mo"
    return replace(
        found,
        subtitle=f"{', '.join(topology.regions)}. Estimated {shown.total_words} a month "
        f"({shown.prices})",
        boxes=tuple(_priced(box, costs.get(box.name, box.cost and nothing)) for box in found.boxes),
    )


def sketch(
    topology: Topology, capacity: Mapping[str, tuple[Capacity, ...]], heat: Heat | None = None
) -> Picture:
    """What is drawn of a topology before it is priced; a box that is in AWS has any cost."""
    spec = topology.spec
    return Picture(
        title=spec.title,
        boxes=tuple(_box(spec.components[name], capacity[name], heat) for name in spec.components),
        arrows=tuple(_arrow(hop) for hop in topology.hops),
        frames=_frames(topology),
        steps=tuple(_steps(spec)),
        scale=heat.scale if heat else None,
        direction=spec.direction,
    )


def _priced(box: Box, cost: str) -> Box:
    tooltip = ", ".join(text for text in (box.tooltip, cost) if text)
    return replace(box, cost=cost, tooltip=tooltip)


def _box(component: Component, capacity: tuple[Capacity, ...], heat: Heat | None) -> Box:
    name, settings = component.name, component.settings
    service = find(component.type)
    # The service's words, with the derived size where the author set none.
    summary = service.sized_summary(settings, capacity)
    detail = clean(service.detail(settings))
    level, warmth = heat.levels.get(name, (0, "")) if heat else (0, "")
    return Box(
        name=name,
        title=component.label,
        lines=tuple(text for text in (*_beside(summary, detail), warmth) if text),
        cost="" if settings.outside else ANY_COST,
        icon=service.icon(settings),
        tooltip=", ".join(text for text in (name, summary, detail, warmth) if text),
        margin=service.icon_margin,
        badges=service.badges(settings),
        heat=level,
        link=component.link,
    )


def _beside(summary: str, detail: str) -> tuple[str, ...]:
    """Service and setting on one line where that leaves the box narrow, else on two."""
    both = ", ".join(text for text in (summary, detail) if text)
    return (both,) if width(both, TEXT["service"].size) <= _WIDEST else (summary, detail)


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


def _steps(spec: Spec) -> Iterator[Step]:
    """The numbered flows in their order, those with one number together."""
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


def _frames(topology: Topology) -> tuple[Frame, ...]:
    """The author's groups inside AWS Cloud, and inside the region unless they say where it is.

    AWS draws a region inside an account, so an account of the author's takes its place.
    """
    spec = topology.spec
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
