"""Sizes and strokes of a drawing in AWS's notation, and its colours on light and dark pages.

Text has at least the contrast of 4.5 to 1 that https://www.w3.org/TR/WCAG22/#contrast-minimum asks.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from archcode.draw.picture import ArrowKind, BadgeKind, FrameKind

TextRole = Literal[
    "title", "subtitle", "name", "service", "cost", "label", "frame", "badge", "step", "note"
]
MarkRole = Literal["step", "fifo", "encrypted", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"]
ThemeName = Literal["light", "dark", "web"]

FONT = "Archcode Sans"
GROUP = "aws/general/general.png"
"""The icon of a closed group: AWS's for what is no service of its own, with a ground."""
GROUP_MARGIN = 0.08
ICON = 52.0


class TextLook(Struct, frozen=True):
    """Type of one role of text; sizes in points."""

    size: float
    bold: bool
    leading: float


class BoxLook(Struct, frozen=True):
    """Stroke and fill of a rectangle; no colour means none of it."""

    colour: str = ""
    stroke: float = 0
    dash: tuple[float, ...] = ()
    fill: str = "none"
    radius: float = 0


class FrameLook(Struct, frozen=True):
    """A frame's rectangle and the colour of its title."""

    box: BoxLook
    text: str


class Theme(Struct, frozen=True):
    """The colours of a page; `plate` is what goes behind icons that are drawn for a white page."""

    name: ThemeName
    page: str
    ink: Mapping[TextRole, str]
    frames: Mapping[FrameKind, FrameLook]
    arrows: Mapping[ArrowKind, str]
    blank: BoxLook
    badge: BoxLook
    marks: Mapping[MarkRole, BoxLook]
    plate: BoxLook | None = None

    def under(self, icon: str) -> BoxLook | None:
        """What goes behind an icon: AWS's general ones, and those of others, are dark lines."""
        lines = icon.startswith("aws/general/") or not icon.startswith("aws/")
        return self.plate if lines and icon != GROUP else None

    def behind(self, kind: FrameKind) -> str:
        """The colour behind what stands in a frame."""
        fill = self.frames[kind].box.fill
        return self.page if fill == "none" else fill


TEXT: dict[TextRole, TextLook] = {
    "title": TextLook(20, bold=True, leading=26),
    "subtitle": TextLook(11, bold=False, leading=18),
    "name": TextLook(12, bold=True, leading=15),
    "service": TextLook(10, bold=False, leading=14),
    "cost": TextLook(10, bold=False, leading=14),
    "label": TextLook(10, bold=False, leading=12),
    "frame": TextLook(11, bold=True, leading=14),
    "badge": TextLook(7, bold=True, leading=8),
    "step": TextLook(9, bold=True, leading=11),
    "note": TextLook(10, bold=False, leading=14),
}
KINDS: dict[ArrowKind, str] = {
    "flow": "request or event",
    "stream": "stream",
    "redrive": "redrive to dead-letter queue",
}
"""Kinds of arrow in the order of the legend, each with its words."""
BADGES: dict[BadgeKind, str] = {
    "fifo": "keeps the order of a message group",
    "encrypted": "encrypted with a KMS key",
}
"""Badges in the order of the legend, each with its words."""
DASHES: dict[ArrowKind, tuple[float, ...]] = {"redrive": (4.5, 3.5)}
STROKE = 1.3
CORNER = 6.0
HEAD_LENGTH = 8.0
HEAD_WIDTH = 6.0


def _ink(text: str, grey: str, cost: str, badge: str) -> dict[TextRole, str]:
    return {
        "title": text,
        "subtitle": grey,
        "name": text,
        "service": grey,
        "cost": cost,
        "label": grey,
        "frame": text,
        "badge": badge,
        "step": badge,
        "note": text,
    }


def _marks(ground: str, ring: str, *heat: str) -> dict[MarkRole, BoxLook]:
    """Numbers and badges on one ground; heat from cool to hot, each level darker or lighter.

    The order can be told without colour, as on black and white paper.
    """
    cool, warm, middling, hot, hottest = heat
    return {
        "step": BoxLook(fill=ground, radius=3),
        "fifo": BoxLook(ring, 1, fill=ground, radius=5.5),
        "encrypted": BoxLook(ring, 1, fill=ground, radius=7),
        "heat-1": BoxLook(fill=cool, radius=7),
        "heat-2": BoxLook(fill=warm, radius=7),
        "heat-3": BoxLook(fill=middling, radius=7),
        "heat-4": BoxLook(fill=hot, radius=7),
        "heat-5": BoxLook(fill=hottest, radius=7),
    }


def _frames(
    cloud: str, account: str, region: str, vpc: str, lane: tuple[str, str, str], ink: str
) -> dict[FrameKind, FrameLook]:
    """Frames whose titles are darker or lighter than their lines where contrast needs it."""
    account_line, account_text = account.split()
    region_line, region_text = region.split()
    vpc_line, vpc_text = vpc.split()
    line, text, fill = lane
    return {
        "cloud": FrameLook(BoxLook(cloud, 1.4), ink),
        "account": FrameLook(BoxLook(account_line, 1.2), account_text),
        "region": FrameLook(BoxLook(region_line, 1.4, dash=(1.4, 4)), region_text),
        "vpc": FrameLook(BoxLook(vpc_line, 1.2), vpc_text),
        "lane": FrameLook(BoxLook(line, 1, dash=(6, 4), fill=fill, radius=6), text),
    }


LIGHT = Theme(
    "light",
    "#FFFFFF",
    _ink("#16191F", "#5F6B7A", "#1D8102", "#FFFFFF"),
    _frames(
        "#232F3E",
        "#E7157B #C7116A",
        "#00A4A6 #007F81",
        "#8C4FFF #7338E0",
        ("#7D8998", "#5F6B7A", "#FAFBFC"),
        "#16191F",
    ),
    {"flow": "#545B64", "stream": "#8C4FFF", "redrive": "#D13212"},
    BoxLook("#7D8998", 1.2, fill="#F2F3F5", radius=4),
    BoxLook(fill="#232F3E"),
    _marks("#232F3E", "#FFFFFF", "#FFF1CC", "#FFDB94", "#FFB861", "#F98B3C", "#D9541E"),
)
DARK = Theme(
    "dark",
    "#0F1B2A",
    _ink("#F4F6F9", "#9BA7B6", "#7FD27F", "#16191F"),
    _frames(
        "#D5DBE3",
        "#F06CAB #F58FC0",
        "#2EC4C6 #2EC4C6",
        "#B197FC #B197FC",
        ("#7D8998", "#9BA7B6", "#16263A"),
        "#F4F6F9",
    ),
    {"flow": "#B6BEC9", "stream": "#B197FC", "redrive": "#FF6B5E"},
    BoxLook("#9BA7B6", 1.2, fill="#24364C", radius=4),
    BoxLook(fill="#D5DBE3"),
    _marks("#D5DBE3", "#0F1B2A", "#3B3018", "#5E4517", "#8A5716", "#BD6B1A", "#F58A2B"),
    BoxLook(fill="#F4F6F9", radius=8),
)
THEMES: dict[ThemeName, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
