"""From a picture to a scene: in one drawing if that can be read, else in columns."""

from functools import lru_cache

from archcode.draw.apart import apart
from archcode.draw.outline import filled, outline
from archcode.draw.pack import packed, parts
from archcode.draw.page import page
from archcode.draw.picture import Picture
from archcode.draw.plan import Plan, plan
from archcode.draw.rows import Rows
from archcode.draw.scene import Scene
from archcode.draw.sheet import Sheet
from archcode.draw.shelves import WORTH, scale
from archcode.draw.single import FEW, best, drawn

_TURNED = 1.25
"""So much larger on a slide a drawing has to be for its arrows to run down unasked."""
_TALL = 1.5
"""So many times higher than wide a page of many boxes wastes most of a slide."""
_STRIP = 1200.0
"""Points of height for each column that leave no doubt of that before lines are drawn."""


def lay_out(picture: Picture) -> Scene:
    """Place everything a picture shows."""
    return page(picture, filled(placed(outline(picture)), picture))


def prepare(picture: Picture) -> None:
    """Place a picture that is not priced yet; laid out next, with its costs, it has its places."""
    placed(outline(picture))


@lru_cache(maxsize=1)
def placed(picture: Picture) -> Sheet:
    """The drawing in the author's direction, or in the one in which it is larger on a slide."""
    if picture.direction == "TB":
        return _down(picture)
    level = plan(picture)
    if not level.boxes and not level.frames:
        return Sheet()
    return _many(level) if len(level.boxes) > FEW else _few(level)


def _few(level: Plan) -> Sheet:
    """One drawing, or several where those are larger on a slide."""
    whole, one = apart(level), drawn(best(level))
    if len(whole.parts) > 1 and _scale(one) < 1:
        several = packed(whole, parts(whole))
        one = several if _scale(several) > _scale(one) * WORTH else one
    return _turned(level, one) if _scale(one) < 1 else one


def _many(level: Plan) -> Sheet:
    """One drawing of each part; another direction is worth its time for a tall page only."""
    whole = apart(level)
    found = parts(whole) if len(whole.parts) > 1 else ()
    laid = [part.laid for part in found] or [best(level)]
    strip = max(map(_height, laid))
    if level.picture.direction == "auto" and strip > _STRIP * max(one.columns for one in laid):
        down = best(plan(level.picture, down=True))
        if scale(_height(down), 0) > scale(0, strip) * _TURNED:
            return drawn(down)
    sheet = packed(whole, found) if found else drawn(laid[0])
    tall = sheet.extent.height > sheet.extent.width * _TALL
    return _turned(level, sheet) if tall and _scale(sheet) < 1 else sheet


def _turned(level: Plan, sheet: Sheet) -> Sheet:
    """The drawing, or the one in the other direction where that may be chosen and is larger."""
    if level.picture.direction != "auto":
        return sheet
    down = _down(level.picture)
    return down if _scale(down) > _scale(sheet) * _TURNED else sheet


def _down(picture: Picture) -> Sheet:
    checked = plan(picture, down=True)
    return drawn(best(checked)) if checked.boxes or checked.frames else Sheet()


def _height(laid: Rows) -> float:
    """How far a layout reaches across the direction of its arrows."""
    return max(end for _, end in laid.span.values()) - min(start for start, _ in laid.span.values())


def _scale(sheet: Sheet) -> float:
    return scale(sheet.extent.width, sheet.extent.height)
