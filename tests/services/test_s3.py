"""Amazon S3, us-east-1: PUT $5, GET $0.40 a million, storage $0.023 a GB-month.

https://aws.amazon.com/s3/pricing/
"""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rate, rules, topology

CLIENT = "c: {type: client}\n"
KEPT = ", lifecycle_configuration: {expiration_in_days: 30}"


def bucket(settings: str = KEPT, flow: str = "rate: 10/s, size: 1 MB") -> tuple[str, str]:
    return CLIENT + f"b: {{type: s3.bucket{settings}}}", f"- c -> b: {{{flow}}}"


class TestRequests:
    def test_each_object_is_a_put(self):
        result = priced(*bucket())

        # 10/s x 2,628,000 s = 26,280,000 x $0.000005 = $131.40
        assert quantity(result, "b", "PUT requests") == 10 * SECONDS
        assert cost(result, "b", "PUT requests") == Decimal("131.4")

    def test_messages_of_a_batch_are_one_object(self):
        result = priced(*bucket(flow="rate: 10/s, size: 1 KB, batch: 10"))

        assert quantity(result, "b", "PUT requests") == SECONDS

    def test_each_read_is_a_get(self):
        result = priced(*bucket(flow="rate: 10/s, size: 1 MB, operation: read"))

        # 26,280,000 x $0.0000004 = $10.512
        assert cost(result, "b", "GET requests") == Decimal("10.512")
        assert "PUT requests" not in {c.charge_description for c in result.of("b")}

    def test_what_is_read_over_the_internet_is_charged_as_transfer(self):
        read = "rate: 1/s, size: 200 B, operation: read"
        result = priced(*bucket(flow=f"{read}, response_size: 1 MB"))

        # 1/s x 1 MB x 2,628,000 s / 1,024 = 2,566.40625 GB x $0.09
        assert quantity(result, "b", "Data transfer") == Decimal("2566.40625")
        assert cost(result, "b", "Data transfer") == Decimal("230.9765625")
        assert not priced(*bucket(flow=read)).complete

    def test_writes_have_no_answer_that_is_charged(self):
        result = priced(*bucket())

        assert result.complete
        assert not [c for c in result.charges if c.charge_description.startswith("Data transfer")]


class TestStorage:
    def test_objects_are_kept_until_they_expire(self):
        result = priced(*bucket(flow="rate: 1/s, size: 1 MB"))

        # 1 MB/s x 30 x 86,400 s / 1,024 = 2,531.25 GB x $0.023 = $58.21875
        assert quantity(result, "b", "Storage") == Decimal("2531.25")
        assert cost(result, "b", "Storage") == Decimal("58.21875")

    def test_what_is_stored_may_be_stated(self):
        result = priced(*bucket(", stored: 60 TB"))

        # 61,440 GB: 51,200 x $0.023 + 10,240 x $0.022 = $1,177.60 + $225.28
        assert cost(result, "b", "Storage") == Decimal("1402.88")

    def test_storage_without_an_end_is_unknown(self):
        result = priced(*bucket(""))

        assert not result.complete
        assert [c.list_cost is None for c in result.of("b")] == [False, True]

    def test_other_storage_classes_are_unknown(self):
        result = priced(*bucket(f"{KEPT}, storage_class: GLACIER_IR"))

        assert [c.list_cost for c in result.of("b")] == [None, None]


class TestKeys:
    def test_kms_is_asked_for_each_object(self):
        result = priced(*bucket(f'{KEPT}, bucket_encryption: {{sse_algorithm: "aws:kms"}}'))

        # 26,280,000 x $0.000003 = $78.84
        assert cost(result, "b", "KMS requests") == Decimal("78.84")

    def test_a_bucket_key_saves_an_unknown_part(self):
        settings = '{sse_algorithm: "aws:kms", bucket_key_enabled: true}'
        result = priced(*bucket(f"{KEPT}, bucket_encryption: {settings}"))

        assert not result.complete

    def test_keys_of_s3_cost_nothing(self):
        result = priced(*bucket(f"{KEPT}, bucket_encryption: {{sse_algorithm: AES256}}"))

        assert "KMS requests" not in {c.charge_description for c in result.of("b")}


class TestNotifications:
    FLOWS = "- c -> b: {rate: 100/s, size: 1 KB, batch: 50}\n- b -> w: {size: 1 KB}"
    COMPONENTS = (
        f"{CLIENT}b: {{type: s3.bucket{KEPT}}}\nw: {{type: lambda.function, duration: 1 s}}"
    )

    def test_there_is_one_for_each_object(self):
        # 100/s, 50 in an object
        assert rate(topology(self.COMPONENTS, self.FLOWS), "b -> w") == 2

    def test_reads_are_not_notified_of(self):
        reads = "- w -> b: {operation: read, size: 1 MB}"

        assert rate(topology(self.COMPONENTS, f"{self.FLOWS}\n{reads}"), "b -> w") == 2

    def test_a_function_tries_three_times(self):
        flows = self.FLOWS.replace("{size: 1 KB}", "{size: 1 KB, failure_rate: 50%}")
        hop = topology(self.COMPONENTS, flows).hops[1]

        # 1 + 1/2 + 1/4 tries
        assert hop.delivered.messages_per_second == 2 * Decimal("1.75")

    @pytest.mark.parametrize(("size", "wrong"), [("size: 1 KB", False), ("label: new", True)])
    def test_needs_a_size_of_its_own(self, size, wrong):
        flows = self.FLOWS.replace("size: 1 KB}", f"{size}}}", 2).replace(
            f"100/s, {size}", "100/s, size: 1 KB"
        )

        assert ("notification_without_size" in rules(self.COMPONENTS, flows)) is wrong

    def test_a_bucket_does_not_feed_a_stream_by_itself(self):
        names = rules(
            f"{CLIENT}b: {{type: s3.bucket{KEPT}}}\nk: {{type: kinesis.stream}}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> k: {size: 1 KB}",
        )

        assert "flow_without_consumer" in names


class TestLimits:
    @pytest.mark.parametrize(
        ("rate", "operation", "prefixes"),
        [(3500, "write", 1), (3501, "write", 2), (5500, "read", 1), (5501, "read", 2)],
    )
    def test_requests_of_a_prefix(self, rate, operation, prefixes):
        flow = f"rate: 1/s, peak: {rate}/s, size: 1 KB, operation: {operation}"
        (derived,) = priced(*bucket(flow=flow)).capacity["b"]

        assert derived.required == prefixes
        assert ("too_few_prefixes" in rules(*bucket(f"{KEPT}, prefixes: 1", flow))) is (
            prefixes > 1
        )

    def test_requests_count_objects(self):
        flow = "rate: 35000/s, size: 1 KB, batch: 10"

        assert "too_few_prefixes" not in rules(*bucket(f"{KEPT}, prefixes: 1", flow))

    @pytest.mark.parametrize(
        ("size", "severity"),
        [("5 GB", ""), ("5121 MB", "info"), ("48.8 TB", "info"), ("48.9 TB", "error")],
    )
    def test_sizes_of_objects(self, size, severity):
        findings = [f for f in found(*bucket(flow=f"rate: 1/h, size: {size}")) if f.where == "b"]

        assert [f.severity for f in findings] == ([severity] if severity else [])
