"""Amazon ECS on AWS Fargate: https://aws.amazon.com/fargate/pricing/, us-east-1."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity, rules

from archcode.errors import SpecError
from archcode.services.ecs import TASK_SIZES

BOXES = """
c: {{type: client}}
q:
  type: sqs.queue
  receive_message_wait_time_seconds: 20
  redrive_policy: {{dead_letter_target: d}}
d: {{type: sqs.queue, message_retention_period: 14 d}}
w: {{type: ecs.service, launch_type: FARGATE, cpu: 512, memory: 1024{more}}}
"""
FLOWS = "- c -> q: {{rate: {rate}/s, peak: {peak}/s, size: 1 KB}}\n- q -> w: {{batch: {batch}}}"


def worked(more: str = "", rate: int = 100, peak: int = 300, batch: int = 10, **options: object):
    return priced(
        BOXES.format(more=more), FLOWS.format(rate=rate, peak=peak, batch=batch), **options
    )


def names(more: str, rate: int = 100, peak: int = 300, batch: int = 10) -> list[str]:
    return rules(BOXES.format(more=more), FLOWS.format(rate=rate, peak=peak, batch=batch))


class TestTasks:
    @pytest.mark.parametrize(
        ("duration", "concurrency", "tasks"),
        [
            # 300/s ÷ 10 = 30 calls/s at peak
            ("100 ms", 1, 3),
            ("101 ms", 1, 4),
            ("1 s", 4, 8),
            ("1 ms", 1, 1),
        ],
    )
    def test_calls_times_duration_divided_by_concurrency(self, duration, concurrency, tasks):
        result = worked(f", duration: {duration}, concurrency: {concurrency}")
        (size,) = result.capacity["w"]

        assert (size.name, size.required, size.configured) == ("tasks", tasks, None)

    def test_the_formula_has_the_numbers(self):
        (size,) = worked(", duration: 100 ms").capacity["w"]

        assert size.formula == "30 calls/s at peak × 0.1 s ÷ 1 at a time, rounded up"

    def test_too_few_for_the_mean_rate_is_an_error(self):
        # mean 10 calls/s × 0.5 s = 5 tasks, peak 15
        assert "too_few_workers" in names(", duration: 500 ms, desired_count: 4")
        assert "too_few_workers" not in names(", duration: 500 ms, desired_count: 5")

    def test_too_few_for_the_peak_is_a_warning(self):
        assert "workers_below_peak" in names(", duration: 500 ms, desired_count: 14")
        assert names(", duration: 500 ms, desired_count: 15") == []

    def test_auto_scaling_is_judged_by_its_upper_bound(self):
        scaling = ", auto_scaling: {{min_capacity: 1, max_capacity: {most}}}, duration: 500 ms"

        assert "workers_below_peak" in names(scaling.format(most=14))
        assert names(scaling.format(most=15)) == []

    def test_a_message_tells_load_bound_and_headroom(self):
        finding, *_ = found(
            BOXES.format(more=", duration: 500 ms, desired_count: 4"),
            FLOWS.format(rate=100, peak=300, batch=10),
        )

        assert finding.where == "w.desired_count"
        assert finding.message == (
            "5 tasks are busy at the mean rate, and 4 run at most: a headroom of -25%"
        )

    def test_a_queue_sees_how_long_messages_are_held(self):
        # 100,000/s × 2 s = 200,000 messages in flight
        assert "in_flight_messages_exceeded" in names(
            ", duration: 2 s, desired_count: 1000000", rate=100_000, peak=100_000
        )


class TestTasksPerService:
    @pytest.mark.parametrize(("tasks", "exceeded"), [(5000, False), (5001, True)])
    def test_quota(self, tasks, exceeded):
        assert ("tasks_per_service_exceeded" in names(f", desired_count: {tasks}")) is exceeded


class TestCharges:
    def test_stated_tasks_run_all_month(self):
        result = worked(", desired_count: 2")

        # 2 × 730 h × 0.5 vCPU = 730 × $0.04048; 2 × 730 h × 1 GB = 1,460 × $0.004445
        assert cost(result, "w", "Processors, x86_64") == Decimal("29.55040")
        assert cost(result, "w", "Memory, x86_64") == Decimal("6.489700")

    def test_derived_tasks_are_those_of_the_peak(self):
        result = worked(", duration: 100 ms")

        # 3 × 730 h × 0.5 vCPU = 1,095 vCPU-hours
        assert quantity(result, "w", "Processors") == 1095

    def test_auto_scaling_pays_for_the_mean_within_its_bounds(self):
        # mean 10 calls/s × 0.5 s = 5 tasks
        for low, high, tasks in ((1, 20, 5), (8, 20, 8), (1, 3, 3)):
            scaling = f"{{min_capacity: {low}, max_capacity: {high}}}"
            result = worked(f", duration: 500 ms, auto_scaling: {scaling}")
            assert quantity(result, "w", "Memory") == tasks * 730

    def test_arm_is_cheaper(self):
        result = worked(", desired_count: 1, runtime_platform: {cpu_architecture: ARM64}")

        # 730 h × 0.5 × $0.03238; 730 h × 1 GB × $0.00356
        assert cost(result, "w", "Processors, ARM64") == Decimal("11.81870")
        assert cost(result, "w", "Memory, ARM64") == Decimal("2.59880")

    def test_storage_above_20_gib(self):
        result = worked(", desired_count: 1, ephemeral_storage: {size_in_gib: 50}")

        # 730 h × (50 − 20) GB × $0.000111
        assert cost(result, "w", "Storage of tasks") == Decimal("2.430900")

    @pytest.mark.parametrize("more", ["", ", auto_scaling: {min_capacity: 1, max_capacity: 2}"])
    def test_nothing_tells_how_many_so_the_cost_is_unknown(self, more):
        result = worked(more)

        assert [c.list_cost for c in result.of("w")] == [None, None]
        assert "desired_count" in result.of("w")[0].charge_description

    def test_tasks_on_instances_are_paid_for_there(self):
        boxes = "c: {type: client}\nw: {type: ecs.service, launch_type: EC2}"
        flows = "- c -> w: {rate: 1/s, size: 1 KB, response_size: 1 KB}"
        charge, *_ = priced(boxes, flows).of("w")

        assert charge.list_cost is None
        assert "the instances that its tasks run on" in charge.charge_description


class TestTaskSizes:
    def test_the_table_of_aws(self):
        counts = {cpu: (memory[0], memory[-1], len(memory)) for cpu, memory in TASK_SIZES.items()}

        assert counts == {
            256: (512, 2048, 3),
            512: (1024, 4096, 4),
            1024: (2048, 8192, 7),
            2048: (4096, 16_384, 13),
            4096: (8192, 30_720, 23),
            8192: (16_384, 61_440, 12),
            16_384: (32_768, 122_880, 12),
        }

    @pytest.mark.parametrize(
        ("sizes", "fact"),
        [
            ("cpu: 300, memory: 1024", "one of 256, 512, 1024, 2048, 4096, 8192, 16384"),
            ("cpu: 256, memory: 4096", "512, 1024, 2048 MB"),
            ("cpu: 2048, memory: 4000", "4096 to 16384 in steps of 1024 MB"),
            ("cpu: 256", "has no memory"),
        ],
    )
    def test_other_sizes_are_refused(self, sizes, fact):
        with pytest.raises(SpecError) as raised:
            priced(f"w: {{type: ecs.service, launch_type: FARGATE, {sizes}}}")
        (finding,) = raised.value.findings

        assert finding.rule == "fargate_task_size"
        assert fact in finding.message

    def test_the_launch_type_is_the_authors_to_say(self):
        with pytest.raises(SpecError) as raised:
            priced("w: {type: ecs.service, cpu: 256, memory: 512}")
        assert [f.rule for f in raised.value.findings] == ["missing_key"]

    def test_bounds_of_scaling_are_in_order(self):
        scaling = "auto_scaling: {min_capacity: 3, max_capacity: 2}"
        with pytest.raises(SpecError) as raised:
            priced(f"w: {{type: ecs.service, launch_type: EC2, {scaling}}}")
        assert [f.rule for f in raised.value.findings] == ["capacity_bounds_reversed"]

    @pytest.mark.parametrize(("size", "fits"), [(20, False), (21, True), (200, True), (201, False)])
    def test_ephemeral_storage(self, size, fits):
        text = f", desired_count: 1, ephemeral_storage: {{size_in_gib: {size}}}"
        if fits:
            assert worked(text).complete
            return
        with pytest.raises(SpecError) as raised:
            worked(text)
        assert [f.rule for f in raised.value.findings] == ["out_of_range"]
