"""Cells of a draw.io file as XML, and text in them as HTML.

https://www.drawio.com/doc/faq/drawio-style-reference; text is HTML there, so it is escaped for HTML
before it is escaped for XML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.look import TEXT, BoxLook, Theme
from archcode.draw.metrics import width
from archcode.draw.scene import Rect
from archcode.render._link import https
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archcode.draw.scene import Line

LAYER = "1"
FONT = {"fontFamily": "Arial", "html": "1"}
PLAIN = {"spacing": "0", **FONT}
_PAGE = Rect(0, 0, 0, 0)


def html(line: Line, theme: Theme) -> str:
    """One line of text."""
    look, colour = TEXT[line.role], theme.ink[line.role]
    text = escape(line.text)
    bold = f"<b>{text}</b>" if look.bold else text
    return f'<font color="{colour}" style="font-size: {shown(look.size)}px">{bold}</font>'


def vertex(
    name: str,
    value: str,
    style: Mapping[str, str],
    rect: Rect,
    parent: str = LAYER,
    home: Rect = _PAGE,
) -> str:
    """A shape that no arrow can be tied to, with coordinates from its parent's corner."""
    return (
        f'<mxCell id="{name}" value="{escape(value)}" style="{joined(style)}" vertex="1" '
        f'connectable="0" parent="{parent}">{geometry(rect, home)}</mxCell>'
    )


def geometry(rect: Rect, home: Rect = _PAGE) -> str:
    """A rectangle, from the corner of what it stands in."""
    return (
        f'<mxGeometry x="{shown(rect.x - home.x)}" y="{shown(rect.y - home.y)}" '
        f'width="{shown(rect.width)}" height="{shown(rect.height)}" as="geometry"/>'
    )


def words(name: str, line: Line, theme: Theme) -> str:
    """A line of text in a place of its own."""
    look = TEXT[line.role]
    wide = width(line.text, look.size, bold=look.bold)
    style = {
        "text": "",
        "align": "left",
        "verticalAlign": "middle",
        "strokeColor": "none",
        "fillColor": "none",
        **PLAIN,
    }
    left = line.x - (wide / 2 if line.anchor == "middle" else 0)
    place = Rect(left, line.y - look.leading * 0.75, wide, look.leading)
    return vertex(name, html(line, theme), style, place)


def box(look: BoxLook) -> dict[str, str]:
    """The style of a rectangle, rounded where its look is."""
    return {
        "rounded": "1" if look.radius else "0",
        "absoluteArcSize": "1",
        "arcSize": shown(2 * look.radius),
        "fillColor": look.fill,
        "strokeColor": look.colour or "none",
        "strokeWidth": shown(look.stroke),
    }


def dashed(lengths: Iterable[float]) -> dict[str, str]:
    """The style of a line of dashes, if it has any."""
    pattern = " ".join(map(shown, lengths))
    return {"dashed": "1", "dashPattern": pattern, "fixDash": "1"} if pattern else {}


def opened(name: str, label: str, tooltip: str, link: str = "") -> str:
    """The start of an object whose label and tooltip are HTML."""
    told = f' tooltip="{escape(escape(tooltip))}"' if tooltip else ""
    address = https(link)
    leads = f' link="{escape(address)}"' if address else ""
    return f'<UserObject id="{name}" label="{escape(label)}"{told}{leads}>'


def joined(values: Mapping[str, str]) -> str:
    """A style; a key without a value is the name of one."""
    return "".join(f"{key}={value};" if value else f"{key};" for key, value in values.items())


def shown(number: float) -> str:
    """A number in thousandths."""
    return f"{round(number, 3):.10g}"
