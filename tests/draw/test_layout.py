from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.draw.scene import Rect
from archcode.errors import DrawingError

KINDS = ("flow", "stream", "redrive")
FRAMES = ("cloud", "account", "region", "vpc", "lane")
WORDS = st.sampled_from(["", "ok", "publish", "a label of several words that is far too long here"])


@st.composite
def pictures(draw) -> Picture:
    names = [f"box-{n}" for n in range(draw(st.integers(1, 12)))]
    titles = draw(st.lists(st.text(max_size=30), min_size=len(names), max_size=len(names)))
    name = st.sampled_from(names)
    arrow = st.builds(Arrow, name, name, WORDS, st.sampled_from(KINDS))
    inside: dict[str, list[str]] = {"": []}
    for number in range(draw(st.integers(0, 6))):
        inside[draw(st.sampled_from(sorted(inside)))].append(f"frame-{number}")
        inside[f"frame-{number}"] = []
    for box in names:
        inside[draw(st.sampled_from(sorted(inside)))].append(box)
    frames = [
        Frame(frame, frame * draw(st.integers(0, 5)), draw(st.sampled_from(FRAMES)), tuple(members))
        for frame, members in inside.items()
        if frame
    ]
    boxes = [Box(n, title, ("SQS",), "$1") for n, title in zip(names, titles, strict=True)]
    arrows = draw(st.lists(arrow, max_size=18))
    return Picture("Any", "", tuple(boxes), tuple(arrows), tuple(frames))


def segments(route) -> list[Rect]:
    return [
        Rect(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
        for (x1, y1), (x2, y2) in pairwise(route.points)
    ]


def inner(rect: Rect, margin: float = 0.1) -> Rect:
    return Rect(rect.x + margin, rect.y + margin, rect.width - 2 * margin, rect.height - 2 * margin)


def members(picture: Picture, name: str) -> set[str]:
    frames = {frame.name: frame for frame in picture.frames}
    if name not in frames:
        return {name}
    return {name}.union(*(members(picture, inside) for inside in frames[name].contains))


def everything_has_its_place(picture: Picture) -> None:
    scene = lay_out(picture)
    assert [cell.name for cell in scene.cells] == [box.name for box in picture.boxes]
    assert {frame.name for frame in scene.frames} == {frame.name for frame in picture.frames}
    assert {(r.source, r.target) for r in scene.routes} == {
        (a.source, a.target) for a in picture.arrows
    }
    nothing_overlaps(scene)
    frames_hold_their_own(picture, scene)
    routes_join_their_boxes(scene)
    labels_sit_on_their_lines(scene)
    all_is_on_the_page(scene)


def nothing_overlaps(scene) -> None:
    solid = [(c.name, rect) for c in scene.cells for rect in (c.picture, c.caption)]
    solid += [(f"label {n}", label.rect) for n, label in enumerate(scene.labels)]
    for (one, first), (two, second) in combinations(solid, 2):
        assert one == two or not inner(first).overlaps(second), (one, two)


def frames_hold_their_own(picture, scene) -> None:
    rects = {frame.name: frame.rect for frame in scene.frames}
    for frame in scene.frames:
        own = members(picture, frame.name)
        for cell in scene.cells:
            for rect in (cell.picture, cell.caption):
                if cell.name in own:
                    assert frame.rect.encloses(rect)
                else:
                    assert not frame.rect.overlaps(rect), (frame.name, cell.name)
        for name, rect in rects.items():
            if name in own:
                assert frame.rect.encloses(rect)
            elif frame.name not in members(picture, name):
                assert not frame.rect.overlaps(rect), (frame.name, name)


def routes_join_their_boxes(scene) -> None:
    cells = {cell.name: cell for cell in scene.cells}
    for route in scene.routes:
        source, target = cells[route.source], cells[route.target]
        start, end = route.points[0], route.points[-1]
        below = abs(start[1] - source.caption.bottom - 2) < 0.1
        assert below or (abs(start[0] - source.picture.right) < 0.1)
        icon = target.picture
        assert min(abs(end[0] - icon.x), abs(end[0] - icon.right), abs(end[1] - icon.y)) < 0.1
        assert inner(icon, -0.1).overlaps(Rect(*end, 0, 0))
        for piece in segments(route):
            assert min(piece.width, piece.height) == 0
            for cell in scene.cells:
                walls = [cell.picture, cell.caption]
                assert not any(inner(wall).overlaps(piece) for wall in walls), (route, cell.name)


def labels_sit_on_their_lines(scene) -> None:
    for label in scene.labels:
        near = inner(label.rect, -7)
        own = [r for r in scene.routes if any(near.overlaps(piece) for piece in segments(r))]
        assert any(route.kind == label.kind for route in own)
        for route in scene.routes:
            assert not any(inner(label.rect, 1).overlaps(piece) for piece in segments(route))


def all_is_on_the_page(scene) -> None:
    page = Rect(0, 0, scene.width, scene.height)
    rects = [frame.rect for frame in scene.frames] + [label.rect for label in scene.labels]
    rects += [rect for cell in scene.cells for rect in (cell.picture, cell.caption)]
    rects += [piece for route in scene.routes for piece in segments(route)]
    assert all(page.encloses(rect) for rect in rects)


def test_everything_has_its_place(picture):
    everything_has_its_place(picture)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pictures())
