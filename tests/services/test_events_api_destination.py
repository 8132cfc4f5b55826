"""API destinations, us-east-1: $0.20 per million invocations, each 64 KB one.

https://aws.amazon.com/eventbridge/pricing/
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rules

BOXES = "c: {type: client}\nb: {type: events.event_bus}\np: {type: partner}\n"


def destination(flow: str, settings: str = "", into: str = "", out: str = "") -> tuple[str, str]:
    components = BOXES + f"x: {{type: events.api_destination{settings}}}"
    return components, f"- c -> b: {{{flow}}}\n- b -> x{into}\n- x -> p{out}"


def test_every_event_is_an_invocation():
    result = priced(*destination("rate: 10/s, size: 2 KB"))

    # 26,280,000 x $0.0000002 = $5.256; 26,280,000 x 2 KB = 50.125122... GB out x $0.09
    assert cost(result, "x", "API destination") == Decimal("5.256")
    assert quantity(result, "x", "Data transfer") == Decimal("50.125122070312")


@pytest.mark.parametrize(("size", "chunks"), [("64 KB", 1), ("65537 B", 2)])
def test_each_64_kb_is_one(size, chunks):
    result = priced(*destination(f"rate: 1/s, size: {size}"))

    assert quantity(result, "x", "API destination") == chunks * SECONDS


def test_a_retry_is_an_invocation_wherever_the_failure_is_said():
    # 1 / (1 - 0.2) = 1.25 tries of each event
    into = priced(*destination("rate: 100/s, size: 1 KB", into=": {failure_rate: 20%}"))
    out = priced(*destination("rate: 100/s, size: 1 KB", out=": {failure_rate: 20%}"))

    for result in (into, out):
        assert abs(quantity(result, "x", "API destination") - 125 * SECONDS) < Decimal("1e-9")


def test_every_try_goes_out_over_the_internet():
    into = priced(*destination("rate: 3/s, size: 64 KB", into=": {failure_rate: 25%}"))
    out = priced(*destination("rate: 3/s, size: 64 KB", out=": {failure_rate: 25%}"))

    # 3/s / (1 - 0.25) = 4/s x 2,628,000 s x 65,536 bytes / 2^30 = 641.6015625 GB
    for result in (into, out):
        sent = quantity(result, "x", "Data transfer")
        assert abs(sent - Decimal("641.6015625")) < Decimal("1e-9")


def test_a_failing_endpoint_is_tried_186_times():
    result = priced(*destination("rate: 1/day, size: 1 KB", out=": {failure_rate: 100%}"))

    # 730 / 24 events
    expected = Decimal(186) * 730 / 24
    assert abs(quantity(result, "x", "API destination") - expected) < Decimal("1e-9")


@pytest.mark.parametrize(("size", "wrong"), [("64 KB", False), ("65537 B", True)])
def test_payload(size, wrong):
    assert ("message_too_large" in rules(*destination(f"rate: 1/s, size: {size}"))) is wrong


class TestRate:
    @pytest.mark.parametrize(
        ("flow", "expected"),
        [
            ("rate: 10/s, peak: 300/s", []),
            ("rate: 300/s, peak: 301/s", ["invocation_rate_below_peak"]),
            ("rate: 301/s", ["invocation_rate_too_low"]),
        ],
    )
    def test_300_invocations_a_second_by_default(self, flow, expected):
        assert rules(*destination(f"{flow}, size: 1 KB")) == expected

    def test_what_is_retried_counts(self):
        flow = "rate: 240/s, size: 1 KB"

        few, many = (destination(flow, into=f": {{failure_rate: {n}%}}") for n in (10, 25))
        assert "invocation_rate_too_low" not in rules(*few)
        assert "invocation_rate_too_low" in rules(*many)

    @pytest.mark.parametrize(("most", "wrong"), [(300, False), (301, True)])
    def test_more_than_300_needs_a_higher_quota(self, most, wrong):
        settings = f", invocation_rate_limit_per_second: {most}"
        names = rules(*destination("rate: 1/s, size: 1 KB", settings))

        assert ("api_destination_rate_exceeded" in names) is wrong

    def test_says_load_limit_and_headroom(self):
        settings = ", invocation_rate_limit_per_second: 20"
        (finding,) = found(*destination("rate: 10/s, peak: 25/s, size: 1 KB", settings))

        assert finding.message == (
            "is 20/s, but the endpoint is called 25 times/s at peak: a headroom of -25%"
        )
        assert finding.hint == "the mean rate is 10/s; at the peak events wait"


@pytest.mark.parametrize(("number", "wrong"), [(3000, False), (3001, True)])
def test_api_destinations_of_an_account(number, wrong):
    components = "".join(f"x{n}: {{type: events.api_destination}}\n" for n in range(number))

    assert ("api_destinations_exceeded" in rules(components)) is wrong
