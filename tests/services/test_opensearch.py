"""Amazon OpenSearch Service: the price of a month is stated, the book has none.

https://aws.amazon.com/opensearch-service/pricing/
"""

from decimal import Decimal

import pytest
from support import cost, priced, rate, rules, topology

CLIENT = "c: {type: server}\n"


def store(kind: str, flow: str = "rate: 1/s, size: 1 KB") -> tuple[str, str]:
    return f"{CLIENT}d: {{{kind}}}", f"- c -> d: {{{flow}}}"


def test_its_price_is_what_a_month_costs():
    result = priced(*store("type: opensearchservice.domain, monthly_cost: 420.50"))

    assert cost(result, "d") == Decimal("420.5")
    assert result.complete


def test_its_price_is_unknown_where_it_is_not_stated():
    result = priced(*store("type: opensearchservice.domain"))

    assert [charge.list_cost for charge in result.of("d")] == [None]


@pytest.mark.parametrize(("batch", "wrong"), [(100, False), (101, True)])
def test_opensearch_takes_requests_of_100_mb(batch, wrong):
    names = rules(
        *store("type: opensearchservice.domain", f"rate: 1/s, size: 1 MB, batch: {batch}")
    )

    assert ("http_payload_exceeded" in names) is wrong


def test_queries_do_not_flow_on():
    result = topology(
        f"{CLIENT}d: {{type: opensearchservice.domain}}\nw: {{type: server}}",
        "- c -> d: {rate: 5/s, size: 1 KB}\n"
        "- w -> d: {rate: 9/s, size: 1 KB, operation: read}\n- d -> w",
    )

    assert rate(result, "d -> w") == 5
