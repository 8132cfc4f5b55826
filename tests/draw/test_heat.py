"""Plates of heat: shares of the cost, and what the binding limit leaves."""

from __future__ import annotations

import pytest
from draw.invariants import everything_has_its_place
from draw.scenery import ink
from support import priced

from archcode.draw.layout import lay_out
from archcode.draw.scene import Rect
from archcode.headroom import headroom_of
from archcode.render import _heat, pages, picture
from archcode.spec.view import View


def by_cost(*costs: str) -> dict[str, tuple[int, str]]:
    """The levels of brokers with these monthly costs."""
    boxes = "\n".join(
        f"b{n}: {{type: broker{f', monthly_cost: {cost}' if cost else ''}}}"
        for n, cost in enumerate(costs)
    )
    return _heat.of_cost(priced(f"{boxes}\ns: {{type: server}}")).levels


def test_each_level_begins_at_its_share():
    """Of 1,000 together: 1.9% and 2%, 9.9% and 10%, 24.2%, 52%."""
    assert by_cost("19", "20", "99", "100", "242", "520") == {
        "b0": (1, "2% of cost"),
        "b1": (2, "2% of cost"),
        "b2": (2, "10% of cost"),
        "b3": (3, "10% of cost"),
        "b4": (3, "24% of cost"),
        "b5": (5, "52% of cost"),
    }
    assert by_cost("25", "25", "50") == {
        "b0": (4, "25% of cost"),
        "b1": (4, "25% of cost"),
        "b2": (5, "50% of cost"),
    }


def test_a_little_is_not_nothing():
    assert by_cost("1", "999") == {"b0": (1, "<1% of cost"), "b1": (5, "100% of cost")}


def test_what_has_no_known_cost_has_no_heat():
    assert by_cost("10", "") == {"b0": (5, "100% of cost")}
    assert by_cost("") == {}
    assert by_cost("0") == {}


def test_a_cost_that_is_known_in_part_is_a_least_one():
    """Without the rate of its polls, a queue's empty receives are unknown, its requests are not."""
    result = priced(
        "a: {type: server}\nq: {type: sqs.queue}\nw: {type: server}",
        "- a -> q: {rate: 10/s, size: 1 KB}\n- q -> w",
    )

    assert not result.complete
    assert _heat.of_cost(result).levels == {"q": (5, "≥ 100% of cost")}


@pytest.mark.parametrize(
    ("rate", "level", "words"),
    [
        (25, 1, "75% headroom"),
        (26, 2, "74% headroom"),
        (50, 2, "50% headroom"),
        (51, 3, "49% headroom"),
        (75, 3, "25% headroom"),
        (76, 4, "24% headroom"),
        (100, 4, "0% headroom"),
        (101, 5, "limit exceeded"),
    ],
)
def test_what_a_limit_leaves(rate, level, words):
    """A broker that takes 100 messages/s."""
    result = priced(
        "a: {type: server}\nb: {type: broker, maximum_rate: 100/s}\nw: {type: server}",
        f"- a -> b: {{rate: 1/s, peak: {rate}/s, size: 1 KB}}\n- b -> w",
    )

    assert _heat.of_headroom(headroom_of(result)).levels == {"b": (level, words)}


def test_the_words_stand_under_the_icon_and_in_the_tooltip():
    result = priced("b: {type: broker, monthly_cost: 5}")
    drawn = picture.render(result, _heat.of_cost(result))
    (box,) = drawn.boxes

    assert (box.heat, box.lines[-1]) == (5, "100% of cost")
    assert "100% of cost" in box.tooltip
    assert picture.render(result).boxes[0].heat == 0
    assert picture.render(result).scale is None


def test_a_plate_is_around_its_icon_and_clear_of_the_caption():
    result = priced("b: {type: broker, monthly_cost: 5}\nc: {type: broker}")
    drawn = picture.render(result, _heat.of_cost(result))
    scene = lay_out(drawn)
    hot, cold = scene.cells
    plate, icon = hot.heat.rect, hot.picture

    everything_has_its_place(drawn)
    assert plate.encloses(icon)
    assert (plate.x + plate.width / 2, plate.width - icon.width) == (icon.x + 26, 8)
    assert not any(ink(line).overlaps(plate) for line in hot.lines)
    assert cold.heat is None


@pytest.mark.parametrize("scale", [_heat.COST, _heat.HEADROOM])
def test_the_scale_has_its_heading_and_every_level_on_the_page(scale):
    """The page of one box is the narrowest there is."""
    result = priced("b: {type: broker, monthly_cost: 5}")
    heat = _heat.Heat(scale, {"b": (3, "in the middle")})
    scene = lay_out(picture.render(result, heat))
    page = Rect(0, 0, scene.width, scene.height)
    texts = [line.text for note in scene.scale for line in note.lines]

    assert texts == [scale.title, *scale.levels]
    assert [note.mark.role for note in scene.scale] == [f"heat-{n}" for n in range(1, 6)]
    assert all(page.encloses(ink(line)) for note in scene.scale for line in note.lines)
    assert len(scene.scale) == len(scale.levels)


def test_a_closed_group_costs_the_shares_of_its_members_together():
    boxes = "\n".join(f"q{n}: {{type: sqs.queue, usage: {{requests: 1M}}}}" for n in range(4))
    result = priced(boxes, groups="g: {contains: [q0, q1, q2]}")
    heat = _heat.of_cost(result)
    (page,) = pages.pages(result, picture.render(result, heat), [View("v", "depth")], heat)
    (group,) = (box for box in page.picture.boxes if box.name == "g")

    assert heat.levels["q0"] == (4, "25% of cost")
    assert (group.heat, group.lines) == (5, ("3 components", "75% of cost"))
    assert page.picture.scale == _heat.COST


def test_a_closed_group_leaves_what_its_tightest_limit_leaves():
    boxes = """
    q0: {type: sqs.queue, fifo_queue: true}
    q1: {type: sqs.queue, fifo_queue: true}
    s: {type: server}
    w: {type: server}
    """
    flows = """
    - s -> q0: {rate: 150/s, size: 1 KB}
    - s -> q1: {rate: 270/s, size: 1 KB}
    - q0 -> w
    - q1 -> w
    """
    result = priced(boxes, flows, groups="g: {contains: [q0, q1]}")
    heat = _heat.of_headroom(headroom_of(result))

    assert heat.together(["q0", "q1"]) == max(heat.levels["q0"], heat.levels["q1"])
    assert heat.together(["q0"]) == heat.levels["q0"] != heat.levels["q1"]
    assert heat.together(["w"]) == (0, "")
