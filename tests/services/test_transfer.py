"""Data transfer: https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import PRICES, cost, priced, quantity, rules, topology

from archcode.errors import SpecError
from archcode.estimate import price
from archcode.regions import UNPRICED
from archcode.spec.parse import parse
from archcode.topology import propagate

SECONDS = 2_628_000  # 730 h
DYNAMODB = "dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB"
NOTIFIED = "t: {type: sns.topic}\np: {type: partner}\nc: {type: client}"


def notified(rate: str, protocol: str = "https", **options: object):
    flows = f"- c -> t: {{rate: {rate}, size: 64 KB}}\n- t -> p: {{protocol: {protocol}}}"
    return priced(NOTIFIED, flows, **options)


class TestInternetOut:
    def test_https_deliveries_leave_aws(self):
        result = notified("10/s")

        # 10/s x 2,628,000 s x 65,536 bytes / 2^30 = 1,604.00390625 GB x $0.09
        assert quantity(result, "t", "Data transfer") == Decimal("1604.00390625")
        assert cost(result, "t", "Data transfer") == Decimal("144.3603515625")

    def test_tiers_count_what_is_sent(self):
        result = notified("100/s")

        # 16,040.0390625 GB: 10,240 x $0.09 + 5,800.0390625 x $0.085
        assert cost(result, "t", "Data transfer") == Decimal("1414.6033203125")

    def test_the_first_100_gb_of_the_account_are_free(self):
        with_free, without = notified("10/s", free_tier=True), notified("10/s")

        found = [c for c in with_free.charges if c.charge_description.startswith("Free tier: Data")]
        assert [c.list_cost for c in found] == [Decimal(-9)]
        assert cost(without, "t", "Data transfer") == Decimal("144.3603515625")

    @pytest.mark.parametrize("protocol", ["sms", "email", "application"])
    def test_carriers_deliver_other_protocols(self, protocol):
        result = notified("10/s", protocol)

        assert not [c for c in result.of("t") if c.charge_description.startswith("Data transfer")]

    def test_servers_are_in_your_own_network(self):
        flows = "- c -> q: {rate: 10/s, size: 64 KB}\n- q -> s"
        boxes = (
            "q: {type: sqs.queue, receive_message_wait_time_seconds: 20}\n"
            "s: {type: server}\nc: {type: client}"
        )
        result = priced(boxes, flows)

        assert not [c for c in result.of("q") if c.charge_description.startswith("Data transfer")]

    def test_measured_transfer_takes_the_place_of_what_is_derived(self):
        boxes = "t: {type: sns.topic, usage: {internet_out_gb: 7}}\np: {type: partner}"
        boxes += "\nc: {type: client}"
        flows = "- c -> t: {rate: 10/s, size: 64 KB}\n- t -> p: {protocol: https}"

        assert quantity(priced(boxes, flows), "t", "Data transfer") == 7


REGIONS = """
region: us-east-1
components:
  c: {type: client}
  work: {type: lambda.function, duration: 10 ms}
  far: {type: sqs.queue, receive_message_wait_time_seconds: 20}
  s: {type: server}
flows:
  - c -> work: {rate: 10/s, size: 64 KB}
  - work -> far
  - far -> s
groups:
  europe: {kind: region, region: eu-west-1, contains: [far]}
"""


class TestRegions:
    def test_a_frame_says_where_its_components_run(self):
        found = propagate(parse(REGIONS))

        assert {name: t.region for name, t in found.traffic.items()} == {
            "c": "us-east-1",
            "work": "us-east-1",
            "far": "eu-west-1",
            "s": "us-east-1",
        }

    def test_the_sender_pays_from_region_to_region(self):
        result = price(propagate(parse(REGIONS)), PRICES, free_tier=False)

        # 1,604.00390625 GB x $0.02 from us-east-1 to eu-west-1
        assert cost(result, "work", "Data transfer, out to eu-west-1") == Decimal("32.080078125")
        # and the queue is priced where it is
        assert {c.region_id for c in result.of("far")} == {"eu-west-1"}

    @pytest.mark.parametrize("kind", ["s3.bucket, stored: 1 GB", DYNAMODB])
    def test_what_is_read_comes_out_of_the_region_of_the_store(self, kind):
        components = f"work: {{type: lambda.function, duration: 10 ms}}\nt: {{type: {kind}}}"
        flows = "- work -> t: {rate: 10/s, size: 64 KB, operation: read, response_size: 64 KB}"
        groups = "brazil: {kind: region, region: sa-east-1, contains: [work]}"
        result = priced(components, flows, groups=groups)

        # 1,604.00390625 GB x $0.02 out of us-east-1, not x $0.138 out of sa-east-1
        assert cost(result, "t", "Data transfer, out to sa-east-1") == Decimal("32.080078125")
        assert not [c for c in result.of("work") if c.charge_description.startswith("Data")]
        silent = priced(components, flows.replace(", response_size: 64 KB", ""), groups=groups)
        assert any("response_size of work -> t" in c.charge_description for c in silent.of("t"))

    @pytest.mark.parametrize("region", UNPRICED)
    def test_a_region_without_a_price_book_is_unknown(self, region):
        result = price(propagate(parse(REGIONS.replace("eu-west-1", region))), PRICES)

        words = f"Data transfer, out to {region} (unknown: no price"
        found = [c for c in result.of("work") if c.charge_description.startswith(words)]
        # 10/s x 2,628,000 s x 65,536 bytes / 2^30, without a price
        assert [c.pricing_quantity for c in found] == [Decimal("1604.00390625")]
        assert [c.list_cost for c in found] == [None]
        assert not result.complete

    def test_another_frame_has_no_region(self):
        text = REGIONS.replace("kind: region, ", "kind: vpc, ")

        with pytest.raises(SpecError) as raised:
            parse(text)
        assert [f.rule for f in raised.value.findings] == ["region_on_other_frame"]

    def test_an_account_has_one_region_unless_a_frame_says_otherwise(self):
        assert topology(NOTIFIED, "- c -> t: {rate: 1/s, size: 1 KB}").region == "us-east-1"


def test_a_spec_of_one_region_is_told_nothing_of_transfer():
    assert "price_unknown" not in rules(NOTIFIED, "- c -> t: {rate: 1/s, size: 1 KB}")


def test_the_regions_of_a_spec_are_those_of_its_components():
    assert propagate(parse(REGIONS)).regions == ("us-east-1", "eu-west-1")
    only = REGIONS.replace("contains: [far]", "contains: [far, work]")
    assert propagate(parse(only)).regions == ("eu-west-1",)
    nowhere = "region: eu-west-2\ncomponents: {c: {type: client}}"
    assert propagate(parse(nowhere)).regions == ("eu-west-2",)
