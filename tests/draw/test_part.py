"""Parts of a picture, and pictures whose frames are closed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcode.draw.closed import closed
from archcode.draw.layout import lay_out
from archcode.draw.part import inside, part, reached
from archcode.draw.picture import Arrow, Box, Frame, Picture, Step

ARROWS = tuple(Arrow(one, two) for one, two in ("ab", "bc", "cd", "be", "ea"))
SHOP = Picture(
    "Shop",
    "s",
    tuple(
        Box(name, name.upper(), heat=heat) for name, heat in zip("abcdef", range(6), strict=True)
    ),
    (
        Arrow("a", "b", "place order", step=1),
        Arrow("b", "c", "batch 10", "stream", step=2),
        Arrow("b", "d", "batch 10", "stream", step=3),
        Arrow("c", "d", "inside"),
        Arrow("d", "e", "one"),
        Arrow("c", "e", "two", "redrive"),
        Arrow("e", "f"),
    ),
    (
        Frame("cloud", "AWS Cloud", "cloud", ("pay", "e")),
        Frame("pay", "Payment", "lane", ("b", "core")),
        Frame("core", "Core", "vpc", ("c", "d")),
    ),
    (Step(1, "first"), Step(2, "second"), Step(3, "third")),
)
PAY, CORE = Box("pay", "Payment"), Box("core", "Core")


@pytest.mark.parametrize(
    ("start", "hops", "back", "until", "found"),
    [
        ("b", None, False, "", "abcde"),
        ("b", 1, False, "", "bce"),
        ("b", 0, False, "", "b"),
        ("b", None, False, "ce", "bce"),
        ("c", 1, True, "", "bcd"),
        ("d", None, False, "", "d"),
        ("b", None, False, "b", "b"),
    ],
)
def test_follows_arrows_as_far_as_it_is_told(start, hops, back, until, found):
    kept = reached(ARROWS, [start], hops, back=back, until=frozenset(until))

    assert "".join(sorted(kept)) == found


def test_a_part_has_no_arrow_frame_or_step_of_what_is_gone():
    shown = part(SHOP, {"a", "b", "c"})

    assert "".join(box.name for box in shown.boxes) == "abc"
    assert [(arrow.source, arrow.target) for arrow in shown.arrows] == [("a", "b"), ("b", "c")]
    assert [(frame.name, frame.contains) for frame in shown.frames] == [
        ("cloud", ("pay",)),
        ("pay", ("b", "core")),
        ("core", ("c",)),
    ]
    assert [step.number for step in shown.steps] == [1, 2]


def test_a_closed_frame_is_one_box_in_the_place_of_what_it_held():
    shown = closed(SHOP, {"pay": PAY})

    assert [box.name for box in shown.boxes] == ["a", "pay", "e", "f"]
    assert [(frame.name, frame.contains) for frame in shown.frames] == [("cloud", ("pay", "e"))]
    assert shown.boxes[1] is PAY
    assert lay_out(shown).cells


def test_arrows_that_lead_to_one_box_are_one():
    arrows = {(a.source, a.target): a for a in closed(SHOP, {"pay": PAY}).arrows}

    assert set(arrows) == {("a", "pay"), ("pay", "e"), ("e", "f")}
    assert arrows["a", "pay"] == Arrow("a", "pay", "place order", step=1)
    assert arrows["pay", "e"] == Arrow("pay", "e", "2 flows", "flow")


def test_arrows_that_say_the_same_keep_their_words():
    shown = closed(SHOP, {"core": CORE})

    assert Arrow("b", "core", "batch 10", "stream", 2) in shown.arrows
    assert [step.number for step in shown.steps] == [1, 2]
    assert [frame.name for frame in shown.frames] == ["cloud", "pay"]


def test_what_is_inside_is_found_at_any_depth():
    frames = [Frame(f"g{n}", "", "lane", (f"g{n + 1}",)) for n in range(3000)]
    held = inside([*frames[:2000], Frame("g2000", "", "lane", ("box",))])

    assert "box" in held["g0"]
    assert len(held["g1990"]) == 11
    assert inside([Frame("a", "", "lane", ("b",)), Frame("b", "", "lane", ("a", "c"))])["a"]


NAMES = [f"n{n}" for n in range(12)]


@st.composite
def pictures(draw):
    ends = st.sampled_from(NAMES)
    arrows = draw(
        st.lists(st.builds(Arrow, ends, ends, st.sampled_from(["", "x", "y"])), max_size=30)
    )
    cuts = sorted(draw(st.sets(st.integers(1, 11), min_size=2, max_size=2)))
    frames = (
        Frame("one", "One", "lane", tuple(NAMES[: cuts[0]])),
        Frame("two", "Two", "lane", ("three", *NAMES[cuts[0] : cuts[1]])),
        Frame("three", "Three", "lane", tuple(NAMES[cuts[1] :])),
    )
    return Picture("P", "", tuple(Box(name, name) for name in NAMES), tuple(arrows), frames)


@settings(max_examples=150, deadline=None)
@given(pictures(), st.sets(st.sampled_from(["one", "two"])))
def test_closing_keeps_every_arrow_between_what_is_still_apart(picture, names):
    shown = closed(picture, {name: Box(name, name) for name in names})
    held = inside(picture.frames)
    home = {member: name for name in names for member in held[name]}
    ends = {(home.get(a.source, a.source), home.get(a.target, a.target)) for a in picture.arrows}
    boxes = {box.name for box in shown.boxes}

    assert boxes == {home.get(name, name) for name in NAMES}
    assert {(a.source, a.target) for a in shown.arrows} == {
        (one, two) for one, two in ends if one != two or one not in names
    }
    assert {member for frame in shown.frames for member in frame.contains} <= boxes | {
        frame.name for frame in shown.frames
    }
