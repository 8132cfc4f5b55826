import pytest
from draw.invariants import everything_has_its_place
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from archcode.draw import layout
from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.errors import DrawingError

KINDS = ("flow", "stream", "redrive")
FRAMES = ("cloud", "account", "region", "vpc", "lane")
WORDS = st.sampled_from(["", "ok", "publish", "a label of several words that is far too long here"])

STEPS = st.sampled_from([0, 0, 0, 1, 2, 12, 99])
BADGES = st.sampled_from([(), (), ("fifo",), ("encrypted",), ("fifo", "encrypted")])


@st.composite
def pictures(draw) -> Picture:
    names = [f"box-{n}" for n in range(draw(st.integers(1, 12)))]
    titles = draw(st.lists(st.text(max_size=30), min_size=len(names), max_size=len(names)))
    name = st.sampled_from(names)
    arrow = st.builds(Arrow, name, name, WORDS, st.sampled_from(KINDS), step=STEPS)
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
    boxes = [
        Box(n, title, ("SQS",), "$1", badges=draw(BADGES), heat=draw(st.integers(0, 5)))
        for n, title in zip(names, titles, strict=True)
    ]
    arrows = draw(st.lists(arrow, max_size=18))
    return Picture("Any", "", tuple(boxes), tuple(arrows), tuple(frames))


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_everything_has_its_place(picture, direction):
    everything_has_its_place(replace(picture, direction=direction))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(pictures(), st.sampled_from(["LR", "TB"]))
def test_everything_has_its_place_in_any_picture(picture, direction):
    everything_has_its_place(replace(picture, direction=direction))


def test_the_words_to_a_dead_letter_queue_beside_a_hot_queue_keep_off_its_heat():
    words = "a label of several words that is far too long here"
    boxes = (Box("hot", "", heat=1), Box("dlq", ""), Box("other", ""))
    arrows = (Arrow("hot", "dlq", words, "redrive"), Arrow("dlq", "other"))
    everything_has_its_place(Picture("T", boxes=boxes, arrows=arrows, direction="TB"))


def test_no_arrow_that_comes_back_strikes_through_the_badge_of_a_queue():
    words = "a label of several words that is far too long here"
    boxes = [Box(name, name, ("SQS",), "$1") for name in "abcd"]
    boxes[1] = replace(boxes[1], badges=("fifo", "encrypted"))
    arrows = (
        Arrow("d", "a", words, "stream"),
        Arrow("a", "a", "ok"),
        Arrow("b", "c", "", "redrive"),
        Arrow("d", "b", "", "stream"),
        Arrow("c", "b", "ok", "stream", 2),
        Arrow("a", "b", "ok", "stream", 1),
        Arrow("c", "d", words, "redrive"),
    )
    frames = (
        Frame("around", "", "cloud", ("region", "vpc", "c")),
        Frame("region", "region", "region", ("a", "d")),
        Frame("vpc", "a vpc of its own", "vpc"),
        Frame("empty", "empty", "cloud"),
    )
    everything_has_its_place(Picture("T", "", tuple(boxes), arrows, frames, direction="LR"))


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


def test_a_dead_letter_queue_stands_beside_its_queue_where_arrows_run_down(examples):
    scene = lay_out(replace(examples["lanes"], direction="TB"))
    cells = {cell.name: cell.picture for cell in scene.cells}
    for name in ("payment", "inventory", "shipping"):
        assert cells[f"{name}-dlq"].y == cells[name].y
        assert cells[f"{name}-dlq"].x > cells[name].x
        assert cells[f"{name}-worker"].y > cells[name].y
    assert cells["payment"].x < cells["inventory"].x < cells["shipping"].x


def test_arrows_run_down_where_that_makes_a_drawing_larger_on_a_slide(examples):
    lanes = [f"lane-{n}" for n in range(12)]
    wide = Picture(
        "Twelve workers",
        boxes=tuple(Box(name, name, ("Lambda 512 MB",), "$1.00/mo") for name in ("bus", *lanes)),
        arrows=tuple(Arrow("bus", name) for name in lanes),
    )
    cells = {cell.name: cell.picture for cell in lay_out(wide).cells}
    assert len({cells[name].y for name in lanes}) == 1

    assert lay_out(examples["queue"]) == lay_out(replace(examples["queue"], direction="LR"))
    level = {cell.name: cell.picture for cell in lay_out(replace(wide, direction="LR")).cells}
    assert len({level[name].x for name in lanes}) == 1


