"""The corners of connectors, computed from the formulas of the standard and not from our code.

presetShapeDefinitions.xml of ECMA-376 says of bentConnector3, for example:
adj1 = 50000, x1 = w * adj1 / 100000, path l,t to x1,t to x1,b to r,b.
"""

from __future__ import annotations

EMU = 12_700
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def preset(name, wide, high, shares):
    """The corners of a preset in its own rectangle."""
    share = [number / 100_000 for number in shares]
    if name in {"straightConnector1", "line"}:
        return [(0, 0), (wide, high)]
    if name == "bentConnector2":
        return [(0, 0), (wide, 0), (wide, high)]
    if name == "bentConnector3":
        x = wide * share[0]
        return [(0, 0), (x, 0), (x, high), (wide, high)]
    if name == "bentConnector4":
        x, y = wide * share[0], high * share[1]
        return [(0, 0), (x, 0), (x, y), (wide, y), (wide, high)]
    assert name == "bentConnector5"
    x, y, far = wide * share[0], high * share[1], wide * share[2]
    return [(0, 0), (x, 0), (x, y), (far, y), (far, high), (wide, high)]


def placed(corners, rect, turned, flip_x, flip_y):
    """Corners on the slide: flipped in their rectangle, then turned clockwise around its middle."""
    x, y, wide, high = rect
    found = []
    for along, across in corners:
        dx = (wide - along if flip_x else along) - wide / 2
        dy = (high - across if flip_y else across) - high / 2
        if turned:
            dx, dy = -dy, dx
        found.append((x + wide / 2 + dx, y + high / 2 + dy))
    return found


def corners(shape):
    """The corners of a connector in points, from its start to its end."""
    (place,) = shape.element.iter(f"{A}xfrm")
    offset, extent = place.find(f"{A}off"), place.find(f"{A}ext")
    x, y = (int(offset.get(name)) / EMU for name in ("x", "y"))
    wide, high = (int(extent.get(name)) / EMU for name in ("cx", "cy"))
    assert place.get("rot", "0") in {"0", "5400000"}
    (geometry,) = shape.element.iter(f"{A}prstGeom")
    shares = [int(guide.get("fmla").removeprefix("val ")) for guide in geometry.iter(f"{A}gd")]
    return placed(
        preset(geometry.get("prst"), wide, high, shares),
        (x, y, wide, high),
        place.get("rot") == "5400000",
        place.get("flipH") == "1",
        place.get("flipV") == "1",
    )


def apart(one, other):
    """The largest distance between two rows of corners."""
    assert len(one) == len(other)
    return max(
        max(abs(x1 - x2), abs(y1 - y2)) for (x1, y1), (x2, y2) in zip(one, other, strict=True)
    )
