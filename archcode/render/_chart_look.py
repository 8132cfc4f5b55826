"""How the options of a chart are told apart: colour, dashes and markers, or colour and hatches.

Each of the first 14 differs from all others in every one of them, so that colour is never needed.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from archcode.draw.look import Theme, ThemeName

STROKE = 2.6
OPTIONS = 14
"""So many options have colours, dashes, markers and hatches of their own."""
_COLOURS: dict[ThemeName, str] = {
    "light": "#0B5CAD #C8450B #1D8102 #7338E0 #C7116A #007F81 #7A5A00 "
    "#232F3E #D13212 #5F6B7A #4B53BC #8A3D12 #3F6B00 #9A2BA8",
    "dark": "#6CB2F5 #FF9A5C #7FD27F #B197FC #F58FC0 #2EC4C6 #E0C04A "
    "#F4F6F9 #FF6B5E #9BA7B6 #A3ABFF #D9A27E #B5D84C #E39BF0",
}
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (9, 4),
    (2, 2.5),
    (10, 3, 2, 3),
    (18, 5),
    (5, 3),
    (10, 3, 2, 3, 2, 3),
    (18, 3, 5, 3),
    (3, 6),
    (14, 3, 2, 3, 2, 3, 2, 3),
    (26, 4, 2, 4),
    (5, 3, 5, 8),
    (2, 2.5, 2, 7),
    (12, 9),
)
_MARKERS = ["o", "s", "^", "D", "v", "P", "X", "o", "s", "^", "D", "v", "*", "p"]
_SIZES = {"*": 15, "^": 12, "v": 12, "X": 12, "P": 12, "p": 12}
"""Points of markers that look smaller than a disc of 10."""
_FILLED = (True,) * 7 + (False,) * 5 + (True, False)
_HATCHES = ("", "/", ".", "\\", "-", "x", "|", "o", "+", "//", "/-", "--", "O", "\\\\")


class OptionLook(Struct, frozen=True):
    """An option's colour, dashes in points (none where solid), marker, and hatch of its area."""

    colour: str
    dashes: tuple[float, ...]
    marker: str
    filled: bool
    hatch: str


def look_of(place: int, theme: Theme) -> OptionLook:
    """The look of an option by its place; after the first 14, pairs of dashes and marker differ."""
    round_, one = divmod(place, OPTIONS)
    marker = (one + round_) % OPTIONS
    return OptionLook(
        _COLOURS["dark" if theme.name == "dark" else "light"].split()[one],
        _DASHES[one],
        _MARKERS[marker],
        _FILLED[marker],
        _HATCHES[one] + _HATCHES[round_ % OPTIONS] if round_ else _HATCHES[one],
    )


def stroke(look: OptionLook) -> dict[str, Any]:
    """The line of an option, as matplotlib takes it; dashes are in points."""
    dashes = tuple(part / STROKE for part in look.dashes)
    return {
        "color": look.colour,
        "linewidth": STROKE,
        "linestyle": (0, dashes) if dashes else "-",
        "dash_capstyle": "butt",
        "solid_joinstyle": "round",
    }


def marker(look: OptionLook, page: str) -> dict[str, Any]:
    """The marker of an option, filled with its colour or that of the page."""
    return {
        "marker": look.marker,
        "markersize": _SIZES.get(look.marker, 10),
        "markerfacecolor": look.colour if look.filled else page,
        "markeredgecolor": page if look.filled else look.colour,
        "markeredgewidth": 0.8 if look.filled else 2,
        "linestyle": "none",
    }


def mixed(colour: str, page: str, part: float) -> str:
    """A colour of which only a part is left on the page."""
    pairs = [(int(colour[i : i + 2], 16), int(page[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(one * part + two * (1 - part)):02X}" for one, two in pairs)
