"""Pictures of several independent parts, which share a page and not their lines."""

from itertools import pairwise

import pytest
from draw.invariants import everything_has_its_place
from draw.scenery import members
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.draw.shelves import shelves


def lane(number: int, fan: int, chain: int = 0, outside: str = "") -> Picture:
    """[client ->] function -> so many steps -> so many queues with a worker [-> partner]."""
    names = [f"in-{number}", *(f"step-{number}-{n}" for n in range(chain))]
    arrows = [Arrow(one, two, "next") for one, two in pairwise(names)]
    head, last = names[-1], names[-1]
    for n in range(fan):
        queue, dead, last = (f"{kind}-{number}-{n}" for kind in ("queue", "dead", "worker"))
        names += (queue, dead, last)
        arrows += (Arrow(head, queue, f"type {n}"), Arrow(queue, last, "batch 10"))
        arrows += (Arrow(queue, dead, kind="redrive"),)
    frame = Frame(f"lane-{number}", f"Lane {number}", "lane", tuple(names))
    ends = {
        "client": [Arrow("", f"in-{number}", "HTTPS")],
        "partner": [Arrow(last, "", "notify")],
        "callback": [Arrow(f"in-{number}", "", "call"), Arrow("", last, "call back")],
    }
    for kind in outside.split():
        name = f"{kind}-{number}"
        names.append(name)
        arrows += (replace(a, source=a.source or name, target=a.target or name) for a in ends[kind])
    boxes = tuple(Box(name, name, ("SQS",), "$1.00/mo") for name in names)
    return Picture("", "", boxes, tuple(arrows), (frame,))


def page(*lanes: Picture, framed: bool = True) -> Picture:
    frames = [frame for part in lanes for frame in part.frames]
    if framed:
        frames = [
            Frame("cloud", "AWS Cloud", "cloud", ("region",)),
            Frame("region", "Region eu-west-1", "region", tuple(frame.name for frame in frames)),
            *frames,
        ]
    boxes = [box for part in lanes for box in part.boxes]
    arrows = [arrow for part in lanes for arrow in part.arrows]
    return Picture("Page", "Estimated", tuple(boxes), tuple(arrows), tuple(frames))


def without_frames(picture: Picture) -> Picture:
    return replace(picture, frames=())


def hundred() -> Picture:
    """A hundred boxes in lanes of usual sizes, each with a client, the last with a partner."""
    fans = (3, 3, 4, 3, 3, 4, 4)
    lanes = [lane(n, fan, 1, "client") for n, fan in enumerate(fans, 1)]
    return page(*lanes, lane(8, 1, 1, "client partner"))


PAGES = {
    "hundred": hundred(),
    "inside": page(*(lane(n, n % 4 + 1) for n in range(6))),
    "lanes only": page(*(lane(n, n % 3 + 1, 0, "client") for n in range(9)), framed=False),
    "no frames": without_frames(page(*(lane(n, n % 3 + 1, 0, "client") for n in range(9)))),
    "called back": page(*(lane(n, 2, 1, "client callback") for n in range(4))),
    "tall first": page(lane(0, 12, 3, "client"), *(lane(n, 1, 0, "client") for n in range(1, 8))),
    "wide amid": page(
        *(lane(n, 1, 0, "client") for n in range(5)),
        lane(5, 2, 12, "client"),
        *(lane(n, 1, 0, "client") for n in range(6, 12)),
    ),
    "both ends": page(*(lane(n, 0, n % 3, "client partner") for n in range(30))),
}


@st.composite
def pages(draw) -> Picture:
    outside = st.sets(st.sampled_from(["client", "partner", "callback"])).map(sorted)
    lanes = [
        lane(n, draw(st.integers(0, 4)), draw(st.integers(0, 5)), " ".join(draw(outside)))
        for n in range(draw(st.integers(2, 9)))
    ]
    whole = page(*lanes, framed=draw(st.booleans()))
    alone = tuple(Box(f"alone-{n}", "alone") for n in range(draw(st.integers(0, 3))))
    empty = tuple(Frame(f"empty-{n}", "Empty", "vpc") for n in range(draw(st.integers(0, 2))))
    frames = list(whole.frames) + list(empty)
    if frames[0].kind == "cloud" and draw(st.booleans()):
        inside = (*frames[1].contains, *(thing.name for thing in (*alone, *empty)))
        frames[1] = replace(frames[1], contains=inside)
    return replace(whole, boxes=whole.boxes + alone, frames=tuple(frames))


@pytest.mark.parametrize("name", PAGES)
def test_everything_has_its_place_on_a_packed_page(name):
    everything_has_its_place(PAGES[name])


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages())
def test_everything_has_its_place_on_any_packed_page(picture):
    everything_has_its_place(picture)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_out_the_same_twice(name):
    assert lay_out(PAGES[name]) == lay_out(PAGES[name])


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"tall first"}))
def test_a_page_is_neither_a_column_nor_a_row(name):
    scene = lay_out(PAGES[name])
    assert 1 / 1.2 <= scene.width / scene.height <= 2.4


def test_a_hundred_boxes_are_a_page():
    scene = lay_out(hundred())
    assert len(scene.cells) == 92 + 8
    assert scene.width < 3500
    assert scene.height < 2400


def test_frames_around_all_parts_are_drawn_once_where_nothing_is_outside():
    scene = lay_out(PAGES["inside"])
    assert [frame.name for frame in scene.frames[:2]] == ["cloud", "region"]
    assert len(scene.frames) == len(PAGES["inside"].frames)


@pytest.mark.parametrize("name", ["hundred", "called back", "both ends", "wide amid"])
def test_what_is_outside_the_cloud_stays_outside_and_near(name):
    picture = PAGES[name]
    scene = lay_out(picture)
    clouds = [frame.rect for frame in scene.frames if frame.name == "cloud"]
    inside = members(picture, "cloud")
    assert len(clouds) > 1
    for route in scene.routes:
        if {route.source, route.target} - inside:
            (x1, _), (x2, _) = route.points[0], route.points[-1]
            assert abs(x2 - x1) < 1.2 * max(cloud.width for cloud in clouds)
    for cell in scene.cells:
        held = sum(cloud.encloses(cell.picture) for cloud in clouds)
        assert held == (cell.name in inside)


def test_parts_read_down_the_columns_from_left_to_right():
    frames = {frame.name: frame.rect for frame in lay_out(hundred()).frames}
    for one, two in pairwise(frames[f"lane-{n}"] for n in range(1, 9)):
        assert two.x > one.right or (two.x == one.x and two.y > one.bottom)


def test_shelves_leave_what_fits_in_one_column():
    assert shelves([(600, 300), (600, 300)]) == [[range(2)]]


def test_shelves_fill_columns_in_order():
    assert shelves([(600, 700)] * 8) == [[range(2), range(2, 4), range(4, 6), range(6, 8)]]


def test_a_far_wider_part_gets_a_shelf_of_its_own():
    small, wide = (500, 250), (2100, 500)
    assert [len(shelf) for shelf in shelves([small] * 4 + [wide] + [small] * 4)] == [4, 1, 4]
