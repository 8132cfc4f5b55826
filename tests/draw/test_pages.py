"""Views of an estimate as pages: what they show, what they say, and that they can be read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from draw.large import DOMAINS, large
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spec.generated import documents, yaml_of
from support import PRICES, priced

from archcode.draw.layout import lay_out
from archcode.draw.metrics import width
from archcode.draw.page import MARGIN
from archcode.draw.plan import plan
from archcode.errors import SpecError
from archcode.estimate import price
from archcode.render import pages as made
from archcode.render import picture
from archcode.render.views import READABLE, by_depth, by_flow, by_group
from archcode.spec.parse import parse
from archcode.spec.view import View
from archcode.topology import propagate

COMPONENTS = """
shop: {type: client, label: Web shop}
orders: {type: sqs.queue, usage: {requests: 1_000_000}}
audit: {type: sqs.queue, usage: {requests: 500_000}}
bill: {type: lambda.function, duration: 10 ms, usage: {requests: 2_000_000, gb_seconds: 0}}
stock: {type: sqs.queue, usage: {requests: 2_500_000}}
files: {type: s3.bucket}
"""
FLOWS = """
- shop -> orders: {rate: 1/s, size: 1 KB, label: place}
- orders -> bill
- bill -> audit: {label: copy}
- bill -> stock: {label: take}
- bill -> files
"""
GROUPS = """
money: {label: Money, contains: [orders, ledger]}
ledger: {label: Ledger, contains: [bill, audit]}
rest: {label: Rest, contains: [stock]}
"""


@pytest.fixture(scope="module")
def shop():
    return priced(COMPONENTS, FLOWS, groups=GROUPS)


@pytest.fixture(scope="module")
def marketplace():
    return price(propagate(parse(large())), PRICES)


def pages(found, views):
    """The pages of an estimate, cut out of its own picture."""
    return made.pages(found, picture.render(found), views)


def _boxes(page):
    return [box.name for box in page.picture.boxes]


def _cost(page, name):
    return next(box.cost for box in page.picture.boxes if box.name == name)


def test_without_views_there_is_one_page_of_everything(shop):
    (page,) = pages(shop, ())

    assert (page.name, page.title) == ("", "")
    assert len(page.picture.boxes) == 6


@pytest.mark.parametrize(
    ("view", "boxes"),
    [
        (View("v", "group", ("ledger",)), "orders bill audit stock files"),
        (View("v", "group", ("ledger",), hops=0), "bill audit"),
        (View("v", "group", ("rest",)), "bill stock"),
        (View("v", "flow", ("orders",)), "orders bill audit stock files"),
        (View("v", "flow", ("orders",), until=("bill",)), "orders bill"),
        (View("v", "flow", ("shop",), hops=2), "shop orders bill"),
        (View("v", "contains", ("shop", "stock")), "shop stock"),
        (View("v", "contains", ("ledger", "stock")), "bill audit stock"),
        (View("v", "contains", ("stock",), hops=1), "bill stock"),
        (View("v", "depth", depth=0), "shop money rest files"),
        (View("v", "depth", depth=1), "shop orders ledger stock files"),
        (View("v", "depth", depth=2), "shop orders bill audit stock files"),
    ],
)
def test_a_view_shows_what_it_says(shop, view, boxes):
    (page,) = pages(shop, [view])

    assert sorted(_boxes(page)) == sorted(boxes.split())
    assert plan(page.picture).boxes


def test_a_closed_group_costs_what_its_rows_add_up_to(shop):
    overview, level, everything = pages(shop, by_depth(shop.topology.spec))

    # audit: 500,000 requests x $0.40 a million; bill: 2,000,000 x $0.20 a million;
    # orders: 1,000,000 requests and 394,200 that find nothing, x $0.40 a million = $0.55768.
    assert _cost(level, "ledger") == "$0.60/mo"
    assert _cost(overview, "money") == "$1.16/mo"
    assert _cost(overview, "rest") == _cost(everything, "stock") == "$1.00/mo"


def test_a_closed_group_of_something_unknown_costs_at_least_the_rest():
    groups = "all: {contains: [stock, files]}\nout: {contains: [shop]}"
    found = priced(COMPONENTS, FLOWS, groups=groups)
    (page,) = pages(found, [View("v", "depth")])
    known = sum(c.list_cost or 0 for c in (*found.of("stock"), *found.of("files")))

    assert known > Decimal("1.00")
    assert _cost(page, "all") == f"≥ ${round(known, 2)}/mo"
    assert _cost(page, "out") == ""
    assert "at least $" in page.picture.subtitle


def test_rounding_is_that_of_the_estimate():
    # 12,500 requests are half a cent; of four such rows two are shown as a cent, two as less.
    text = "\n".join(f"q{n}: {{type: sqs.queue, usage: {{requests: 12_500}}}}" for n in range(4))
    found = priced(text, groups="one: {contains: [q0, q2]}\ntwo: {contains: [q1, q3]}")
    (page,) = pages(found, [View("v", "depth")])

    assert [_cost(page, name) for name in ("one", "two")] == ["$0.01/mo", "$0.01/mo"]
    assert "$0.02 a month" in page.picture.subtitle


def test_title_and_subtitle_say_which_part_it_is(shop):
    part, flow, words, closed = pages(
        shop,
        [
            View("a", "group", ("rest",)),
            View("b", "flow", ("shop",)),
            View("c", "contains", ("stock", "orders"), label="Queues"),
            View("d", "depth", depth=1),
        ],
    )
    named = [page.picture.title.removeprefix("Untitled: ") for page in (part, flow, words, closed)]

    assert named == ["Rest", "From Web shop", "Queues", "One level of groups"]
    assert "2 of 6 components, $1.56 of at least $" in words.picture.subtitle
    assert "6 of 6 components in 5 boxes, at least $" in closed.picture.subtitle


def test_what_no_component_causes_is_told_apart():
    found = priced(COMPONENTS, FLOWS, groups=GROUPS, free_tier=True)
    (page,) = pages(found, [View("v", "contains", ("stock", "orders"))])

    assert "2 of 6 components, $1.56 of at least $" in page.picture.subtitle
    assert "besides -$" in page.picture.subtitle


def test_a_narrow_page_tells_all_of_its_cost(shop):
    (page,) = pages(shop, [View("one", "contains", ("stock",))])
    narrow = replace(page.picture, subtitle=f"{page.picture.subtitle}, and {'more ' * 30}")
    for drawn in (page.picture, narrow):
        scene = lay_out(drawn)
        rows = [line for line in scene.heading if line.role == "subtitle"]

        assert " ".join(row.text for row in rows) == drawn.subtitle.strip()
        assert all(width(row.text, 11) <= scene.width - 2 * MARGIN for row in rows)
        assert rows[-1].y < scene.cells[0].picture.y
    assert len(rows) > 1


def test_flows_into_a_closed_group_are_one_arrow(shop):
    (page,) = pages(shop, [View("v", "depth", depth=0)])
    arrows = {(a.source, a.target): a.label for a in page.picture.arrows}

    assert arrows == {("shop", "money"): "place", ("money", "rest"): "take", ("money", "files"): ""}


def test_the_direction_of_a_view_goes_before_that_of_the_spec(shop):
    views = [View("a", "depth"), View("b", "depth", direction="LR")]
    spec = replace(shop.topology.spec, direction="TB")
    found = replace(shop, topology=replace(shop.topology, spec=spec))

    assert [page.picture.direction for page in pages(found, views)] == ["TB", "LR"]


def test_a_page_of_each_group_of_a_large_spec_can_be_read(marketplace):
    spec = marketplace.topology.spec
    drawn = pages(marketplace, by_group(spec))

    assert len(spec.components) == 200
    assert [page.name for page in drawn] == ["groups", *(f"group-{name}" for name in DOMAINS)]
    assert max(len(page.picture.boxes) for page in drawn) <= READABLE
    assert {*spec.components} <= {name for page in drawn for name in _boxes(page)}
    assert "14 of 200 components" in drawn[2].picture.subtitle


def test_a_page_of_each_entrance_closes_groups_until_it_can_be_read(marketplace):
    drawn = pages(marketplace, by_flow(marketplace.topology))

    assert [page.name for page in drawn] == ["flow-shop", "flow-app"]
    assert [len(page.picture.boxes) for page in drawn] == [23, 23]
    assert "199 of 200 components in 23 boxes" in drawn[0].picture.subtitle


def test_a_page_of_each_level_of_groups(marketplace):
    drawn = pages(marketplace, by_depth(marketplace.topology.spec))

    assert [len(page.picture.boxes) for page in drawn] == [24, 8 + 16 * 3, 200]


def test_what_is_outside_a_group_is_closed_where_it_is_too_much():
    # A bus in a group of its own that sixteen groups of three listen to.
    names = [f"d{n}" for n in range(16)]
    parts = "\n".join(f"{name}-{n}: {{type: sqs.queue}}" for name in names for n in range(3))
    flows = "\n".join(f"- bus -> {name}-{n}" for name in names for n in range(3))
    groups = "\n".join(
        f"{name}: {{contains: [{', '.join(f'{name}-{n}' for n in range(3))}]}}" for name in names
    )
    found = priced(
        f"shop: {{type: client}}\nbus: {{type: events.event_bus, name: shop}}\n{parts}",
        f"- shop -> bus: {{rate: 1/s, size: 1 KB}}\n{flows}",
        groups=f"hub: {{contains: [bus]}}\n{groups}",
    )
    hub = next(p for p in pages(found, by_group(found.topology.spec)) if p.name == "group-hub")

    assert _boxes(hub) == ["shop", "bus", *names]
    assert "50 of 50 components in 18 boxes" in hub.picture.subtitle
    assert [frame.name for frame in hub.picture.frames if frame.kind == "lane"] == ["hub"]


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(documents(), st.booleans())
def test_every_component_is_on_a_page_whatever_the_spec(document, free_tier):
    try:
        found = price(propagate(parse(yaml_of(document))), PRICES, free_tier=free_tier)
    except SpecError:
        found = None
    assume(found is not None)
    spec = found.topology.spec
    generated = [*by_group(spec), *by_flow(found.topology), *by_depth(spec)]
    # One box is enough to close whatever can be closed.
    few = [replace(view, most=1) for view in generated if view.most]
    for page in pages(found, [*spec.views, *generated, *few]):
        plan(page.picture)
    shown = {box.name for page in pages(found, by_group(spec)) for box in page.picture.boxes}

    assert {*spec.components} <= shown
