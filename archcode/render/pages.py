"""Views of an estimate as pictures: each a part of the whole, with its own title and cost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.closed import closed
from archcode.draw.look import GROUP, GROUP_MARGIN
from archcode.draw.part import part, reached
from archcode.draw.picture import Box, Picture
from archcode.spec.view import DEEPEST
from archcode.statement import NOTHING, statement, together

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archcode.estimate import Estimate
    from archcode.render._heat import Heat
    from archcode.spec.model import Group, Spec
    from archcode.spec.view import View
    from archcode.statement import Statement


class Page(Struct, frozen=True):
    """A view that can be drawn; a page of everything has neither name nor title."""

    name: str
    title: str
    picture: Picture


class _Known(Struct, frozen=True):
    """What pages say of components, beside the picture of all of them."""

    spec: Spec
    shown: Statement
    regions: str
    heat: Heat | None


def pages(
    estimate: Estimate, whole: Picture, views: Sequence[View], heat: Heat | None = None
) -> tuple[Page, ...]:
    """A page of each view, cut out of the picture of everything; without views that alone."""
    if not views:
        return (Page("", "", whole),)
    topology = estimate.topology
    known = _Known(topology.spec, statement(estimate), ", ".join(topology.regions), heat)
    return tuple(_page(known, whole, view) for view in views)


def _page(known: _Known, whole: Picture, view: View) -> Page:
    spec, shown = known.spec, known.shown
    kept = _kept(spec, whole, view)
    drawn = part(whole, kept)
    if view.kind == "depth":
        drawn = closed(drawn, _closed(known, kept, view.depth))
    elif view.most is not None and len(kept) > view.most:
        drawn = _readable(known, drawn, view)
    title = view.label or _title(spec, view)
    named = replace(
        drawn,
        title=f"{whole.title}: {title}",
        subtitle=f"{known.regions}. {_share(spec, shown, kept, len(drawn.boxes))} ({shown.prices})",
        direction=view.direction or whole.direction,
    )
    return Page(view.name, title, named)


def _readable(known: _Known, drawn: Picture, view: View) -> Picture:
    """Groups are closed, the innermost first, until few enough boxes are left.

    Where a group is shown, those outside it are all closed, and it stays open.
    """
    own = view.of if view.kind == "group" else ()
    kept = frozenset(box.name for box in drawn.boxes)
    levels = max((len(around) for around in known.spec.frames().values()), default=0)
    folded = drawn
    for depth in range(min(levels, DEEPEST), 0 if own else -1, -1):
        folded = closed(drawn, _closed(known, kept, depth, own))
        if view.most is None or len(folded.boxes) <= view.most:
            break
    return folded


def _kept(spec: Spec, whole: Picture, view: View) -> frozenset[str]:
    """The components that a view shows, closed groups among them or not."""
    if view.kind == "depth":
        return frozenset(spec.components)
    if view.kind == "flow":
        until = frozenset(view.until)
        return reached(whole.arrows, view.of, view.hops, back=False, until=until)
    groups = {group.name for group in spec.groups if group.name in view.of}
    members = [
        name
        for name, around in spec.frames().items()
        if name in view.of or any(group.name in groups for group in around)
    ]
    nearby = 1 if view.kind == "group" else 0
    return reached(whole.arrows, members, nearby if view.hops is None else view.hops)


def _closed(
    known: _Known, kept: Collection[str], depth: int, own: Collection[str] = ()
) -> dict[str, Box]:
    """A box for each group that is nested so deep, or has nothing to do with `own` groups."""
    found: dict[str, tuple[Group, list[str]]] = {}
    frames = known.spec.frames()
    size = Counter(group.name for around in frames.values() for group in around)
    for name, around in frames.items():
        near = not own or any(group.name in own for group in around)
        level = depth if near else 0
        if name in kept and len(around) > level:
            group = around[len(around) - 1 - level]
            found.setdefault(group.name, (group, []))[1].append(name)
    return {name: _box(known, *what, size[name]) for name, what in found.items()}


def _box(known: _Known, group: Group, members: list[str], size: int) -> Box:
    """A group as one box: its label, the number of its components and what they cost."""
    rows = known.shown.of(frozenset(members)).rows
    outside = all(known.spec.components[name].settings.outside for name in members)
    cost = together(rows, known.shown.currency) if rows or not outside else ""
    number = _counted(size) if len(members) == size else f"{len(members):,} of {_counted(size)}"
    level, warmth = known.heat.together(members) if known.heat else (0, "")
    return Box(
        name=group.name,
        title=group.label,
        lines=tuple(text for text in (number, warmth) if text),
        cost=cost,
        icon=GROUP,
        tooltip=", ".join(text for text in (group.name, number, warmth, cost) if text),
        margin=GROUP_MARGIN,
        heat=level,
    )


def _title(spec: Spec, view: View) -> str:
    """What a view shows, where its author gives it no title."""
    if view.kind == "group":
        return next(group.label for group in spec.groups if group.name in view.of)
    if view.kind == "flow":
        return f"From {spec.components[view.of[0]].label}"
    if view.kind == "depth":
        levels = f"{view.depth} levels of groups" if view.depth > 1 else "One level of groups"
        return levels if view.depth else "Overview"
    return view.name


def _share(spec: Spec, shown: Statement, kept: Collection[str], boxes: int) -> str:
    """How many components a page shows, and how much of the cost they are."""
    number = f"{len(kept):,} of {_counted(len(spec.components))}"
    if boxes < len(kept):
        number += f" in {boxes:,} {'box' if boxes == 1 else 'boxes'}"
    if len(kept) == len(spec.components):
        return f"{number}, {shown.total_words} a month"
    whole = shown.of(spec.components)
    rest = shown.total - whole.total
    # What is charged or taken off for all together belongs to no component.
    beside = f", besides {shown.currency.shown(rest)} for the account" if rest != NOTHING else ""
    return f"{number}, {shown.of(kept).total_words} of {whole.total_words} a month{beside}"


def _counted(number: int) -> str:
    return f"{number:,} component{'' if number == 1 else 's'}"
