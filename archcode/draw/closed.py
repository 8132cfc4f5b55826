"""Frames that are closed: each is one box, and so are the arrows that led into it."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from archcode.draw.part import inside, steps_of
from archcode.draw.picture import Arrow, Box, Picture


def closed(picture: Picture, boxes: Mapping[str, Box]) -> Picture:
    """The picture with a box in place of each of these frames and all that is in it.

    No frame lies in another one. All arrows between two boxes of which one is new are one arrow.
    """
    held = inside(picture.frames)
    home = {member: name for name in boxes for member in held[name]}
    arrows = tuple(_merged(picture.arrows, home))
    gone = {*boxes, *home}
    return replace(
        picture,
        boxes=tuple(_boxes(picture.boxes, home, boxes)),
        arrows=arrows,
        frames=tuple(frame for frame in picture.frames if frame.name not in gone),
        steps=steps_of(picture.steps, arrows),
    )


def _boxes(boxes: Iterable[Box], home: Mapping[str, str], new: Mapping[str, Box]) -> Iterator[Box]:
    """Each new box where the first one was that it stands for."""
    done: set[str] = set()
    for box in boxes:
        name = home.get(box.name)
        if name is None:
            yield box
        elif name not in done:
            done.add(name)
            yield new[name]


def _merged(arrows: Iterable[Arrow], home: Mapping[str, str]) -> Iterator[Arrow]:
    """The arrows that do not stay inside one new box."""
    together: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in arrows:
        ends = home.get(arrow.source, arrow.source), home.get(arrow.target, arrow.target)
        if ends == (arrow.source, arrow.target):
            yield arrow
        elif ends[0] != ends[1]:
            together.setdefault(ends, []).append(arrow)
    for (source, target), same in together.items():
        yield _one(source, target, same)


def _one(source: str, target: str, arrows: list[Arrow]) -> Arrow:
    """What several arrows have in common; their number where their labels differ."""
    first, *others = arrows
    if not others:
        return replace(first, source=source, target=target)
    kind = first.kind if all(other.kind == first.kind for other in others) else "flow"
    label = first.label if all(other.label == first.label for other in others) else ""
    step = min((arrow.step for arrow in arrows if arrow.step), default=0)
    return Arrow(source, target, label or f"{len(arrows)} flows", kind, step)
