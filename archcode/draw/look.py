"""Colours, sizes and strokes of a drawing, in AWS's notation."""

from dataclasses import dataclass
from typing import Literal

from archcode.draw.picture import ArrowKind, FrameKind

TextRole = Literal["title", "subtitle", "name", "service", "cost", "label", "frame", "badge"]

PAGE = "#FFFFFF"
FONT = "Archcode Sans"
ICON = 52.0
INK = "#16191F"
GREY = "#5F6B7A"


@dataclass(frozen=True, slots=True)
class TextLook:
    """Type of one role of text; sizes in points."""

    size: float
    bold: bool
    colour: str
    leading: float


@dataclass(frozen=True, slots=True)
class FrameLook:
    """Stroke and fill of one kind of frame; no colour means no fill."""

    colour: str
    text: str
    stroke: float
    dash: tuple[float, ...] = ()
    fill: str = "none"
    radius: float = 0

    @property
    def behind(self) -> str:
        """The colour behind what stands in the frame."""
        return PAGE if self.fill == "none" else self.fill


@dataclass(frozen=True, slots=True)
class ArrowLook:
    """Stroke of one kind of arrow, and its words in the legend."""

    colour: str
    words: str
    dash: tuple[float, ...] = ()


TEXT: dict[TextRole, TextLook] = {
    "title": TextLook(20, bold=True, colour=INK, leading=26),
    "subtitle": TextLook(11, bold=False, colour=GREY, leading=18),
    "name": TextLook(12, bold=True, colour=INK, leading=15),
    "service": TextLook(10, bold=False, colour=GREY, leading=14),
    "cost": TextLook(10, bold=False, colour="#1D8102", leading=14),
    "label": TextLook(10, bold=False, colour=GREY, leading=12),
    "frame": TextLook(11, bold=True, colour=INK, leading=14),
    "badge": TextLook(7, bold=True, colour="#FFFFFF", leading=8),
}
FRAME: dict[FrameKind, FrameLook] = {
    "cloud": FrameLook("#232F3E", INK, 1.4),
    "account": FrameLook("#E7157B", "#C7116A", 1.2),
    "region": FrameLook("#00A4A6", "#007F81", 1.4, dash=(1.4, 4)),
    "vpc": FrameLook("#8C4FFF", "#7338E0", 1.2),
    "lane": FrameLook("#7D8998", GREY, 1, dash=(6, 4), fill="#FAFBFC", radius=6),
}
ARROW: dict[ArrowKind, ArrowLook] = {
    "flow": ArrowLook("#545B64", "request or event"),
    "stream": ArrowLook("#8C4FFF", "stream"),
    "redrive": ArrowLook("#D13212", "redrive to dead-letter queue", dash=(4.5, 3.5)),
}
STROKE = 1.3
CORNER = 6.0
HEAD_LENGTH = 8.0
HEAD_WIDTH = 6.0
