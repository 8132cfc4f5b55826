from draw.measure import faults

from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Frame, Picture


def heights(scene):
    return {cell.name: cell.picture.y for cell in scene.cells}


def test_lanes_are_straight_and_in_the_order_of_the_author():
    """The first lane goes on straight; the second branches off below it, as the author wrote."""
    names = ("client", "api", "table", "pipe", "enrich", "queue", "ship")
    chains = (("client", "api"), ("api", "table"), ("table", "pipe"), ("pipe", "enrich"))
    arrows = tuple(Arrow(*ends) for ends in (*chains, ("pipe", "queue"), ("queue", "ship")))
    frames = (
        Frame("ordering", "Ordering", "lane", ("api", "table")),
        Frame("capture", "Capture", "lane", ("pipe", "enrich")),
        Frame("shipping", "Shipping", "lane", ("queue", "ship")),
        Frame("cloud", "AWS Cloud", "cloud", ("ordering", "capture", "shipping")),
    )
    boxes = tuple(Box(n, n, ("SQS",), "$1") for n in names)
    picture = Picture("Lanes", "", boxes, arrows, frames, direction="LR")
    scene = lay_out(picture)
    at = heights(scene)

    assert at["client"] == at["api"] == at["table"] == at["pipe"] == at["enrich"]
    assert at["queue"] == at["ship"] > at["pipe"]
    assert faults(picture, scene) == []


def test_a_row_moves_with_what_hangs_under_it():
    names = ("topic", "one", "one-dlq", "two", "two-dlq", "done")
    arrows = (
        Arrow("topic", "one"),
        Arrow("topic", "two"),
        Arrow("one", "one-dlq", "", "redrive"),
        Arrow("two", "two-dlq", "", "redrive"),
        Arrow("two", "done"),
    )
    boxes = tuple(Box(n, n, ("SQS",), "$1") for n in names)
    at = heights(lay_out(Picture("Rows", "", boxes, arrows, direction="LR")))

    assert at["one-dlq"] - at["one"] == at["two-dlq"] - at["two"] > 52
    assert at["two"] == at["done"]
    assert at["topic"] in (at["one"], at["two"])
