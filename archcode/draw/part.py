"""A part of a picture: some of its boxes, the arrows between them and the frames around them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from archcode.draw.picture import Arrow, Frame, Picture, Step


def part(picture: Picture, boxes: Collection[str]) -> Picture:
    """The picture with these boxes only; frames that nothing is left in go."""
    arrows = tuple(a for a in picture.arrows if a.source in boxes and a.target in boxes)
    return replace(
        picture,
        boxes=tuple(box for box in picture.boxes if box.name in boxes),
        arrows=arrows,
        frames=_frames(picture.frames, boxes),
        steps=steps_of(picture.steps, arrows),
    )


def reached(
    arrows: Iterable[Arrow],
    starts: Iterable[str],
    hops: int | None = None,
    *,
    back: bool = True,
    until: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """The boxes that at most so many arrows lead to, level by level, and the starts.

    Arrows are followed `back`, too, unless told otherwise, and never on from `until`.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        beside[arrow.source].add(arrow.target)
        if back:
            beside[arrow.target].add(arrow.source)
    kept = {*starts}
    edge, level = {*kept}, 0
    while edge and level != hops:
        edge = {other for name in edge - until for other in beside[name]} - kept
        kept |= edge
        level += 1
    return frozenset(kept)


def steps_of(steps: Iterable[Step], arrows: Iterable[Arrow]) -> tuple[Step, ...]:
    """The entries of the numbered legend that an arrow still has the number of."""
    shown = {arrow.step for arrow in arrows}
    return tuple(step for step in steps if step.number in shown)


def inside(frames: Collection[Frame]) -> dict[str, set[str]]:
    """What is in each frame, at any depth: boxes and frames."""
    found: dict[str, set[str]] = {frame.name: set() for frame in frames}
    parent = {member: frame.name for frame in frames for member in frame.contains}
    for member in parent:
        at = member
        # Frames that hold themselves are refused elsewhere; here they must only not go on for ever.
        while at in parent and member not in found[parent[at]]:
            at = parent[at]
            found[at].add(member)
    return found


def _frames(frames: tuple[Frame, ...], kept: Collection[str]) -> tuple[Frame, ...]:
    """The frames that still hold a box, without what has gone."""
    full = {name for name, held in inside(frames).items() if not held.isdisjoint(kept)}
    return tuple(
        replace(frame, contains=tuple(n for n in frame.contains if n in kept or n in full))
        for frame in frames
        if frame.name in full
    )
