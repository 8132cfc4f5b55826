"""A scene on a slide is all there, in its order, inside its room and as large as can be."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from deck.made import SPECS, made
from draw.conftest import EXAMPLES
from draw.scenery import inner, segments
from msgspec.structs import replace

from archcode.draw.layout import lay_out
from archcode.draw.look import TEXT
from archcode.draw.picture import Box, Picture
from archcode.draw.scene import Rect
from archcode.draw.slide import fitted

ROOM = Rect(24, 68, 912, 464)
SIDES = Rect(12, 68, 936, 464)
"""Text may reach into the margins at the left and the right."""
SCENES = {name: (lambda make=make: lay_out(make())) for name, make in EXAMPLES.items()}
SCENES |= {name: (lambda name=name: made(name).scene) for name in SPECS}
DOWN = {
    f"{name} down": (lambda make=make: lay_out(replace(make(), direction="TB")))
    for name, make in EXAMPLES.items()
    if name not in {"empty", "single", "many"}
}
SCENES |= DOWN

every = pytest.mark.parametrize("name", SCENES)


@every
def test_everything_is_there(name):
    scene = SCENES[name]()
    shown = fitted(scene, ROOM).scene

    assert [c.name for c in shown.cells] == [c.name for c in scene.cells]
    assert [f.name for f in shown.frames] == [f.name for f in scene.frames]
    assert [(r.source, r.target, r.kind) for r in shown.routes] == [
        (r.source, r.target, r.kind) for r in scene.routes
    ]
    legends = replace(scene, heading=(), legend=(), signs=(), scale=(), steps=())
    assert sorted(line.text for line in shown.lines) == sorted(line.text for line in legends.lines)


@every
def test_everything_is_in_its_room(name):
    shown = fitted(SCENES[name](), ROOM).scene
    fixed = [frame.rect for frame in shown.frames] + [cell.picture for cell in shown.cells]
    fixed += [piece for route in shown.routes for piece in segments(route)]
    words = [cell.caption for cell in shown.cells] + [label.rect for label in shown.labels]

    assert all(inner(ROOM, -0.1).encloses(rect) for rect in fixed)
    assert all(inner(SIDES, -0.1).encloses(rect) for rect in words)


@every
def test_nothing_covers_anything(name):
    shown = fitted(SCENES[name](), ROOM).scene
    solid = [(c.name, rect) for c in shown.cells for rect in (c.picture, c.caption)]
    solid += [(f"label {n}", label.rect) for n, label in enumerate(shown.labels)]

    for (one, first), (two, second) in combinations(solid, 2):
        assert one == two or not inner(first).overlaps(second), (one, two)
    for route in shown.routes:
        for piece in segments(route):
            assert min(piece.width, piece.height) == 0
            for cell in shown.cells:
                for wall in (_shown(cell), cell.caption):
                    assert not inner(wall).overlaps(piece), (route, cell.name)


def _shown(cell):
    """An icon without its empty sides, into which arrows reach."""
    return Rect(cell.left, cell.picture.y, cell.right - cell.left, cell.picture.height)


@every
def test_arrows_join_their_icons(name):
    shown = fitted(SCENES[name](), ROOM).scene
    cells = {cell.name: cell for cell in shown.cells}
    for route in shown.routes:
        source, target = cells[route.source], cells[route.target]
        (x, y), (end_x, end_y) = route.points[0], route.points[-1]
        if y > source.picture.bottom:
            assert y == pytest.approx(source.caption.bottom, abs=0.025)
            assert source.picture.x < x < source.picture.right
        else:
            assert x == pytest.approx(source.right, abs=0.025)
        icon = target.picture
        edges = (end_x - target.left, end_x - target.right, end_y - icon.y)
        assert min(map(abs, edges)) < 0.02
        assert inner(icon, -0.1).overlaps(Rect(end_x, end_y, 0, 0))


def _middle(cell):
    return cell.picture.x + cell.picture.width / 2


@every
def test_frames_hold_what_they_held(name):
    scene = SCENES[name]()
    shown = fitted(scene, ROOM).scene
    for before, after in zip(scene.frames, shown.frames, strict=True):
        inside = [before.rect.encloses(cell.picture) for cell in scene.cells]
        assert [after.rect.encloses(cell.picture) for cell in shown.cells] == inside
        own = [c for c, held in zip(shown.cells, inside, strict=True) if held]
        assert all(inner(after.rect, -0.1).encloses(cell.caption) for cell in own)


@every
def test_labels_stay_near_their_lines(name):
    """Not further above them than before, with the rounding of hundredths."""
    scene = SCENES[name]()
    made_ = fitted(scene, ROOM)
    for label in made_.scene.labels:
        near = inner(label.rect, -6 * max(made_.factor, 1) - 0.1)
        lines = [piece for route in made_.scene.routes for piece in segments(route)]
        assert any(near.overlaps(line) for line in lines)
        assert not any(inner(label.rect, 0.5).overlaps(line) for line in lines)


@every
def test_text_is_never_smaller_than_its_drawing(name):
    made_ = fitted(SCENES[name](), ROOM)
    sizes = made_.sizes

    for factor in (sizes.caption, sizes.label, sizes.frame):
        assert made_.factor <= factor <= max(made_.factor, 0.9)


@pytest.mark.parametrize("name", SPECS)
def test_the_examples_can_be_read_on_a_screen(name):
    """6 points of a slide of 540 are 12 lines of a screen of 1080."""
    sizes = made(name).fitted.sizes

    assert min(TEXT[role].size * sizes.factor(role) for role in ("service", "label")) >= 6


@pytest.mark.parametrize("name", SPECS)
def test_the_examples_fill_the_slide(name):
    shown = made(name).fitted.scene
    rects = [c.picture for c in shown.cells] + [f.rect for f in shown.frames]
    wide = max(r.right for r in rects) - min(r.x for r in rects)
    high = max(r.bottom for r in rects) - min(r.y for r in rects)

    assert wide > ROOM.width * 0.7 or high > ROOM.height * 0.7


def test_a_small_drawing_is_not_blown_up():
    made_ = fitted(lay_out(Picture("One", boxes=(Box("a", "a"),))), ROOM)
    (cell,) = made_.scene.cells

    assert made_.factor == 1.5
    assert cell.picture.width == 1.5 * 52
    assert _middle(cell) == pytest.approx(480)


def test_an_empty_drawing_is_empty():
    assert list(fitted(lay_out(Picture("None")), ROOM).scene.lines) == []


def test_lines_of_a_caption_follow_each_other():
    for cell in made("order-fanout").fitted.scene.cells:
        heights = sorted({line.y for line in cell.lines})
        assert all(7 < below - above < 14 for above, below in pairwise(heights))
        assert cell.picture.bottom < heights[0] < heights[-1] < cell.caption.bottom


def test_service_and_cost_share_a_line_where_there_is_no_height():
    (cell,) = [c for c in made("order-fanout").fitted.scene.cells if c.name == "billing"]
    name, service, cost = cell.lines

    assert (name.text, cost.text) == ("billing", "$176.62/mo")
    assert service.text.startswith("SQS standard")
    assert name.y < service.y == cost.y
    assert service.x < _middle(cell) < cost.x
