"""From a picture to a scene: in one drawing if that can be read, else in columns."""

from archcode.draw.apart import apart
from archcode.draw.pack import packed
from archcode.draw.page import page
from archcode.draw.picture import Picture
from archcode.draw.plan import Plan, plan
from archcode.draw.scene import Scene
from archcode.draw.sheet import Sheet
from archcode.draw.shelves import WORTH, scale
from archcode.draw.single import FEW, best, drawn

_TURNED = 1.25
"""So much larger on a slide a drawing has to be for its arrows to run down unasked."""
_TALL = 1.5
"""So many times higher than wide a page of many boxes wastes most of a slide."""


def lay_out(picture: Picture) -> Scene:
    """Place everything a picture shows."""
    return page(picture, _directed(picture))


def _directed(picture: Picture) -> Sheet:
    """The drawing in the author's direction, or in the one in which it is larger on a slide."""
    if picture.direction == "TB":
        return _down(picture)
    level = plan(picture)
    if not level.boxes and not level.frames:
        return Sheet()
    sheet = _sheet(level)
    if picture.direction == "LR" or not _may_turn(level, sheet):
        return sheet
    down = _down(picture)
    return down if _scale(down) > _scale(sheet) * _TURNED else sheet


def _may_turn(level: Plan, sheet: Sheet) -> bool:
    """Whether another direction is worth its time: that of many boxes only for a tall page."""
    tall = sheet.extent.height > sheet.extent.width * _TALL
    return _scale(sheet) < 1 and (tall or len(level.boxes) <= FEW)


def _down(picture: Picture) -> Sheet:
    checked = plan(picture, down=True)
    return drawn(best(checked)) if checked.boxes or checked.frames else Sheet()


def _sheet(checked: Plan) -> Sheet:
    """One drawing, or several where those are larger on a slide."""
    whole = apart(checked)
    if len(whole.parts) == 1:
        return drawn(best(checked))
    if len(checked.boxes) > FEW:
        return packed(whole)
    one = drawn(best(checked))
    if _scale(one) >= 1:
        return one
    several = packed(whole)
    return several if _scale(several) > _scale(one) * WORTH else one


def _scale(sheet: Sheet) -> float:
    return scale(sheet.extent.width, sheet.extent.height)
