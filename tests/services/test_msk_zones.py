"""Kafka clients in other zones: https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer.

$0.01 per GB out of a zone and $0.01 into the other. 1 MB/s is 2,566.40625 GB a month.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity

from archcode.model import Severity

ZONES = "Data transfer, between zones"
GB = Decimal("2566.40625")


def spec(settings: str = "", flow: str = "", reader: str = "type: server") -> tuple[str, str]:
    """A producer of 1 MB/s, a cluster, and one consumer group."""
    components = f"""
        app: {{type: server}}
        log:
          type: msk.cluster
          broker_node_group_info: {{instance_type: kafka.m7g.large}}
          {settings}
        reader: {{{reader}}}
    """
    return components, f"- app -> log: {{rate: 1024/s, size: 1 KB}}\n- log -> reader: {{{flow}}}"


def crossing(*texts: str, **options: object) -> Decimal:
    return quantity(priced(*texts, **options), "log", ZONES)


TWO_ZONES = "availability_zones: 2\n          replication_factor: 2"


@pytest.mark.parametrize(
    ("settings", "flow", "gb"),
    [
        ("", "", "6843.75"),  # 2 × 2,566.40625 × 2/3 × 2
        (TWO_ZONES, "", "5132.8125"),  # 2 × 2,566.40625 × 1/2 × 2
        ("", "client_rack: true", "3421.875"),  # the producer only: 2,566.40625 × 2/3 × 2
        ("", "client_rack: false", "6843.75"),
        # a rack without a replica in one of three zones: × (2/3 + 1/3) × 2
        ("replication_factor: 2", "client_rack: true", "5132.8125"),
        ("cross_zone_share: 10%", "", "1026.5625"),  # 2 × 2,566.40625 × 1/10 × 2
        # what is stated holds for clients without a rack: 2,566.40625 × 1/10 × 2
        ("cross_zone_share: 10%", "client_rack: true", "513.28125"),
        ("", "filter: 1%", "6843.75"),  # the filter is the consumer's own: it reads everything
        ("", "failure_rate: 50%", "10265.625"),  # × (1 + 2) × 2/3 × 2
    ],
)
def test_share_that_crosses(settings: str, flow: str, gb: str) -> None:
    assert crossing(*spec(settings, flow)) == Decimal(gb)


def test_each_direction_is_paid() -> None:
    # 6,843.75 GB × $0.01
    assert cost(priced(*spec()), "log", ZONES) == Decimal("68.4375")


def test_pollers_of_a_function_cross_as_others() -> None:
    assert crossing(*spec(reader="type: lambda.function, duration: 1 ms")) == Decimal("6843.75")


def test_clients_outside_aws_do_not() -> None:
    assert crossing(*spec(reader="type: client")) == Decimal("3421.875")


def test_clients_of_another_region_pay_for_that() -> None:
    groups = "other: {kind: region, region: us-west-2, contains: [reader]}"
    result = priced(*spec(), groups=groups)
    assert quantity(result, "log", ZONES) == Decimal("3421.875")
    assert quantity(result, "log", "Data transfer, out to us-west-2") == GB


def test_nothing_crosses_where_all_stay_in_their_zone() -> None:
    charges = priced(*spec("cross_zone_share: 0%", "client_rack: true")).of("log")
    assert not [c for c in charges if c.charge_description == ZONES]


def test_formula() -> None:
    (charge,) = [c for c in priced(*spec()).of("log") if c.charge_description == ZONES]
    assert charge.formula.startswith(
        "app: 2,566.41 GB × 2/3; reader: 2,566.41 GB × 2/3;"
        " each out of one zone and into another, × 2"
    )


def test_a_region_without_the_price_is_unknown() -> None:
    result = priced(*spec(), region="eu-central-2")
    assert not result.complete


def test_the_pollers_of_aws_have_no_rack() -> None:
    texts = spec(flow="client_rack: true", reader="type: lambda.function, duration: 1 ms")
    (finding,) = [f for f in found(*texts) if f.rule == "rack_of_managed_poller"]
    assert (finding.severity, finding.where) == (Severity.ERROR, "log -> reader.client_rack")
    assert finding.message == "is set, but the pollers of reader are AWS's and have no rack"
