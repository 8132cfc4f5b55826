"""The checker finds what it is for, and finds nothing in what we draw."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from draw.conftest import EXAMPLES
from draw.counts import counts
from draw.measure import faults
from draw.measure_arrows import BEHIND
from draw.systems import system
from golden.made import priced
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT
from archcode.draw.scene import Border, Label, Line, Mark, Rect, Route, Scene
from archcode.render import picture as pictures

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
# What the layout can draw: from left to right, from top to bottom.
DIRECTIONS = ("LR", "TB")
LANES = EXAMPLES["lanes"]()
GOOD = lay_out(LANES)


def kinds(scene: Scene) -> set[str]:
    return {fault.kind for fault in faults(LANES, scene)}


def moved(rect: Rect, dx: float, dy: float) -> Rect:
    return replace(rect, x=rect.x + dx, y=rect.y + dy)


def with_cell(**changes) -> Scene:
    """The good scene with its second box, the topic, changed."""
    first, topic, *others = GOOD.cells
    return replace(GOOD, cells=(first, replace(topic, **changes), *others))


def with_route(*points) -> Scene:
    first, *others = GOOD.routes
    return replace(GOOD, routes=(replace(first, points=points), *others))


def with_label(**changes) -> Scene:
    first, *others = GOOD.labels
    return replace(GOOD, labels=(replace(first, **changes), *others))


def with_frame(**changes) -> Scene:
    *others, last = GOOD.frames
    return replace(GOOD, frames=(*others, replace(last, **changes)))


CLIENTS, TOPIC, QUEUE, WORKER = (cell.picture for cell in (*GOOD.cells[:2], *GOOD.cells[3:5]))
START, END = GOOD.routes[0].points
LABEL = GOOD.labels[0]
NAME = GOOD.cells[1].lines[0]
BADGE = Mark(Rect(TOPIC.x - 4, TOPIC.y - 4, 14, 14), "fifo", (Line("FIFO", 0, 0, "step"),))
HEAT = Mark(Rect(TOPIC.x - 6, TOPIC.y - 6, 64, 64), "heat-5")


def at(mark: Mark, x: float, y: float) -> Mark:
    """A mark in another place, with its text in its middle."""
    rect = replace(mark.rect, x=x, y=y)
    size = 0.35 * 9
    lines = tuple(replace(t, x=x + rect.width / 2, y=y + 7 + size) for t in mark.lines)
    return replace(mark, rect=rect, lines=lines)


BROKEN = {
    "boxes are missing or out of order": replace(GOOD, cells=GOOD.cells[::-1]),
    "a frame is missing or invented": replace(GOOD, frames=GOOD.frames[1:]),
    "an arrow is missing": replace(GOOD, routes=GOOD.routes[1:]),
    "an arrow is drawn twice or invented": replace(GOOD, routes=(*GOOD.routes, GOOD.routes[0])),
    "copies of a frame overlap": replace(GOOD, frames=(*GOOD.frames, GOOD.frames[-1])),
    "a member is outside its frame": with_frame(rect=moved(GOOD.frames[-1].rect, 200, 0)),
    "a frame reaches what is not in it": with_frame(rect=GOOD.frames[0].rect),
    "things overlap": with_cell(picture=QUEUE),
    "badges overlap": with_cell(badges=(BADGE, BADGE)),
    "a badge covers its box's text": with_cell(badges=(at(BADGE, NAME.x - 7, NAME.y - 9),)),
    "a number covers its text": with_label(step=Mark(LABEL.rect, "step")),
    "a number is outside its label": with_label(step=Mark(moved(LABEL.rect, 0, 40), "step")),
    "outside the page": replace(GOOD, width=GOOD.width - 30),
    "text is wider or higher than its place": with_cell(lines=(replace(NAME, text=20 * "w"),)),
    "text is hard to read": with_cell(heat=replace(HEAT, rect=GOOD.cells[1].caption)),
    "an arrow is slanted": with_route(START, (END[0], END[1] + 3)),
    "an arrow turns back": with_route(START, (END[0] + 9, END[1]), END),
    "an arrowhead has no room": with_route(
        START, (START[0], START[1] + 9), (END[0] - 2, START[1] + 9), (END[0] - 2, END[1]), END
    ),
    "an arrow does not leave its box": with_route((START[0] + 3, START[1]), END),
    "an arrow does not reach its box": with_route(START, (END[0] - 3, END[1])),
    "an arrow strikes through": with_route(START, (QUEUE.x, END[1])),
    BEHIND: with_frame(plate=Rect(START[0] + 5, START[1] - 7, 50, 14)),
    "a label is far from its arrow": with_label(rect=moved(LABEL.rect, 0, -400)),
}


def test_a_good_scene_has_no_faults():
    assert faults(LANES, GOOD) == []


def test_a_badge_on_a_corner_and_heat_behind_an_icon_are_no_faults():
    assert kinds(with_cell(badges=(replace(BADGE, lines=()),), heat=HEAT)) == set()


@pytest.mark.parametrize("kind", BROKEN)
def test_every_fault_is_found(kind):
    assert kind in kinds(BROKEN[kind])


def test_an_arrow_over_the_heat_of_another_box_is_a_fault():
    wide = Rect(TOPIC.x - 6, TOPIC.y - 6, 64, 64)
    over = (START, (START[0] + 9, START[1]), (START[0] + 9, wide.y + 3), (END[0], wide.y + 3))
    route = Route("clients", "audit", "flow", over, "clients to audit")
    scene = replace(with_cell(heat=HEAT), routes=(*GOOD.routes, route))
    assert "an arrow strikes through" in kinds(scene)


def test_text_is_measured_against_what_is_behind_it_in_both_themes():
    heat = replace(HEAT, rect=GOOD.cells[1].caption)
    found = [f.names for f in faults(LANES, with_cell(heat=heat)) if "hard to read" in f.kind]
    assert {(name[1], name[3]) for name in found} >= {
        ("light", LIGHT.marks["heat-5"].fill),
        ("dark", DARK.marks["heat-5"].fill),
    }


def two(*ways, labels=(), frames=()) -> Scene:
    """A scene of lines between no boxes, for counting."""
    ends = (("a", "b"), ("c", "d"))
    routes = tuple(
        Route(source, target, "flow", points, f"{source} to {target}: {source}{target}")
        for (source, target), points in zip(ends, ways, strict=False)
    )
    return Scene(200, 100, "", "", (), frames, (), routes, labels, ())


def words(text, x, y) -> Label:
    """A label from its lower left corner."""
    return Label(Rect(x, y - 12, 40, 12), (Line(text, x + 20, y - 3, "label"),), "flow")


def test_lines_that_cross_are_counted_and_lines_that_fork_are_not():
    level, upright = ((0, 50), (90, 50)), ((40, 0), (40, 90))
    forking = ((0, 50), (40, 50), (40, 90))
    assert counts(two(level, upright)).crossings == 1
    assert counts(two(level, forking)).crossings == 0


def test_a_corner_that_two_lines_share_is_one_bend():
    way = ((0, 50), (40, 50), (40, 90))
    assert counts(two(way, way)).bends == 1


def test_strangers_on_one_line_are_counted_and_relatives_are_not():
    one, other = ((0, 50), (90, 50)), ((20, 50), (80, 50))
    scene = two(one, other)
    assert counts(scene).covering == 1
    same = tuple(replace(route, source="a") for route in scene.routes)
    assert counts(replace(scene, routes=same)).covering == 0
    assert counts(replace(scene, routes=(same[0], replace(same[1], kind="stream")))).covering == 1


def test_an_arrow_without_its_words_is_lost():
    one, other = ((0, 50), (90, 50)), ((0, 90), (90, 90))
    assert counts(two(one, other)).lost == 2
    assert counts(two(one, other, labels=(words("ab", 20, 47), words("cd", 20, 87)))).lost == 0
    assert counts(two(one, other, labels=(words("ab", 20, 47), words("cd", 20, 20)))).lost == 1


def test_words_nearer_to_another_arrow_are_astray():
    one, other = ((0, 50), (90, 50)), ((0, 34), (90, 34))
    assert counts(two(one, other, labels=(words("ab", 20, 47),))).astray == 1
    assert counts(two(one, ((0, 30), (90, 30)), labels=(words("ab", 20, 47),))).astray == 0


def test_words_over_a_fork_or_a_border_are_counted():
    one, forking = ((0, 50), (90, 50)), ((0, 50), (40, 50), (40, 90))
    frame = Border("f", "lane", Rect(30, 0, 99, 99), Rect(32, 3, 9, 9), (), "")
    for x, over in ((20, 1), (45, 0)):
        scene = two(one, forking, labels=(words("ab", x, 47),), frames=(frame,))
        assert (counts(scene).over_forks, counts(scene).over_borders) == (over, over)


def test_words_beside_the_fork_of_an_upright_line_are_counted():
    down, forking = ((50, 0), (50, 90)), ((50, 0), (50, 40), (90, 40))
    for y, over in ((45, 1), (30, 0)):
        assert counts(two(down, forking, labels=(words("ab", 56, y),))).over_forks == over


def test_a_line_on_a_border_is_counted_and_one_beside_it_is_not():
    frame = Border("f", "lane", Rect(0, 30, 90, 50), Rect(2, 33, 9, 9), (), "")
    for y, along in ((82, 1), (86, 0)):
        scene = two(((10, y), (80, y)), frames=(frame,))
        assert counts(scene).along_borders == along


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_a_picture_of_an_example_has_no_faults(spec):
    picture = pictures.render(priced(spec)[0])
    assert faults(picture, lay_out(picture)) == []


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_what_an_icon_shows_begins_where_arrows_end(spec):
    picture = pictures.render(priced(spec)[0])
    icons = _assets.icons(picture)
    for box in picture.boxes:
        with Image.open(BytesIO(icons[box.icon])) as image:
            left, _, right, _ = image.getchannel("A").point(lambda a: 255 * (a > 30)).getbbox()
            empty = min(left, image.width - right) / image.width
        assert abs(empty - box.margin) < 0.05, box.icon


@pytest.mark.parametrize("direction", DIRECTIONS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), size=st.integers(5, 150))
def test_a_picture_of_any_system_has_no_faults(direction, seed, size):
    picture = system(Random(seed), size, direction)
    assert faults(picture, lay_out(picture)) == []
