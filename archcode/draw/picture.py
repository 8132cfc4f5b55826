"""What a drawing shows: boxes, the arrows between them and the frames around them."""

from dataclasses import dataclass
from typing import Literal

ArrowKind = Literal["flow", "stream", "redrive"]
FrameKind = Literal["cloud", "account", "region", "vpc", "lane"]


@dataclass(frozen=True, slots=True)
class Box:
    """One component: an icon with its name, its service and its cost under it."""

    name: str
    title: str
    lines: tuple[str, ...] = ()
    cost: str = ""
    icon: str = ""
    """Path inside the resources of the diagrams package; empty draws a neutral box."""
    tooltip: str = ""
    margin: float = 0.0
    """Part of the icon's width that is empty on its left, and as much on its right."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One connection, from the box that sends to the box that receives."""

    source: str
    target: str
    label: str = ""
    kind: ArrowKind = "flow"


@dataclass(frozen=True, slots=True)
class Frame:
    """A border around boxes and other frames, both given by name."""

    name: str
    label: str
    kind: FrameKind
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything one drawing shows; the order of boxes and frames is top to bottom."""

    title: str
    subtitle: str = ""
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    frames: tuple[Frame, ...] = ()
