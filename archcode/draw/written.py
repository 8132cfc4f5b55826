"""A label as it is written: rows of text, with the number of a step at their left."""

from archcode.draw.look import TEXT
from archcode.draw.marks import beside, number, number_width
from archcode.draw.metrics import width as measure
from archcode.draw.plan import Edge
from archcode.draw.scene import Label, Line, Rect


def width(edge: Edge, rows: tuple[str, ...]) -> float:
    """Width of these rows with the number at their left."""
    text = max((measure(row, TEXT["label"].size) for row in rows), default=0)
    return beside(number_width(edge.number), text) + text


def height(rows: tuple[str, ...]) -> float:
    """Height of a label of these rows; a number alone is as high as one row."""
    return TEXT["label"].leading * max(len(rows), 1)


def written(edge: Edge, rows: tuple[str, ...], middle: float, top: float) -> Label:
    """The rows of a label, centred, from their upper edge down; a number stands at their left."""
    look = TEXT["label"]
    wide, high = width(edge, rows), height(rows)
    rect = Rect(middle - wide / 2, top, wide, high)
    text = max((measure(row, look.size) for row in rows), default=0)
    lines = tuple(
        Line(row, rect.right - text / 2, top + look.leading * (place + 1) - 3, "label")
        for place, row in enumerate(rows)
    )
    mark = number(edge.number, rect.x, top + high / 2) if edge.steps else None
    return Label(rect, lines, edge.kind, mark)
