"""What holds of every headroom, whatever the traffic is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from support import priced

from archcode.headroom import Headroom, headroom_of
from archcode.units import at_most, plain

COMPONENTS = (
    "app: {type: client}",
    "clicks: {type: kinesis.stream, shard_count: %(shards)s}",
    (
        "count: {type: lambda.function, memory_size: 128, timeout: 9, duration: 130 ms,"
        " reserved_concurrent_executions: %(reserved)s}"
    ),
    "orders: {type: sqs.queue, fifo_queue: true}",
    (
        "load: {type: kinesisfirehose.delivery_stream,"
        " buffering_hints: {size_in_mbs: 5, interval_in_seconds: 60}}"
    ),
    "lake: {type: s3.bucket, prefixes: 1}",
)
FLOWS = """
- app -> clicks: {rate: %(rate)s/s, peak: %(peak)s/s, size: 700 B}
- clicks -> count: {batch: 3}
- clicks -> load
- load -> lake
- app -> orders: {rate: %(rate)s/s, peak: %(peak)s/s, size: 700 B}
"""

numbers = st.fixed_dictionaries(
    {
        "shards": st.integers(1, 40),
        "reserved": st.integers(1, 60),
        "rate": st.integers(1, 3000).map(lambda rate: Fraction(rate, 10)),
        "factor": st.integers(10, 300).map(lambda factor: Fraction(factor, 10)),
    }
)


def measured(given: dict[str, Fraction], times: Fraction = Fraction(1), *, turned=False):
    """The headroom of the spec with `times` its rates."""
    rate = given["rate"] * times
    words = {"rate": plain(rate), "peak": plain(rate * given["factor"])}
    lines = COMPONENTS[::-1] if turned else COMPONENTS
    values = {**{k: given[k] for k in ("shards", "reserved")}, **words}
    return headroom_of(priced("\n".join(lines) % values, FLOWS % values))


def margins(found: Headroom):
    """Each margin with what tells it from the others."""
    named, seen = {}, Counter()
    for margin in found.margins:
        load = margin.load
        same = load.shared, load.component, load.where, load.name
        named[*same, seen[same]] = margin
        seen[same] += 1
    return named


@settings(max_examples=12, deadline=None)
@given(numbers)
def test_a_multiple_holds_and_breaks_just_above(given):
    found = measured(given)
    for key, margin in margins(found).items():
        if margin.multiple is None or margin.beyond:
            continue
        multiple = Fraction(at_most(margin.multiple))
        held = margins(measured(given, multiple)).get(key)
        broken = margins(measured(given, multiple * Fraction(101, 100))).get(key)

        assert held is None or not held.load.exceeded, (key, margin)
        assert broken is not None, (key, margin)
        assert broken.load.exceeded, (key, margin)


@settings(max_examples=12, deadline=None)
@given(numbers, st.integers(11, 50))
def test_more_traffic_never_leaves_more(given, tenths):
    now, later = margins(measured(given)), margins(measured(given, Fraction(tenths, 10)))
    for key in now.keys() & later.keys():
        before, after = now[key], later[key]

        assert after.load.headroom <= before.load.headroom
        if after.multiple is not None and before.multiple is not None and not before.beyond:
            assert after.multiple <= before.multiple


@settings(max_examples=8, deadline=None)
@given(numbers)
def test_the_order_of_components_changes_nothing(given):
    found, turned = measured(given), measured(given, turned=True)

    assert found.components.keys() == turned.components.keys()
    assert found.binding == turned.binding
    assert sorted(map(repr, found.margins)) == sorted(map(repr, turned.margins))


@settings(max_examples=8, deadline=None)
@given(numbers)
def test_the_mean_is_at_most_the_peak(given):
    for margin in measured(given).margins:
        assert margin.mean is None or margin.mean <= margin.load.load
