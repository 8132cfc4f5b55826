"""More consumers of a work queue: each reads every message, which the queue itself cannot do."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from small import SMALL, compared, options
from support import PRICES

from archcode import Basis, parse
from archcode.sweep import sweep, variable_of

BASIS = Basis(PRICES, free_tier=False)

THREE = ("worker", "worker-2", "worker-3")
SHARED = SMALL.replace(
    "  - orders -> worker: {batch: 10}\n",
    "  - orders -> worker: {batch: 10, share: 80%}\n  - orders -> other: {batch: 10}\n",
).replace(
    "  worker: {", "  other: {type: lambda.function, timeout: 30, duration: 100 ms}\n  worker: {"
)


@cache
def three():
    return compared(consumers=3)


def _into(option, name):
    hops = option.estimate.topology.traffic[name].inflows
    return sum((hop.handed.messages_per_second for hop in hops), Fraction(0))


def test_the_queue_as_it_is_hands_each_message_to_one():
    found = three()

    assert not found.current.feasible
    assert "hands each message to 1 consumer" in found.current.reasons[0]


@pytest.mark.parametrize(
    "name", sorted({option.name for option in three().options if not option.current})
)
def test_every_other_option_gives_all_messages_to_each(name):
    (option,) = [o for o in three().options if o.name == name and not o.current]

    assert [_into(option, reader) for reader in THREE] == [10, 10, 10]


def test_sqs_alone_becomes_a_queue_for_each():
    """Producers send three times: 3 × 10/s instead of 10/s."""
    found = [o for o in three().options if o.name == "SQS standard"]
    (made,) = [option for option in found if not option.current]

    assert made.feasible
    assert len(made.parts) == 3
    assert sum(_into(made, part) for part in made.parts) == 30
    assert all(made.spec.components[part].requires is None for part in made.parts)


def test_consumers_with_shares_get_all_messages_each():
    """A queue whose two readers share 80 to 20 today; a third is to read all, as they are then."""
    text = SHARED.replace("seconds: 20}", "seconds: 20, requires: {consumers: 2}}")
    found = options(text)["Kinesis provisioned"]

    assert [_into(found, name) for name in ("worker", "other")] == [10, 10]


def test_readers_that_share_go_on_sharing_where_nothing_else_is_required():
    found = options(SHARED)["Kinesis provisioned"]

    assert sum(_into(found, name) for name in ("worker", "other")) == 10


def test_a_sweep_over_consumers_of_a_queue_gives_all_messages_to_each():
    variable = variable_of("consumers", "1", "3")
    found = sweep(parse(SMALL), variable, BASIS, channel="orders")
    streams = next(curve for curve in found.curves if curve.name == "Kinesis provisioned")
    option = next(o for o in three().options if o.name == "Kinesis provisioned")

    assert [point.x for point in streams.points] == [1, 2, 3]
    assert streams.points[2].list_cost == option.list_cost
