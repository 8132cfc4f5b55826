"""MSK Connect by hand: https://aws.amazon.com/msk/pricing/, $0.11 per MCU-hour in us-east-1."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity, topology

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.services import find

FIXED = "provisioned_capacity: {mcu_count: %d, worker_count: %d}"
SCALING = "auto_scaling: {mcu_count: %d, min_worker_count: %d, max_worker_count: %d}"
SOME = "rate: 1/s, size: 1 KB"


def spec(capacity: str, flow: str = SOME, more: str = "") -> tuple[str, str]:
    """A source of changes, a connector, and a cluster."""
    components = f"""
        rows: {{type: server}}
        cdc: {{type: kafkaconnect.connector, capacity: {{{capacity}}}{more}}}
        log: {{type: msk.serverless_cluster}}
    """
    return components, f"- rows -> cdc: {{{flow}}}\n- cdc -> log"


def carries(mb: int) -> str:
    return f", throughput_per_mcu: {mb} MB"


def rate(mean: int, peak: int) -> str:
    """KB/s."""
    return f"rate: {mean}/s, peak: {peak}/s, size: 1 KB"


def refused(capacity: str) -> Finding:
    with pytest.raises(SpecError) as caught:
        topology(*spec(capacity))
    (finding,) = caught.value.findings
    return finding


def named(word: str, *texts: str) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in found(*texts) if word in f.rule]


class TestUsage:
    @pytest.mark.parametrize("mcu", [1, 2, 4, 8])
    def test_mcu_hours(self, mcu: int) -> None:
        # mcu × 3 workers × 730 h × $0.11
        result = priced(*spec(FIXED % (mcu, 3)))
        assert quantity(result, "cdc", "Connect workers") == mcu * 2190
        assert cost(result, "cdc", "Connect workers") == mcu * Decimal("240.9")

    # 2 MCU × 2 MB/s = 4,096 KB/s a worker, between 2 and 4 of them
    @pytest.mark.parametrize(
        ("mean", "workers"), [(1, 2), (8192, 2), (8193, 3), (12_289, 4), (99_999, 4)]
    )
    def test_scaling_follows_the_mean(self, mean: int, workers: int) -> None:
        texts = spec(SCALING % (2, 2, 4), rate(mean, 100_000), carries(2))
        assert quantity(priced(*texts), "cdc", "Connect workers") == workers * 2 * 730

    def test_scaling_is_unknown_without_a_throughput(self) -> None:
        texts = spec(SCALING % (1, 1, 4))
        assert not priced(*texts).complete
        (finding,) = [f for f in found(*texts) if f.rule == "quantity_unknown"]
        assert finding.message == "the cost of Connect workers depends on throughput_per_mcu"

    def test_scaling_between_equal_numbers_is_known(self) -> None:
        assert quantity(priced(*spec(SCALING % (1, 2, 2))), "cdc", "Connect workers") == 1460

    def test_formula(self) -> None:
        texts = spec(SCALING % (2, 1, 4), rate(8192, 8192), carries(2))
        (charge,) = priced(*texts).of("cdc")
        assert charge.formula.startswith("2 of 1 to 4 workers at the mean 8 MB/s × 2 MCU × 730 h")


class TestCapacity:
    # 2 MCU × 2 MB/s = 4,096 KB/s a worker
    @pytest.mark.parametrize(("peak", "number"), [(1, 1), (4096, 1), (4097, 2), (8193, 3)])
    def test_workers_for_the_peak(self, peak: int, number: int) -> None:
        texts = spec(FIXED % (2, 9), rate(1, peak), carries(2))
        (workers,) = priced(*texts).capacity["cdc"]
        assert (workers.name, workers.required, workers.configured) == ("workers", number, 9)

    def test_unknown_throughput_needs_one(self) -> None:
        (workers,) = priced(*spec(FIXED % (1, 3), rate(1, 10**6))).capacity["cdc"]
        assert (workers.required, workers.configured) == (1, 3)

    def test_formula(self) -> None:
        texts = spec(FIXED % (2, 1), rate(1, 8192), carries(2))
        (workers,) = priced(*texts).capacity["cdc"]
        assert workers.formula == "8 MB/s at peak ÷ (2 MCU × 2 MB/s), rounded up"


class TestFindings:
    # 1 MCU × 2 MB/s × 2 workers = 4,096 KB/s
    @pytest.mark.parametrize(
        ("mean", "peak", "severity"),
        [(1, 4096, None), (4096, 4097, Severity.WARNING), (4097, 4097, Severity.ERROR)],
    )
    @pytest.mark.parametrize("capacity", [FIXED % (1, 2), SCALING % (1, 1, 2)])
    def test_too_few_workers(
        self, capacity: str, mean: int, peak: int, severity: Severity | None
    ) -> None:
        rules = named("too_few_connector_workers", *spec(capacity, rate(mean, peak), carries(2)))
        assert rules == ([("too_few_connector_workers", severity)] if severity else [])

    def test_states_load_limit_and_headroom(self) -> None:
        # 10,240 KB/s = 10 MB/s ÷ 2 MB/s = 5 workers; 1 − 5 ÷ 2
        texts = spec(FIXED % (1, 2), rate(1, 10_240), carries(2))
        (finding,) = [f for f in found(*texts) if f.rule == "too_few_connector_workers"]
        assert finding.where == "cdc.capacity"
        assert finding.message == (
            "needs 5 workers (10 MB/s at peak ÷ (1 MCU × 2 MB/s), rounded up), and has 2:"
            " a headroom of -150%"
        )
        assert finding.hint == "let it have 5 workers, or workers of more MCU"

    @pytest.mark.parametrize(
        ("capacity", "over"),
        [
            (FIXED % (1, 10), False),
            (FIXED % (1, 11), True),
            (SCALING % (1, 1, 10), False),
            (SCALING % (1, 1, 11), True),
        ],
    )
    def test_workers_of_a_connector(self, capacity: str, *, over: bool) -> None:
        assert named("per_connector", *spec(capacity)) == (
            [("workers_per_connector_exceeded", Severity.WARNING)] if over else []
        )

    @pytest.mark.parametrize(("last", "over"), [(10, False), (11, True)])
    def test_workers_of_an_account(self, last: int, *, over: bool) -> None:
        counts = [10, 10, 10, 10, 10, last]
        boxes = [
            f"k{n}: {{type: kafkaconnect.connector, capacity: {{{FIXED % (1, count)}}}}}"
            for n, count in enumerate(counts)
        ]
        flows = [f"- rows -> k{n}: {{{SOME}}}" for n in range(6)]
        texts = "\n".join(["rows: {type: server}", *boxes]), "\n".join(flows)
        assert named("per_account", *texts) == (
            [("workers_per_account_exceeded", Severity.WARNING)] if over else []
        )


class TestSettings:
    @pytest.mark.parametrize("capacity", ["", f"{FIXED % (1, 1)}, {SCALING % (1, 1, 2)}"])
    def test_one_kind_of_capacity(self, capacity: str) -> None:
        assert refused(capacity).rule == "connector_capacity"

    def test_least_and_most_workers(self) -> None:
        finding = refused(SCALING % (1, 3, 2))
        assert finding.rule == "workers_upside_down"
        assert finding.message == "has a min_worker_count of 3, above its max_worker_count of 2"

    def test_sizes_of_a_worker(self) -> None:
        assert refused(FIXED % (3, 1)).message == "is 3; allowed: 1, 2, 4, 8"

    @pytest.mark.parametrize(
        ("capacity", "words"),
        [
            (FIXED % (2, 3), "MSK Connect 3 × 2 MCU"),
            (SCALING % (1, 1, 4), "MSK Connect 1-4 × 1 MCU"),
            (SCALING % (1, 2, 2), "MSK Connect 2 × 1 MCU"),
        ],
    )
    def test_summary(self, capacity: str, words: str) -> None:
        settings = topology(*spec(capacity)).traffic["cdc"].settings
        assert find("kafkaconnect.connector").summary(settings) == words


def test_what_it_takes_flows_on() -> None:
    result = topology(*spec(FIXED % (1, 1), "rate: 5/s, size: 1 KB"))
    assert result.traffic["log"].received.messages_per_second == 5
