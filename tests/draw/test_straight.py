"""Rows that are nearly level become level, where nothing is in the way."""

from draw.measure import faults

from archcode.draw.graph import Placement
from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.draw.plan import plan
from archcode.draw.rows import rows
from archcode.draw.straight import straight


def heights(arrows: str, **places: tuple[int, float]) -> dict[str, float]:
    """The heights of boxes, given by column and height, once their rows are straight."""
    boxes = tuple(Box(name, name) for name in places)
    picture = Picture("Rows", "", boxes, tuple(Arrow(*pair) for pair in arrows.split()))
    column = {name: place[0] for name, place in places.items()}
    y = {name: place[1] for name, place in places.items()}
    return straight(rows(plan(picture), Placement(column, y))).y


def test_a_box_moves_into_the_row_of_its_neighbours():
    assert set(heights("ab bc", a=(0, 0), b=(1, 9), c=(2, 0)).values()) == {0}


def test_a_level_row_moves_as_one():
    found = heights("ab bc cd", a=(0, 0), b=(1, 30), c=(2, 30), d=(3, 30))
    assert len(set(found.values())) == 1


def test_nothing_moves_where_others_are_in_the_way():
    places = {"a": (0, 0), "under": (0, 91), "b": (1, 9), "over": (1, -82)}
    assert heights("ab", **places) == {"a": 0, "under": 91, "b": 9, "over": -82}


def test_a_hub_stays_amid_what_it_fans_out_to():
    found = heights("ab ac", a=(0, 0), b=(1, -80), c=(1, 80))
    assert found == {"a": 0, "b": -80, "c": 80}


def test_a_box_at_the_end_of_its_only_arrow_comes_from_far():
    assert len(set(heights("ab bc", a=(0, 0), b=(1, 0), c=(2, 140)).values())) == 1


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
    at = {cell.name: cell.picture.y for cell in scene.cells}

    assert at["client"] == at["api"] == at["table"] == at["pipe"] == at["enrich"]
    assert at["queue"] == at["ship"] > at["pipe"]
    assert faults(picture, scene) == []
