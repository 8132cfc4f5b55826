"""A part of a picture: one box, what is near it, and the frames around them."""

from collections.abc import Iterable
from dataclasses import replace

from archcode.draw.picture import Arrow, Frame, Picture


def focused(picture: Picture, box: str, hops: int) -> Picture:
    """The boxes that at most so many arrows lead to from a box, in either direction.

    Frames that nothing is left in go; the title names the box, the subtitle says what is left out.
    """
    kept = _near(picture.arrows, box, hops)
    if len(kept) == len(picture.boxes):
        return picture
    titles = {b.name: b.title or b.name for b in picture.boxes}
    left = len(picture.boxes) - len(kept)
    arrows = tuple(a for a in picture.arrows if a.source in kept and a.target in kept)
    numbers = {arrow.step for arrow in arrows}
    return replace(
        picture,
        title=f"{picture.title}: {titles[box]}",
        subtitle=f"{picture.subtitle}; {len(kept)} of {len(kept) + left} components",
        boxes=tuple(b for b in picture.boxes if b.name in kept),
        arrows=arrows,
        frames=_frames(picture.frames, kept),
        steps=tuple(step for step in picture.steps if step.number in numbers),
    )


def _near(arrows: Iterable[Arrow], box: str, hops: int) -> set[str]:
    """The boxes within reach, level by level."""
    beside: dict[str, set[str]] = {}
    for arrow in arrows:
        beside.setdefault(arrow.source, set()).add(arrow.target)
        beside.setdefault(arrow.target, set()).add(arrow.source)
    kept, edge = {box}, {box}
    for _ in range(hops):
        edge = {other for name in edge for other in beside.get(name, ())} - kept
        kept |= edge
    return kept


def _frames(frames: tuple[Frame, ...], kept: set[str]) -> tuple[Frame, ...]:
    """The frames that still hold something, without what has gone."""
    full = {frame.name for frame in frames if _holds(frame, frames, kept)}
    return tuple(
        replace(frame, contains=tuple(n for n in frame.contains if n in kept or n in full))
        for frame in frames
        if frame.name in full
    )


def _holds(frame: Frame, frames: tuple[Frame, ...], kept: set[str]) -> bool:
    inner = {other.name: other for other in frames}
    return any(
        name in kept or (name in inner and _holds(inner[name], frames, kept))
        for name in frame.contains
    )
