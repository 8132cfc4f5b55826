"""The frames of a picture as a tree, for formats whose containers nest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Box, Frame, Picture

_OTHER = re.compile(r"[^A-Za-z0-9]+")


class Nested(Struct, frozen=True):
    """A picture whose frames are opened level by level; `keys` are plain words for all names."""

    picture: Picture
    boxes: dict[str, Box]
    frames: dict[str, Frame]
    parent: dict[str, str]
    keys: dict[str, str]

    def inside(self, frame: str = "") -> Iterator[Box | Frame]:
        """Boxes and frames directly in a frame, or in none."""
        for name in self.frames[frame].contains if frame else (*self.frames, *self.boxes):
            if frame or name not in self.parent:
                yield self.boxes.get(name) or self.frames[name]

    def path(self, name: str) -> tuple[str, ...]:
        """The keys of the frames around a name, from the outside in, and its own."""
        found = [self.keys[name]]
        while name in self.parent:
            name = self.parent[name]
            found.append(self.keys[name])
        return tuple(reversed(found))


def nested(picture: Picture) -> Nested:
    """The tree of a picture."""
    frames = {frame.name: frame for frame in picture.frames}
    boxes = {box.name: box for box in picture.boxes}
    parent = {name: frame.name for frame in picture.frames for name in frame.contains}
    return Nested(picture, boxes, frames, parent, _keys((*frames, *boxes)))


def _keys(names: tuple[str, ...]) -> dict[str, str]:
    """A word of letters, digits and underscores for each name, no two alike."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = key = "c_" + _OTHER.sub("_", name).strip("_")
        number = 2
        while key.lower() in taken:
            key = f"{plain}_{number}"
            number += 1
        taken.add(key.lower())
        keys[name] = key
    return keys
