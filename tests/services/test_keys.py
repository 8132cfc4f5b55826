"""Keys of the customer's own: https://aws.amazon.com/kms/pricing/."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, priced, quantity

from archcode.errors import SpecError
from archcode.metering import ACCOUNT

BOXES = """
a: {{type: server}}
b: {{type: server}}
t: {{type: sns.topic{topic}}}
q: {{type: sqs.queue, receive_message_wait_time_seconds: 20{queue}}}
w: {{type: lambda.function, duration: 10 ms}}
"""
FLOWS = """
- a -> t: {rate: 10/s, size: 1 KB}
- b -> q: {rate: 10/s, size: 1 KB}
- t -> q
- q -> w
"""


def keyed(topic: str = "", queue: str = "", **options: object):
    return priced(BOXES.format(topic=topic, queue=queue), FLOWS, **options)


def test_a_queue_asks_for_its_data_keys():
    result = keyed(queue=", kms_master_key_id: alias/orders")

    # 2,628,000 s ÷ 300 s × (2 × 2 producers + 1 consumer) = 43,800 × $0.000003
    assert quantity(result, "q", "KMS requests") == 43_800
    assert cost(result, "q", "KMS requests") == Decimal("0.131400")


def test_a_longer_reuse_asks_less_often():
    more = ", kms_master_key_id: alias/orders, kms_data_key_reuse_period_seconds: 86400"

    # 2,628,000 ÷ 86,400 × 5
    assert quantity(keyed(queue=more), "q", "KMS requests") == Decimal("152.083333333333")


def test_a_topic_asks_for_its_producers():
    # 2,628,000 s ÷ 300 s × 2 × 1 producer
    result = keyed(topic=", kms_master_key_id: alias/orders")

    assert quantity(result, "t", "KMS requests") == 17_520


def test_a_key_is_paid_for_once():
    shared = keyed(", kms_master_key_id: alias/a", ", kms_master_key_id: alias/a")
    apart = keyed(", kms_master_key_id: alias/a", ", kms_master_key_id: alias/b")

    assert cost(shared, ACCOUNT, "KMS keys") == 1
    assert cost(apart, ACCOUNT, "KMS keys") == 2


@pytest.mark.parametrize("prefix", ["", "arn:aws:kms:us-east-1:111122223333:"])
def test_keys_that_aws_manages_have_no_monthly_price(prefix):
    """Requests are charged: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html."""
    topic = f', kms_master_key_id: "{prefix}alias/aws/sns"'
    result = keyed(topic, f', kms_master_key_id: "{prefix}alias/aws/sqs"')

    # 2,628,000 s ÷ 300 s = 8,760; × 2 × 1 producer; × (2 × 2 producers + 1 consumer)
    assert quantity(result, "t", "KMS requests") == 17_520
    assert quantity(result, "q", "KMS requests") == 43_800
    assert not [c for c in result.charges if c.charge_description == "KMS keys"]


def test_without_a_key_nothing_is_asked():
    assert not [c for c in keyed().charges if c.charge_description.startswith("KMS")]


def test_accounts_have_keys_of_their_own():
    key = ", kms_master_key_id: alias/a"
    apart = "x: {kind: account, contains: [a, t]}\ny: {kind: account, contains: [b, q, w]}"
    result = keyed(key, key, groups=apart)

    assert sum(c.list_cost for c in result.charges if c.charge_description == "KMS keys") == 2


def test_the_first_20000_requests_are_free():
    result = keyed(queue=", kms_master_key_id: alias/orders", free_tier=True)
    (credit,) = [c for c in result.charges if c.charge_description == "Free tier: KMS requests"]

    assert credit.pricing_quantity == -20_000


@pytest.mark.parametrize(
    ("seconds", "fits"), [(59, False), (60, True), (86_400, True), (86_401, False)]
)
def test_the_reuse_period_has_bounds(seconds, fits):
    more = f", kms_master_key_id: k, kms_data_key_reuse_period_seconds: {seconds}"
    if fits:
        assert keyed(queue=more).of("q")
        return
    with pytest.raises(SpecError) as raised:
        keyed(queue=more)
    assert [f.rule for f in raised.value.findings] == ["out_of_range"]


@pytest.mark.parametrize(
    "component",
    [
        "{type: events.event_bus, kms_key_identifier: k}",
        "{type: events.archive, retention_days: 1, kms_key_identifier: k}",
        "{type: pipes.pipe, kms_key_identifier: k}",
        "{type: scheduler.schedule, kms_key_arn: k}",
        "{type: dynamodb.table, sse_specification: {sse_enabled: true, kms_master_key_id: k}}",
        "{type: kinesis.stream, stream_encryption: {encryption_type: KMS, key_id: k}}",
    ],
)
def test_whatever_names_a_key_pays_for_it(component):
    assert cost(priced(f"a: {component}"), ACCOUNT, "KMS keys") == 1
