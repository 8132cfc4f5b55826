"""A part of a picture around one box."""

from __future__ import annotations

import pytest

from archcode.draw.part import part, reached
from archcode.draw.picture import Arrow, Box, Frame, Picture

CHAIN = Picture(
    "T",
    "s",
    tuple(Box(name, name.upper()) for name in "abcde"),
    tuple(Arrow(one, two) for one, two in ("ab", "bc", "cd", "de", "cc")),
    (
        Frame("outer", "Outer", "region", ("inner", "e")),
        Frame("inner", "Inner", "lane", ("b", "d")),
        Frame("left", "Left", "lane", ("a",)),
    ),
)


def focused(box, hops):
    return part(CHAIN, reached(CHAIN.arrows, [box], hops))


@pytest.mark.parametrize(
    ("hops", "boxes", "frames"),
    [
        (0, "c", []),
        (1, "bcd", ["outer", "inner"]),
        (2, "abcde", ["outer", "inner", "left"]),
        (99, "abcde", ["outer", "inner", "left"]),
    ],
)
def test_reaches_in_both_directions(hops, boxes, frames):
    shown = focused("c", hops)

    assert "".join(box.name for box in shown.boxes) == boxes
    assert [frame.name for frame in shown.frames] == frames
    for arrow in shown.arrows:
        assert {arrow.source, arrow.target} <= set(boxes)


def test_frames_hold_what_is_left_of_them():
    outer, inner = focused("b", 0).frames

    assert (outer.contains, inner.contains) == (("inner",), ("b",))
