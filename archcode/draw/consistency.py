"""A picture that contradicts itself cannot be drawn: what is wrong is told before anything is."""

from collections import Counter
from collections.abc import Mapping

from archcode.draw.picture import Picture
from archcode.errors import DrawingError


def parents(picture: Picture) -> dict[str, str]:
    """The frame directly around each box or frame; raises DrawingError for what cannot be."""
    _check_names(picture)
    _check_links(picture)
    known = set(_names(picture))
    parent: dict[str, str] = {}
    for frame in picture.frames:
        for name in frame.contains:
            if name not in known:
                raise DrawingError(f"frame {frame.name!r} contains {name!r}, which is not drawn")
            if parent.setdefault(name, frame.name) != frame.name:
                both = f"{parent[name]!r} and {frame.name!r}"
                raise DrawingError(f"{name!r} is in two frames, {both}")
    for frame in picture.frames:
        _check_ring(frame.name, parent)
    return parent


def _check_names(picture: Picture) -> None:
    names = Counter(_names(picture))
    for name, count in names.items():
        if count > 1:
            raise DrawingError(f"two boxes or frames of the picture are called {name!r}")
    boxes = {box.name for box in picture.boxes}
    for arrow in picture.arrows:
        for name in (arrow.source, arrow.target):
            if name not in boxes:
                raise DrawingError(f"an arrow of the picture names {name!r}, which is no box")


def _check_links(picture: Picture) -> None:
    for box in picture.boxes:
        if box.link and not box.link.startswith("https://"):
            raise DrawingError(f"box {box.name!r} links to {box.link[:60]!r}, which is not https")


def _names(picture: Picture) -> list[str]:
    return [box.name for box in picture.boxes] + [frame.name for frame in picture.frames]


def _check_ring(name: str, parent: Mapping[str, str]) -> None:
    seen = {name}
    while name in parent:
        name = parent[name]
        if name in seen:
            raise DrawingError(f"frame {name!r} contains itself")
        seen.add(name)
