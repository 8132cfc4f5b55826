"""Units and names of the XML in a deck."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.util import Emu

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU = 12_700


def emu(points: float) -> "Emu":
    """English metric units, of which a point has 12,700."""
    from pptx.util import Emu

    return Emu(round(points * _EMU))


def element(tag: str, /, *inner: "BaseOxmlElement", **values: object) -> "BaseOxmlElement":
    """A DrawingML element with these attributes around others."""
    from pptx.oxml.xmlchemy import OxmlElement

    made = OxmlElement(f"a:{tag}")
    for key, value in values.items():
        made.set(key, str(value))
    made.extend(inner)
    return made


def solid(colour: str) -> "BaseOxmlElement":
    """A fill of one colour such as #16191F, or none of no colour."""
    if colour in ("", "none"):
        return element("noFill")
    return element("solidFill", element("srgbClr", val=colour.lstrip("#")))
