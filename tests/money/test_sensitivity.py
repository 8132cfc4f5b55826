"""What the ranges of a spec make of its cost."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import PRICES, priced, spec_text

from archcode import parse, price, propagate
from archcode.growth import scaled
from archcode.render import pages, picture
from archcode.review import findings
from archcode.sensitivity import ranged
from archcode.spec.view import View
from archcode.statement import statement

QUEUE = "shop: {type: client}\norders: {type: sqs.queue}"


def _priced(spec):
    return price(propagate(spec), PRICES)


def _ranged(rate, size="1 KB", components=QUEUE, more=""):
    flows = f"- shop -> orders: {{rate: {rate}, size: {size}}}{more}"
    return ranged(parse(spec_text(components, flows)), _priced)


def test_a_rate_between_two_others():
    """Requests to a standard queue, https://aws.amazon.com/sqs/pricing/: 1M free, then $0.40/M.

    A month has 730 × 3,600 = 2,628,000 s. 1/s: 2.628M − 1M = 1.628M → $0.6512.
    2/s: 5.256M − 1M = 4.256M → $1.7024. 4/s: 10.512M − 1M = 9.512M → $3.8048.
    """
    found = _ranged("{low: 1/s, typical: 2/s, high: 4/s}")

    assert found.list_cost == Decimal("1.7024")
    assert found.spread.low.list_cost == Decimal("0.6512")
    assert found.spread.high.list_cost == Decimal("3.8048")
    assert statement(found).total_words == "$1.70 (from $0.65 to $3.80)"


def test_both_ends_take_all_ranges_together_and_the_effects_one_each():
    """A chunk is 64 KB: at 128 KB every send counts twice.

    High: 4/s × 2 = 21.024M − 1M = 20.024M → $8.0096. Size alone at 2/s: 10.512M → $3.8048.
    """
    found = _ranged(
        "{low: 1/s, typical: 2/s, high: 4/s}", "{low: 1 KB, typical: 64 KB, high: 128 KB}"
    )
    effects = {
        one.range.where.rpartition(".")[2]: (one.low, one.high) for one in found.spread.effects
    }

    assert found.spread.high.list_cost == Decimal("8.0096")
    assert found.spread.low.list_cost == Decimal("0.6512")
    assert effects == {
        "rate": (Decimal("0.6512"), Decimal("3.8048")),
        "size": (Decimal("1.7024"), Decimal("3.8048")),
    }
    assert found.spread.effects[0].range.where == "shop -> orders.rate"


def test_a_larger_batch_makes_the_whole_cheaper():
    """Ten messages in a request are a tenth of the requests, and belong to the low end."""
    found = ranged(
        parse(
            spec_text(
                QUEUE,
                "- shop -> orders: {rate: 100/s, size: 1 KB,"
                " batch: {low: 1, typical: 5, high: 10}}",
            )
        ),
        _priced,
    )
    (effect,) = found.spread.effects

    # 262.8M requests − 1M → $104.72; a tenth: 26.28M − 1M → $10.112
    assert (effect.low, effect.high) == (Decimal("104.72"), Decimal("10.112"))
    assert (effect.cheaper, effect.dearer) == ("high", "low")
    assert found.spread.low.list_cost == Decimal("10.112")
    assert found.spread.high.list_cost == Decimal("104.72")


def test_a_spec_without_ranges_has_no_spread():
    found = _ranged("2/s")

    assert found.spread is None
    assert statement(found).total_words == "$1.70"


def test_a_spec_with_more_traffic_keeps_it_at_both_ends():
    text = spec_text(
        QUEUE, "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 4/s}, size: 1 KB}"
    )
    found = ranged(scaled(parse(text), 2), _priced)

    assert found.spread.low.list_cost == Decimal("1.7024")  # 2/s, as above


def test_errors_at_the_dear_end_are_warnings():
    """A FIFO queue takes 300 calls/s: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/
    SQSDeveloperGuide/quotas-messages.html."""
    found = _ranged(
        "{low: 10/s, typical: 100/s, high: 1000/s}",
        components=QUEUE.replace(
            "sqs.queue", "sqs.queue, fifo_queue: true, content_based_deduplication: true"
        ),
    )
    told = [f for f in findings(found) if "cost most" in f.message]

    assert [(f.rule, f.severity) for f in told] == [("fifo_throughput_exceeded", "warning")]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 10_000), min_size=3, max_size=3),
    st.lists(st.integers(1, 200), min_size=3, max_size=3),
)
def test_the_typical_total_lies_between_both_ends(rates, sizes):
    low, typical, high = sorted(rates)
    least, usual, most = sorted(sizes)
    found = _ranged(
        f"{{low: {low}/min, typical: {typical}/min, high: {high}/min}}",
        f"{{low: {least} KB, typical: {usual} KB, high: {most} KB}}",
    )

    assert found.spread.low.list_cost <= found.list_cost <= found.spread.high.list_cost
    for effect in found.spread.effects:
        assert found.spread.low.list_cost <= min(effect.low, effect.high)
        assert max(effect.low, effect.high) <= found.spread.high.list_cost


TWO = "shop: {type: client}\norders: {type: sqs.queue}\nstock: {type: sqs.queue}"
SENT = """
- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 1 KB}
- shop -> stock: {rate: 1/s, size: 1 KB}
"""


def test_a_part_has_both_ends_of_its_own_total():
    # https://aws.amazon.com/sqs/pricing/: 2,628,000 s × 1/s, 2/s and 9/s × $0.40 per million, and
    # `stock` is as it is
    found = priced(TWO, SENT)
    shown = statement(found)

    assert shown.total_words == "$3.15 (from $2.10 to $10.51)"
    assert shown.of(["orders"]).total_words == "$2.10 (from $1.05 to $9.46)"
    assert shown.of(["stock"]).total_words == "$1.05"


def test_a_view_tells_the_ends_of_its_part_and_of_the_whole():
    found = priced(TWO, SENT)
    (page,) = pages.pages(found, picture.render(found), [View("o", "contains", ("orders",))])

    assert "$2.10 (from $1.05 to $9.46) of $3.15 (from $2.10 to $10.51) a month" in (
        page.picture.subtitle
    )


def test_an_end_of_which_a_part_is_unknown_is_no_least():
    found = priced(TWO, SENT)
    first, *others = found.spread.high.charges
    high = replace(found.spread.high, charges=(replace(first, contracted_cost=None), *others))
    shown = statement(replace(found, spread=replace(found.spread, high=high)))

    assert shown.total_words == "$3.15 (from $2.10 to at least $1.05)"
