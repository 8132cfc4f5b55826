"""An estimate as a picture: boxes with service and cost, arrows with labels, frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.services import find
from archcode.statement import NOTHING, by_component, statement
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

# No group of an author's can have these names.
CLOUD, REGION = "(cloud)", "(region)"


def render(estimate: Estimate) -> Picture:
    """What to draw; where it goes is the layout's business."""
    spec, topology = estimate.topology.spec, estimate.topology
    shown = statement(estimate)
    costs = by_component(shown)
    regions = ", ".join(topology.regions)
    return Picture(
        title=spec.title,
        subtitle=f"{regions}. Estimated {shown.total_text} a month ({shown.prices})",
        boxes=tuple(_box(estimate, name, costs) for name in spec.components),
        arrows=tuple(_arrow(hop) for hop in topology.hops),
        frames=_frames(estimate),
        direction=spec.direction,
    )


def _box(estimate: Estimate, name: str, costs: Mapping[str, str]) -> Box:
    component = estimate.topology.spec.components[name]
    service = find(component.type)
    nothing = "" if component.settings.outside else f"{estimate.currency.shown(NOTHING)}/mo"
    cost = costs.get(name, nothing)
    summary = _summary(estimate, name)
    return Box(
        name=name,
        title=component.label,
        lines=(summary,),
        cost=cost,
        icon=service.icon(component.settings),
        tooltip=", ".join(text for text in (name, summary, cost) if text),
        margin=service.icon_margin,
    )


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
    return Arrow(hop.source, hop.target, _label(hop), "stream" if stream else "flow")


def _label(hop: Hop) -> str:
    """The author's words, else the rate where traffic enters."""
    if hop.options.label is not None:
        return hop.options.label
    if hop.stated:
        return f"{grouped(hop.handed.messages_per_second)}/s"
    return ""


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
