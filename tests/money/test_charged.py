"""Sizes that are not charged move no cost; the others do, in some example at least."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from archcode import parse, propagate
from archcode.metering import metered, sizes

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))


@cache
def moves() -> dict[tuple[str, str, bool], set[bool]]:
    """By service, size and whether it is charged: whether ten more move a metered quantity."""
    found = defaultdict(set)
    for path in SPECS:
        topology = propagate(parse(path.read_text("utf-8")))
        needed = sizes(topology)
        usual, _ = metered(topology, needed)
        for name, capacity in needed.items():
            for place, size in enumerate(capacity):
                more = replace(size, configured=size.provided + 10)
                changed = (*capacity[:place], more, *capacity[place + 1 :])
                usage, _ = metered(topology, needed | {name: changed})
                key = topology.service(name).type, size.name, size.charged
                found[key].add(usage != usual)
    return dict(found)


def test_a_service_charges_a_size_or_does_not():
    assert len({key[:2] for key in moves()}) == len(moves())


def test_what_is_not_charged_moves_nothing():
    free = {key: moved for key, moved in moves().items() if not key[2]}

    assert free.keys() >= {
        ("dynamodb.table", "partitions", False),
        ("elasticloadbalancingv2.load_balancer", "capacity_units", False),
        ("kinesisfirehose.delivery_stream", "megabytes_per_delivery", False),
        ("lambda.function", "concurrent_executions", False),
        ("msk.cluster", "partitions", False),
        ("pipes.pipe", "concurrent_executions", False),
        ("s3.bucket", "prefixes", False),
        ("stepfunctions.state_machine", "open_executions", False),
    }
    assert {key: moved for key, moved in free.items() if moved != {False}} == {}


@pytest.mark.parametrize(
    ("service", "size"),
    [
        ("kinesis.stream", "shards"),
        ("msk.cluster", "brokers"),
        ("dynamodb.table", "write_capacity_units"),
    ],
)
def test_what_is_charged_moves_the_bill(service, size):
    assert True in moves()[service, size, True]