def test_frames_are_in_the_order_of_the_author():
    names = ("steps", "undo", "wait")
    boxes = tuple(Box(n, n) for n in ("saga", "s1", "s2", "s3", "u1", "u2", "w1"))
    inside = (("s1", "s2", "s3"), ("u1", "u2"), ("w1",))
    frames = tuple(Frame(n, n, "lane", b) for n, b in zip(names, inside, strict=True))
    # Graphviz takes these arrows for a reason to stand the frames in another order.
    arrows = tuple(Arrow("saga", box) for box in ("w1", "u2", "s3", "u1", "s2", "s1"))
    for direction in ("LR", "TB"):
        scene = lay_out(Picture("P", "", boxes, arrows, frames, direction=direction))
        at = {frame.name: (frame.rect.x, frame.rect.y) for frame in scene.frames}
        assert at["steps"] < at["undo"] < at["wait"], direction


def test_titles_are_not_struck_through_by_arrows_that_come_down():
    label = "A lane with quite a long title"
    boxes = (Box("a", "a"), Box("b", "b"))
    frames = (Frame("f", label, "lane", ("b",)),)
    scene = lay_out(Picture("P", "", boxes, (Arrow("a", "b"),), frames, direction="TB"))
    (frame,), (route,) = scene.frames, scene.routes
    x = route.points[0][0]

    assert frame.lines[0].text == label
    assert not frame.plate.x < x < frame.plate.right
    assert frame.rect.encloses(frame.plate)


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


def test_a_dead_letter_queue_of_several_queues_hangs_under_the_last_in_its_frame():
    boxes = tuple(Box(name, name) for name in ("rule", "queue", "worker", "dead"))
    flows = (Arrow("rule", "queue"), Arrow("queue", "worker"))
    redrives = tuple(Arrow(name, "dead", kind="redrive") for name in ("rule", "queue"))
    lane = Frame("lane", "Lane", "lane", ("rule", "queue", "worker", "dead"))
    scene = lay_out(Picture("Shared", "", boxes, (*flows, *redrives), (lane,)))
    at = {cell.name: cell.picture for cell in scene.cells}

    assert at["dead"].x == at["queue"].x
    assert at["dead"].y > at["queue"].bottom
    assert at["rule"].y == at["queue"].y == at["worker"].y


def test_a_dead_letter_queue_of_other_frames_stands_amid_them():
    boxes = tuple(Box(name, name) for name in ("a", "b", "c", "dead"))
    redrives = tuple(Arrow(name, "dead", kind="redrive") for name in "abc")
    frames = (Frame("one", "One", "lane", ("a", "b")), Frame("two", "Two", "lane", ("c", "dead")))
    cells = lay_out(Picture("Shared", "", boxes, redrives, frames)).cells
    assert cells[3].picture.x > max(cell.picture.right for cell in cells[:3])


def test_a_stream_and_a_request_of_one_box_have_lines_of_their_own():
    boxes = tuple(Box(name, name) for name in ("a", "b", "c", "d"))
    arrows = (Arrow("a", "b"), Arrow("a", "c", kind="stream"), Arrow("b", "d"))
    arrows += (Arrow("c", "d", kind="stream"),)
    routes = lay_out(Picture("Kinds", "", boxes, arrows)).routes
    leaving = {route.kind: route.points[0] for route in routes if route.source == "a"}
    arriving = {route.kind: route.points[-1] for route in routes if route.target == "d"}

    assert abs(leaving["flow"][1] - leaving["stream"][1]) >= 6
    assert abs(arriving["flow"][1] - arriving["stream"][1]) >= 6


def test_labels_of_streams_and_requests_are_not_joined():
    ends = [(f"s{n}", target) for n in range(5) for target in ("t0", "t1")]
    boxes = tuple(Box(name, name) for name in dict.fromkeys(name for pair in ends for name in pair))
    arrows = tuple(
        Arrow(source, target, f"{source} to {target}", "stream" if source < "s2" else "flow")
        for source, target in ends
    )
    labels = lay_out(Picture("Kinds", "", boxes, arrows)).labels
    texts = {" ".join(line.text for line in label.lines): label.kind for label in labels}
    joined = [text for text in texts if "," in text]

    assert joined
    for text in joined:
        assert ("s0" in text or "s1" in text) == (texts[text] == "stream"), text
        assert not ("s0" in text and "s2" in text), text


def test_a_strip_is_turned_before_its_lines_are_drawn(monkeypatch):
    names = ("hub", *(f"b{n}" for n in range(70)))
    strip = Picture(
        "Strip",
        boxes=tuple(Box(name, name, ("SQS",), "$1.00/mo") for name in names),
        arrows=tuple(Arrow("hub", name) for name in names[1:]),
    )
    drawn = []
    usual = layout.drawn
    monkeypatch.setattr(layout, "drawn", lambda laid: drawn.append(laid.plan.down) or usual(laid))

    scene = lay_out(strip)

    assert drawn == [True]
    assert scene == lay_out(replace(strip, direction="TB"))
    assert scene.width > scene.height
    assert lay_out(replace(strip, direction="LR")).height > 3 * scene.height