def test_everything_has_its_place_in_any_picture(picture):
    everything_has_its_place(picture)


def test_no_label_is_lost_in_a_usual_picture(examples):
    for name in ("queue", "lanes", "nested"):
        picture = examples[name]
        shown = {line.text.rstrip("…") for label in lay_out(picture).labels for line in label.lines}
        for arrow in picture.arrows:
            assert not arrow.label or any(text in arrow.label for text in shown), arrow


def test_many_labels_at_one_target_are_joined(examples):
    texts = [line.text for label in lay_out(examples["crossed"]).labels for line in label.lines]
    assert any("s0 to t0, s1 to t0" in text for text in texts)


def test_a_dead_letter_queue_hangs_under_its_queue(examples):
    cells = {cell.name: cell.picture for cell in lay_out(examples["lanes"]).cells}
    for name in ("payment", "inventory", "shipping"):
        assert cells[f"{name}-dlq"].x == cells[name].x
        assert cells[f"{name}-dlq"].y > cells[name].y


def test_boxes_are_in_the_order_of_the_author(examples):
    cells = {cell.name: cell.picture for cell in lay_out(examples["lanes"]).cells}
    assert cells["payment"].y < cells["inventory"].y < cells["shipping"].y
    cells = {cell.name: cell.picture for cell in lay_out(examples["crossed"]).cells}
    assert cells["s0"].y < cells["s1"].y < cells["s2"].y < cells["s3"].y


def test_a_long_label_is_whole_in_the_tooltip(examples):
    tooltips = " ".join(route.tooltip for route in lay_out(examples["nested"]).routes)
    assert "by a policy with a very long name" in tooltips


def test_a_thousand_boxes_are_laid_out():
    boxes = tuple(Box(f"n{n}", f"n{n}") for n in range(1000))
    arrows = tuple(Arrow(f"n{(n - 1) // 3}", f"n{n}", "x") for n in range(1, 1000))
    assert len(lay_out(Picture("Many", "", boxes, arrows)).routes) == 999


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (Picture("P", "", (Box("a", "a"), Box("a", "a"))), "called 'a'"),
        (Picture("P", "", (Box("a", "a"),), (Arrow("a", "b"),)), "'b', which is no box"),
        (Picture("P", frames=(Frame("f", "f", "vpc", ("x",)),)), "'x', which is not drawn"),
        (Picture("P", frames=(Frame("f", "f", "vpc", ("f",)),)), "'f' contains itself"),
        (
            Picture(
                "P",
                boxes=(Box("a", "a"),),
                frames=(Frame("f", "f", "vpc", ("a",)), Frame("g", "g", "vpc", ("a",))),
            ),
            "'f' and 'g'",
        ),
    ],
)
def test_a_picture_that_contradicts_itself_is_refused(broken, says):
    with pytest.raises(DrawingError, match=says):
        lay_out(broken)


def test_arrows_reach_what_a_narrow_icon_shows():
    boxes = (Box("a", "a", margin=0.25), Box("b", "b", margin=0.2))
    scene = lay_out(Picture("Narrow", "", boxes, (Arrow("a", "b"),)))
    (route,) = scene.routes
    source, target = scene.cells

    assert route.points[0][0] == source.picture.right - 13
    assert route.points[-1][0] == target.picture.x + 0.2 * 52
