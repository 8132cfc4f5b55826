"""Amazon Redshift, us-east-1: $0.375 an RPU-hour of Serverless; clusters at a stated price.

https://aws.amazon.com/redshift/pricing/
"""

from decimal import Decimal

import pytest
from support import cost, found, priced, rules

CLIENT = "c: {type: server}\n"


def store(kind: str, flow: str = "rate: 1/s, size: 1 KB") -> tuple[str, str]:
    return f"{CLIENT}d: {{{kind}}}", f"- c -> d: {{{flow}}}"


def test_its_price_is_what_a_month_costs():
    result = priced(*store("type: redshift.cluster, monthly_cost: 420.50"))

    assert cost(result, "d") == Decimal("420.5")
    assert result.complete


def test_its_price_is_unknown_where_it_is_not_stated():
    spec = store("type: redshift.cluster")
    (finding,) = found(*spec)

    assert [charge.list_cost for charge in priced(*spec).of("d")] == [None]
    assert finding.message == (
        "no price is known for Stated price in us-east-1; it depends on monthly_cost"
    )


class TestServerless:
    def test_is_charged_for_busy_hours(self):
        result = priced(
            *store("type: redshiftserverless.workgroup, base_capacity: 8, busy_hours: 100")
        )

        # 8 RPU x 100 h x $0.375
        assert cost(result, "d") == Decimal(300)

    def test_is_unknown_without_them(self):
        assert not priced(*store("type: redshiftserverless.workgroup")).complete


@pytest.mark.parametrize("kind", ["type: redshift.cluster", "type: redshiftserverless.workgroup"])
class TestRedshift:
    @pytest.mark.parametrize(("size", "wrong"), [("4 MB", False), ("4194305 B", True)])
    def test_row_size(self, kind, size, wrong):
        names = rules(*store(kind, f"rate: 1/s, size: {size}"))

        assert ("input_row_exceeded" in names) is wrong

    def test_reads_a_stream_by_itself(self, kind):
        names = rules(
            f"{CLIENT}k: {{type: kinesis.stream}}\nd: {{{kind}}}",
            "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> d",
        )

        assert "flow_without_consumer" not in names

    def test_does_not_read_a_queue(self, kind):
        names = rules(
            f"{CLIENT}q: {{type: sqs.queue}}\nd: {{{kind}}}",
            "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> d",
        )

        assert "flow_without_consumer" in names
