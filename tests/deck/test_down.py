"""Drawings whose arrows run down: from under a caption to the top of an icon, with their bends.

The scene is made by hand, so that it shows every way in which an arrow may meet a box.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from deck.geometry import A, apart, corners
from deck.made import everything
from draw.conftest import LAMBDA, SQS
from draw.scenery import inner, segments
from draw.test_drawio import Cells, near
from pptx import Presentation

from archcode.cli import _assets
from archcode.draw.picture import Box, Picture
from archcode.draw.scene import Cell, Label, Line, Rect, Route, Scene
from archcode.draw.slide import fitted
from archcode.render import drawio, pptx
from archcode.render.pptx._package import BODY

EMU = 12_700
TOP, LEFT, BOTTOM, RIGHT = range(4)
ICONS = _assets.icons(Picture("", boxes=(Box("a", "", icon=SQS), Box("b", "", icon=LAMBDA))), 4)


def cell(name, x, y, icon=SQS):
    """A box around the middle of its icon, with a caption of 43 points."""
    lines = [
        Line(text, x, y + 29 + down, role)
        for text, down, role in (
            (name, 12, "name"),
            ("SQS queue", 26, "service"),
            ("$1/mo", 40, "cost"),
        )
    ]
    caption = Rect(x - 30, y + 26, 60, 46)
    return Cell(name, icon, Rect(x - 26, y - 26, 52, 52), caption, tuple(lines), f"{name}: tip")


def label(text, x, y, side):
    """Words beside a line at x, or above one at y."""
    left = {"right": x + 6, "left": x - 66, "above": x - 30}[side]
    top = y - 15 if side == "above" else y - 6
    return Label(Rect(left, top, 60, 12), (Line(text, left + 30, top + 9, "label"),), "flow")


def scene():
    """Rows of boxes at y = 50, 230 and 410; captions end 72 under the middle of an icon."""
    cells = (
        cell("first", 200, 50),
        cell("second", 100, 230, LAMBDA),
        cell("third", 300, 230),
        cell("dead", 450, 230),
        cell("last", 300, 410, LAMBDA),
    )
    routes = (
        # down from under a caption, and to the side where there are two
        Route("first", "second", "flow", ((200, 124), (200, 160), (100, 160), (100, 204)), "a"),
        Route("first", "third", "flow", ((200, 124), (200, 160), (300, 160), (300, 204)), "b"),
        Route("third", "last", "flow", ((308.5, 304), (308.5, 384)), "c"),
        # straight to a dead-letter queue at the right
        Route("third", "dead", "redrive", ((326, 230), (424, 230)), "d"),
        # back up into a side
        Route(
            "last", "first", "flow", ((300, 484), (300, 510), (20, 510), (20, 50), (174, 50)), ""
        ),
        # up into a caption from below, and into the bottom of an icon
        Route("last", "second", "stream", ((274, 410), (92, 410), (92, 304)), "f"),
        Route(
            "second",
            "second",
            "flow",
            ((126, 240), (150, 240), (150, 190), (110, 190), (110, 204)),
            "",
        ),
    )
    labels = (
        label("to the second", 100, 185, "left"),
        label("to the third", 300, 185, "right"),
        label("batch 10", 308.5, 345, "right"),
        label("after 5", 375, 230, "above"),
        label("again", 160, 510, "above"),
    )
    return Scene(560, 540, "Down", "", (), (), cells, routes, labels, ())


@pytest.fixture(scope="module")
def drawn():
    return fitted(scene(), BODY)


@pytest.fixture(scope="module")
def slide():
    return Presentation(BytesIO(pptx.render(scene(), "", ICONS))).slides[0]


def glued(slide, name):
    """Name of the shape and side at each end of an arrow."""
    names = {shape.shape_id: shape.name for shape in everything(slide.shapes)}
    (arrow,) = [shape for shape in slide.shapes if shape.name == name]
    ends = [next(arrow.element.iter(f"{A}{tag}")) for tag in ("stCxn", "endCxn")]
    return [(names[int(end.get("id"))], int(end.get("idx"))) for end in ends]


@pytest.mark.parametrize(
    ("arrow", "ends"),
    [
        ("first to second", [("Caption of first", BOTTOM), ("Icon of second", TOP)]),
        ("first to third", [("Caption of first", BOTTOM), ("Icon of third", TOP)]),
        ("third to last", [("Caption of third", BOTTOM), ("Icon of last", TOP)]),
        ("third to dead", [("Icon of third", RIGHT), ("Icon of dead", LEFT)]),
        ("last to first", [("Caption of last", BOTTOM), ("Icon of first", LEFT)]),
        ("last to second", [("Icon of last", LEFT), ("Caption of second", BOTTOM)]),
        ("second to second", [("Icon of second", RIGHT), ("Icon of second", TOP)]),
    ],
)
def test_arrows_are_glued_where_they_end(arrow, ends, slide):
    assert glued(slide, arrow) == ends


def test_an_arrow_at_the_bottom_of_an_icon_is_glued_there():
    cells = (cell("one", 100, 50), cell("two", 300, 50))
    points = ((100, 76), (100, 180), (300, 180), (300, 124))
    made = Scene(
        500, 300, "T", "", (), (), cells, (Route("one", "two", "flow", points, ""),), (), ()
    )
    slide = Presentation(BytesIO(pptx.render(made, "", ICONS))).slides[0]

    assert glued(slide, "one to two") == [("Icon of one", BOTTOM), ("Caption of two", BOTTOM)]


def test_bends_are_those_of_the_drawing(drawn, slide):
    for route in drawn.scene.routes:
        (arrow,) = [s for s in slide.shapes if s.name == f"{route.source} to {route.target}"]
        assert apart(corners(arrow), route.points) < 0.5, arrow.name


def test_ends_are_on_the_sides_that_they_are_glued_to(slide):
    shapes = {shape.shape_id: shape for shape in everything(slide.shapes)}
    arrows = [shape for shape in slide.shapes if shape.element.tag.endswith("}cxnSp")]

    assert len(arrows) == 7
    for arrow in arrows:
        path = corners(arrow)
        for tag, (x, y) in (("stCxn", path[0]), ("endCxn", path[-1])):
            (end,) = arrow.element.iter(f"{A}{tag}")
            shape, side = shapes[int(end.get("id"))], int(end.get("idx"))
            left, top = shape.left / EMU, shape.top / EMU
            right, bottom = left + shape.width / EMU, top + shape.height / EMU
            edge = {TOP: top, LEFT: left, BOTTOM: bottom, RIGHT: right}[side]
            assert abs((x if side in {LEFT, RIGHT} else y) - edge) < 0.5, arrow.name
            assert left - 0.1 <= x <= right + 0.1
            assert top - 0.1 <= y <= bottom + 0.1


def test_nothing_is_crossed_by_an_arrow_that_was_not_before(drawn):
    for route in drawn.scene.routes:
        for piece in segments(route):
            assert min(piece.width, piece.height) == pytest.approx(0, abs=0.01)
            for one in drawn.scene.cells:
                assert not inner(one.picture, 0.1).overlaps(piece), (route, one.name)
                assert not inner(one.caption, 0.1).overlaps(piece), (route, one.name)


def test_labels_stay_on_their_side_of_their_lines(drawn):
    """6 points beside a line that runs down, 3 above a level one, at the factor of icons."""
    left, right, long, dead, again = drawn.scene.labels
    second, third, last, drop, back, *_ = drawn.scene.routes
    by = drawn.factor

    assert drawn.sides == ("left", "right", "right", "above", "above")
    assert second.points[-1][0] - left.rect.right == pytest.approx(6 * by, abs=0.05)
    assert right.rect.x - third.points[-1][0] == pytest.approx(6 * by, abs=0.05)
    assert long.rect.x - last.points[0][0] == pytest.approx(6 * by, abs=0.05)
    assert drop.points[0][1] - dead.rect.bottom == pytest.approx(3 * by, abs=0.05)
    assert back.points[1][1] - again.rect.bottom == pytest.approx(3 * by, abs=0.05)


def test_words_beside_a_line_begin_or_end_at_it(slide):
    boxes = {s.name: s for s in slide.shapes if s.name.startswith("Label")}
    sides = {
        name: boxes[f"Label: {name}"].text_frame.paragraphs[0].alignment.name
        for name in ("to the second", "to the third", "after 5")
    }

    assert sides == {"to the second": "RIGHT", "to the third": "LEFT", "after 5": "CENTER"}


def test_draw_io_ties_them_where_they_end_and_keeps_their_corners():
    made = scene()
    cells = Cells(drawio.render(made, ICONS))
    for number, route in enumerate(made.routes, 1):
        line = cells.line(f"flow-{number}")
        expected = list(route.points)
        if len(expected) == 2:
            (x1, y1), (x2, y2) = expected
            expected.insert(1, ((x1 + x2) / 2, (y1 + y2) / 2))
        assert all(near(*pair) for pair in zip(line, expected, strict=True)), route
        assert "source" in cells[f"flow-{number}"].attrib
