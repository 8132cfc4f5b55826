"""Which option is taken, how sure that is, and what would change it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from small import SMALL
from support import PRICES

from archcode import Basis, compare_channel, parse
from archcode.decision import decide
from archcode.growth import scaled
from archcode.spec.parse import valued

BASIS = Basis(PRICES, free_tier=False)
BUSY = SMALL.replace("rate: 10/s, peak: 20/s", "rate: 500/s, peak: 900/s")
RANGED = SMALL.replace(
    "rate: 10/s, peak: 20/s", "rate: {low: 1/s, typical: 10/s, high: 900/s}, peak: 1000/s"
)
NARROW = SMALL.replace(
    "rate: 10/s, peak: 20/s", "rate: {low: 9/s, typical: 10/s, high: 11/s}, peak: 20/s"
)
IMPOSSIBLE = SMALL.replace(
    "seconds: 20}", "seconds: 20, requires: {replay: 400 d, protocol: jms, latency: real_time}}"
)


@cache
def decided(text=SMALL, material="100", consumers=0):
    spec = parse(text)
    return decide(spec, BASIS, channel="orders", consumers=consumers, material=Decimal(material))


def _texts(found):
    return [change.text for change in found.changes]


def test_what_there_is_stays_where_nothing_saves_enough():
    """At 10/s a stream saves some dollars, which is no reason to leave a queue that is there."""
    found = decided()
    best = next(option for option in found.comparison.options if option.fits)

    assert best.name == "Kinesis provisioned"
    assert found.recommended.current
    assert 0 < found.recommended.list_cost - best.list_cost < 100
    assert "does not decide" in found.because[0].text


def test_the_cheapest_is_taken_where_every_dollar_decides():
    """At 500/s a queue costs several times what a shard does."""
    found = decided(BUSY, material="0")

    assert found.recommended.name == "Kinesis provisioned"
    assert found.because[0].text.startswith("Kinesis provisioned costs $")
    assert "the least of all that fit" in found.because[0].text


def test_of_options_that_cost_about_the_same_the_one_that_is_less_to_run_is_taken():
    """Where the queue itself is ruled out, since something else has to read the messages, too."""
    found = decided(consumers=2)
    close = [
        option.name
        for option in found.comparison.options
        if option.fits and option.list_cost - found.comparison.options[0].list_cost <= 100
    ]

    assert len(close) > 1
    assert not found.comparison.current.feasible
    assert found.recommended.name == "SQS standard"
    assert not found.recommended.current


def test_nothing_is_proposed_where_nothing_fits():
    found = decided(IMPOSSIBLE)

    assert found.recommended is None
    assert found.certainty == "open"
    assert found.because == ()
    assert found.changes == ()


def test_a_decision_is_firm_where_it_holds_over_all_of_the_ranges():
    assert decided(NARROW).certainty == "firm"
    assert decided(NARROW).doubts == ()


def test_a_decision_leans_where_it_does_not():
    """900/s on a queue cost hundreds of dollars, on a shard some tens."""
    found = decided(RANGED)

    assert found.recommended.current
    assert found.certainty == "leaning"
    assert any("At the high end of the ranges" in doubt for doubt in found.doubts)


def test_a_spec_without_ranges_is_as_firm_as_its_numbers():
    assert decided().certainty == "firm"
    assert decided().today.spread is None


def test_more_traffic_leads_elsewhere_as_pricing_it_there_says():
    found = decided()
    (told,) = [text for text in _texts(found) if "times today's traffic" in text]
    times = Fraction(told.split(" ")[1])
    there = {o.name: o for o in compare_channel(_scaled(times), "orders", BASIS).options}
    saved = there["SQS standard"].list_cost - there["Kinesis provisioned"].list_cost

    assert times > 1
    assert told == (
        f"At {times} times today's traffic Kinesis provisioned costs ${saved:,.2f} a month less"
        " than SQS standard."
    )
    assert saved > 100


def _scaled(times):
    return scaled(parse(SMALL), times)


def test_one_end_of_a_range_leads_elsewhere_as_pricing_it_there_says():
    found = decided(RANGED)
    spec = parse(RANGED)
    there = compare_channel(valued(spec, {spec.ranges[0].path: "900/s"}), "orders", BASIS)
    costs = {option.name: option.list_cost for option in there.options}
    saved = costs["SQS standard"] - costs["Kinesis provisioned"]

    assert (
        f"With shop -> orders.rate of 900/s Kinesis provisioned costs ${saved:,.2f} a month less."
        in _texts(found)
    )


def test_something_else_that_reads_the_event_leads_elsewhere():
    """Start from SQS unless something else needs to read the event."""
    more = compare_channel(parse(SMALL), "orders", BASIS, consumers=2)
    best = next(option for option in more.options if option.fits)

    assert (
        f"If 2 consumers each had to read every message, {best.name} would cost least:"
        f" ${best.list_cost:,.2f}." in _texts(decided())
    )


def test_reading_again_and_order_lead_elsewhere():
    texts = _texts(decided())

    assert any(text.startswith("What was read has to be read again: Kinesis") for text in texts)
    assert any(text.startswith("Order within a key has to be kept: ") for text in texts)


def test_the_choice_tells_how_far_it_goes():
    (told,) = [text for text in _texts(decided(BUSY)) if "as it is sized" in text]

    assert told.startswith(f"{decided(BUSY).recommended.name} takes ")


@pytest.mark.parametrize("text", [SMALL, BUSY])
def test_reasons_follow_advice_of_articles(text):
    numbers = [reason.advice.number for reason in decided(text).because if reason.advice]

    assert numbers
    assert len(set(numbers)) == len(numbers)


def test_a_queue_costs_nothing_while_nothing_comes_and_a_stream_its_shard_hours():
    """730 h × $0.015 of one shard: https://aws.amazon.com/kinesis/data-streams/pricing/."""
    told = [reason.text for reason in decided().because]
    polls = Decimal(657_000) * Decimal("0.40") / 1_000_000

    assert (
        f"While nothing comes the whole costs ${polls:.2f} a month, Kinesis provisioned $10.95."
        in told
    )


def test_more_consumers_are_in_every_number_of_a_decision():
    """Where two read, the chart, the ranges and what would change it are of two readers, too."""
    found = decided(RANGED, consumers=2)
    here = {curve.name: p for curve in found.sweep.curves for p in curve.points if p.x == 1}
    options = {option.name: option for option in found.comparison.options if not option.current}
    current = found.comparison.current

    assert here["SQS standard (resized)"].list_cost == options["SQS standard"].list_cost
    assert here["Kinesis provisioned"].list_cost == options["Kinesis provisioned"].list_cost
    assert found.today.list_cost == current.list_cost
    assert current.list_costs == (
        found.today.spread.low.list_cost,
        found.today.list_cost,
        found.today.spread.high.list_cost,
    )
    assert not any("resized" in text or "no longer fits" in text for text in _texts(found))


def test_alternatives_are_decided_without_a_channel():
    text = SMALL + "alternatives:\n  streamed:\n    components: {orders: {type: kinesis.stream}}\n"
    found = decide(parse(text), BASIS)

    assert [option.name for option in found.comparison.options if option.current] == ["As it is"]
    assert found.recommended is not None
    assert found.comparison.subjects == ()
