"""What a drawing shows: boxes, the arrows between them and the frames around them."""

from typing import Literal

from msgspec import Struct

ArrowKind = Literal["flow", "stream", "redrive"]
FrameKind = Literal["cloud", "account", "region", "vpc", "lane"]
BadgeKind = Literal["fifo", "encrypted"]
Direction = Literal["auto", "LR", "TB"]
"""Left to right, top to bottom, or whichever is larger on a slide; Graphviz's words."""


class Box(Struct, frozen=True):
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
    badges: tuple[BadgeKind, ...] = ()
    """Signs on the corners of the icon."""
    heat: int = 0
    """From 1, cool, to 5, hot; 0 draws no plate behind the icon."""
    link: str = ""
    """An https address that a click on the box opens."""


class Arrow(Struct, frozen=True):
    """One connection, from the box that sends to the box that receives."""

    source: str
    target: str
    label: str = ""
    kind: ArrowKind = "flow"
    step: int = 0
    """The number beside the label; 0 shows none."""
    description: str = ""
    """What the tooltip says beside the label."""


class Step(Struct, frozen=True):
    """One entry of the numbered legend."""

    number: int
    text: str


class Scale(Struct, frozen=True):
    """What the plates behind icons mean: a heading, and words for each level of heat from 1 up."""

    title: str
    levels: tuple[str, ...]


class Frame(Struct, frozen=True):
    """A border around boxes and other frames, both given by name."""

    name: str
    label: str
    kind: FrameKind
    contains: tuple[str, ...] = ()


class Picture(Struct, frozen=True):
    """Everything one drawing shows; the order of boxes and frames is top to bottom."""

    title: str
    subtitle: str = ""
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    frames: tuple[Frame, ...] = ()
    steps: tuple[Step, ...] = ()
    scale: Scale | None = None
    direction: Direction = "auto"
