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


def lay_out(picture: Picture) -> Scene:
    """Place everything a picture shows."""
    checked = plan(picture)
    return page(picture, _sheet(checked) if checked.boxes or checked.frames else Sheet())


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
