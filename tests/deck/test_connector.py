"""Preset connectors have the corners of our routes, whatever way those turn."""

from __future__ import annotations

import pytest
from deck.geometry import apart, placed, preset
from hypothesis import given
from hypothesis import strategies as st

from archcode.render.pptx._connector import TINY, connector


def drawn(points):
    """The corners of the connector that is chosen for some points."""
    found = connector(points)
    rect = found.rect
    return placed(
        preset(found.preset, rect.width, rect.height, found.adjustments),
        (rect.x, rect.y, rect.width, rect.height),
        found.turned,
        found.flip_x,
        found.flip_y,
    )


def test_a_straight_arrow_to_the_right():
    found = connector(((10, 20), (110, 20)))

    assert found.preset == "straightConnector1"
    assert (found.rect.x, found.rect.y, found.rect.width, found.rect.height) == (10, 20, 100, 0)
    assert (found.turned, found.flip_x, found.flip_y) == (False, False, False)
    assert found.adjustments == ()


def test_a_bend_is_a_share_of_the_width():
    # (35 - 10) of (110 - 10) points are a quarter
    found = connector(((10, 20), (35, 20), (35, 70), (110, 70)))

    assert (found.preset, found.adjustments) == ("bentConnector3", (25_000,))
    assert (found.flip_x, found.flip_y) == (False, False)


def test_an_arrow_upwards_is_flipped():
    found = connector(((10, 70), (35, 70), (35, 20), (110, 20)))

    assert (found.adjustments, found.flip_x, found.flip_y) == ((25_000,), False, True)


def test_a_way_back_bends_outside_of_its_rectangle():
    # from x = 100 to 20 is 80 to the left: the first bend, 10 to the right, is -12.5 % of it,
    # the last, 10 further left than the end, 112.5 %; y = 30 of 0 to 60 is half of it
    found = connector(((100, 0), (110, 0), (110, 30), (10, 30), (10, 60), (20, 60)))

    assert (found.preset, found.flip_x) == ("bentConnector5", True)
    assert found.adjustments == (-12_500, 50_000, 112_500)


def test_level_ends_are_stretched_by_less_than_half_a_point():
    points = ((300, 50), (320, 50), (320, 10), (80, 10), (80, 50), (100, 50))

    assert connector(points).rect.height == TINY < 1
    assert apart(drawn(points), points) < 0.5


def test_a_route_of_six_pieces_has_no_preset():
    assert connector([(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)]) is None


@pytest.mark.parametrize("sideways", [False, True])
@pytest.mark.parametrize("second", [-30, 30])
@pytest.mark.parametrize("first", [-40, 40])
def test_an_angle_of_every_kind(first, second, sideways):
    points = [(100, 100), (100 + first, 100), (100 + first, 100 + second)]
    if sideways:
        points = [(y, x) for x, y in points]

    assert connector(points).preset == "bentConnector2"
    assert apart(drawn(points), points) < 0.01


steps = st.integers(-400, 400).filter(lambda step: abs(step) > 2)


@given(st.lists(steps, min_size=1, max_size=5), st.booleans())
def test_every_route_keeps_its_corners(lengths, down_first):
    points = [(500.0, 300.0)]
    for number, length in enumerate(lengths):
        x, y = points[-1]
        points.append((x, y + length) if number % 2 != down_first else (x + length, y))

    assert apart(drawn(points), points) < 0.5
