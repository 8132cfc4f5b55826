"""EventBridge Scheduler, us-east-1: https://aws.amazon.com/eventbridge/pricing/."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError
from archcode.services._schedules import ExpressionError, read

CLIENT = "c: {type: client}\n"
DAYS = 146_097
"""Of 400 years: 400 × 365 and 97 leap days, which are 20,871 weeks."""


def scheduled(settings: str, target: str = "type: sqs.queue", flow: str = "") -> tuple[str, str]:
    """A schedule `s` and its target `t`."""
    return (
        f"s: {{type: scheduler.schedule, size: 1 KB, {settings}}}\nt: {{{target}}}",
        f"- s -> t: {{{flow}}}",
    )


def created(
    settings: str = "action_after_completion: DELETE", flow: str = "rate: 1/s, size: 1 KB"
) -> tuple[str, str]:
    """A schedule `s` for each message of `c`, with a target `t`."""
    schedule = f"s: {{type: scheduler.schedule, dead_letter_config: {{arn: d}}, {settings}}}\n"
    queues = "t: {type: sqs.queue}\nd: {type: sqs.queue}"
    return CLIENT + schedule + queues, f"- c -> s: {{{flow}}}\n- s -> t"


HOUR = "flexible_time_window: {mode: FLEXIBLE, maximum_window_in_minutes: 60}"
FUNCTION = "type: lambda.function, duration: 1 ms"


class TestExpressions:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("rate(1 minute)", 60),
            ("rate(5 minutes)", 300),
            ("rate(1 hours)", 3600),
            ("rate(2 hours)", 7200),
            ("rate(1 day)", 86_400),
            ("rate( 7  days )", 604_800),
        ],
    )
    def test_a_rate_fires_at_intervals(self, text, seconds):
        assert read(text).kind == "rate"
        assert read(text).per_second == Fraction(1, seconds)

    @pytest.mark.parametrize(
        ("fields", "fires"),
        [
            ("0 12 * * ? *", DAYS),
            ("0 12 ? * * *", DAYS),
            ("* * * * ? *", DAYS * 24 * 60),
            ("0/15 8-17 ? * MON-FRI *", 4 * 10 * 5 * 20_871),
            ("5/20 * ? * 2-6 *", 3 * 24 * 5 * 20_871),  # minutes 5, 25 and 45
            ("0-10/5,30 0 ? * mon,Wed *", 4 * 2 * 20_871),
            ("*/25 0 ? * SUN *", 3 * 20_871),
            ("0 9 1 * ? *", 4800),
            ("0 9 L * ? *", 4800),
            ("0 9 LW * ? *", 4800),
            ("0 9 15W * ? *", 4800),
            ("0 9 31 * ? *", 2800),  # seven months of a year
            ("0 9 31W * ? *", 2800),
            ("0 9 29 2 ? *", 97),
            ("0 9 30 FEB ? *", 0),
            ("0 9 1 JAN,jul ? *", 800),
            ("0 9 1 1/3 ? *", 1600),
            # 16 odd days in 7 × 400 months, 15 in 4 × 400 and 97, 14 in 303
            ("0 9 */2 * ? *", 16 * 2800 + 15 * 1697 + 14 * 303),
            ("0 9 1-7,L * ? *", 8 * 4800),
            ("0 9 28,L * ? *", 4800 * 2 - 303),  # the same day in a plain February
            ("0 9 ? * L *", 20_871),
            ("0 9 ? * 6L *", 4800),
            ("0 9 ? * friL *", 4800),
            ("0 9 ? * 3#2 *", 4800),
            ("0 9 ? * TUE#2 *", 4800),
            # 20,871 Fridays, of which four in each month are not the fifth
            ("0 9 ? * 6#5 *", 20_871 - 4 * 4800),
            ("0 9 ? * SAT,6L *", 20_871 + 4800),
        ],
    )
    def test_a_cron_expression_is_counted_over_400_years(self, fields, fires):
        found_ = read(f"cron({fields})")

        assert found_.kind == "cron"
        assert found_.per_second == Fraction(fires, DAYS * 86_400)

    @pytest.mark.parametrize(
        ("fields", "fires", "days"),
        [
            ("15 10 ? * 6L 2022-2023", 24, 730),
            ("0 0 29 2 ? 2024", 1, 366),
            ("0 0 1 * ? 2021,2024/4", 12 * (1 + 44), 365 + 44 * 366 - 1),  # 2100 is no leap year
            # May 2021 began on a Saturday and had 31 days
            ("0 0 ? 5 SAT 2021", 5, 365),
            ("0 0 ? 5 1 2021", 5, 365),
            ("0 0 ? 5 MON 2021", 5, 365),
            ("0 0 ? 5 TUE 2021", 4, 365),
            # the weekday nearest to Saturday the 1st is Monday the 3rd, in the same month
            ("0 0 1W,3 5 ? 2021", 1, 365),
            # to Sunday the 31st, the last of January 2021, it is Friday the 29th
            ("0 0 31W,29 1 ? 2021", 1, 365),
            # to Saturday, 15 August 2020, it is the 14th, to Sunday the 16th the 17th
            ("0 0 15W,14 8 ? 2020", 1, 366),
            ("0 0 16W,17 8 ? 2020", 1, 366),
            # and to a Wednesday it is itself
            ("0 0 12W,12 8 ? 2020", 1, 366),
            ("0 0 LW,29 1 ? 2021", 1, 365),
        ],
    )
    def test_named_years_are_counted_alone(self, fields, fires, days):
        assert read(f"cron({fields})").per_second == Fraction(fires, days * 86_400)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("0 12 * * ? *", 'is "0 12 * * ? *", not an expression such as rate(5 minutes)'),
            ("rate(0 minutes)", 'has the rate "0 minutes"'),
            ("rate(5 weeks)", 'has the rate "5 weeks"'),
            ("rate(1.5 hours)", 'has the rate "1.5 hours"'),
            ("cron(0 12 * * ?)", "has 5 fields, not 6"),
            ("cron(0 12 * * * *)", "exactly one of them is ?"),
            ("cron(0 12 ? * ? *)", "exactly one of them is ?"),
            ("cron(60 12 * * ? *)", 'has "60" in its minutes, which run from 0 to 59'),
            ("cron(0 24 * * ? *)", "hours, which run from 0 to 23"),
            ("cron(0 12 0 * ? *)", "days of the month, which run from 1 to 31"),
            ("cron(0 12 32W * ? *)", "days of the month, which run from 1 to 31"),
            ("cron(0 12 1 13 ? *)", "months, which run from 1 to 12"),
            ("cron(0 12 ? * 8 *)", "days of the week, which run from 1 to 7"),
            ("cron(0 12 ? * 0L *)", "days of the week, which run from 1 to 7"),
            ("cron(0 12 ? * MON/2 *)", 'has "MON/2" in its days of the week'),
            ("cron(0 12 * * ? 1969)", "years, which run from 1970 to 2199"),
            ("cron(0 12 * * ? 2200)", "years, which run from 1970 to 2199"),
            ("cron(0/0 12 * * ? *)", 'has "0/0" in its minutes'),
            ("cron(0/x 12 * * ? *)", 'has "0/x" in its minutes'),
            ("cron(0, 12 * * ? *)", 'has "" in its minutes'),
            ("cron(0 22-2 * * ? *)", "a range that goes down; write two ranges"),
            ("cron(0 12 ? * 3#6 *)", "# stands before a number from 1 to 5"),
            ("cron(0 12 ? * 3# *)", "# stands before a number from 1 to 5"),
            ("cron(0 12 ? * 3#1,6#3 *)", "# stands alone"),
            ("at(2026-02-29T12:00:00)", 'is at "2026-02-29T12:00:00", not a time such as'),
            ("at(2026-13-01T12:00:00)", "not a time such as"),
            ("at(2026-12-01T24:00:00)", "not a time such as"),
            ("at(2026-12-01T12:60:00)", "not a time such as"),
            ("at(2026-12-01T12:00:60)", "not a time such as"),
            ("at(2026-12-01)", "not a time such as"),
        ],
    )
    def test_what_aws_does_not_take_is_refused(self, text, said):
        with pytest.raises(ExpressionError) as raised:
            read(text)

        assert said in str(raised.value)

    @pytest.mark.parametrize("time", ["2028-02-29T23:59:59", "2026-01-31T00:00:00"])
    def test_a_time_is_read(self, time):
        assert read(f"at({time})").kind == "at"


class TestInvocations:
    def test_a_rate_makes_traffic_by_itself(self):
        result = priced(*scheduled("schedule_expression: rate(5 minutes)"))

        # 2,628,000 s ÷ 300 s = 8,760 invocations × $0.000001
        assert quantity(result, "s", "Scheduled invocations") == 8760
        assert cost(result, "s", "Scheduled invocations") == Decimal("0.00876")
        # and as many messages are sent, of 1 KB
        assert result.topology.traffic["t"].received.monthly_messages == 8760
        assert result.topology.traffic["t"].received.message_size_bytes == 1024

    def test_the_first_14_million_a_month_are_free(self):
        spec = scheduled("schedule_expression: rate(1 minute), schedules: 400")
        result = priced(*spec, free_tier=True)

        # 400 × 2,628,000 ÷ 60 = 17,520,000, less 14,000,000, × $0.000001
        assert cost(result, "s", "Scheduled invocations") == Decimal("17.52")
        assert cost(result, "(account)", "Free tier: Scheduled") == Decimal(-14)

    def test_fewer_than_14_million_cost_nothing(self):
        spec = scheduled("schedule_expression: rate(5 minutes)")
        result = priced(*spec, free_tier=True)

        assert cost(result, "(account)", "Free tier: Scheduled") == Decimal("-0.00876")

    def test_one_time_schedules_fire_once(self):
        result = priced(*scheduled('schedule_expression: "at(2026-12-01T12:00:00)", schedules: 50'))

        assert quantity(result, "s", "Scheduled invocations") == 50

    def test_a_disabled_schedule_does_not_fire(self):
        result = priced(*scheduled("schedule_expression: rate(1 minute), state: DISABLED"))

        assert result.of("s") == ()
        assert result.topology.traffic["t"].received.messages_per_second == 0

    def test_each_message_of_a_flow_is_a_schedule_that_fires_once(self):
        result = priced(*created())

        # 1/s × 2,628,000 s
        assert quantity(result, "s", "Scheduled invocations") == 2_628_000
        assert rate(result.topology, "s -> t") == 1

    def test_retries_are_invocations(self):
        spec = scheduled(
            "schedule_expression: rate(5 minutes), retry_policy: {maximum_retry_attempts: 1},"
            " dead_letter_config: {arn: d}",
            flow="failure_rate: 50%",
        )
        result = priced(f"{spec[0]}\nd: {{type: sqs.queue}}", spec[1])

        # 8,760 × (1 + 1/2), and a quarter ends in the dead-letter queue
        assert quantity(result, "s", "Scheduled invocations") == 13_140
        assert result.of("s")[0].formula.startswith(
            "t: rate(5 minutes), 8,760 times in 2,628,000 s + 4,380 retries → 13,140 Invocations"
        )
        assert result.topology.traffic["d"].received.monthly_messages == 2190

    def test_185_retries_are_made_unless_said(self):
        flow = "failure_rate: 100%"
        result = priced(*scheduled("schedule_expression: rate(5 minutes)", flow=flow))

        assert quantity(result, "s", "Scheduled invocations") == 8760 * 186

    @pytest.mark.parametrize(("retries", "calls"), [(2, 15_330), (0, 8760)])
    def test_a_function_retries_by_itself(self, retries, calls):
        target = f"{FUNCTION}, maximum_retry_attempts: {retries}"
        flow = "failure_rate: 50%"
        result = priced(*scheduled("schedule_expression: rate(5 minutes)", target, flow))

        # 8,760 × (1 + 1/2 + 1/4)
        assert quantity(result, "t", "Requests") == calls
        assert quantity(result, "s", "Scheduled invocations") == 8760

    def test_uses_of_a_key_are_unknown(self):
        spec = scheduled("schedule_expression: rate(5 minutes), kms_key_arn: alias/own")

        (charge,) = [c for c in priced(*spec).of("s") if c.charge_description.startswith("KMS")]
        assert charge.list_cost is None


class TestPeak:
    @pytest.mark.parametrize(
        ("settings", "peak"),
        [
            # all fire in the minute that is meant
            ("schedule_expression: rate(1 day), schedules: 600", 10),
            ('schedule_expression: "at(2026-12-01T12:00:00)", schedules: 600', 10),
            # or in the hour after it
            (f"schedule_expression: rate(1 day), schedules: 7200, {HOUR}", 2),
            # and never below the mean: 7,200 ÷ 60 s
            (f"schedule_expression: rate(1 minute), schedules: 7200, {HOUR}", 120),
        ],
    )
    def test_is_all_schedules_in_one_minute_or_window(self, settings, peak):
        built = topology(*scheduled(settings))

        assert built.traffic["t"].received.peak_messages_per_second == peak

    @pytest.mark.parametrize(
        ("region", "count", "wrong"),
        [
            ("us-east-1", 60_000, False),
            ("us-east-1", 60_001, True),
            ("ca-central-1", 30_000, False),
            ("ca-central-1", 30_001, True),
        ],
    )
    def test_is_within_the_quota_of_the_region(self, region, count, wrong):
        # two components: 1,000/s or 500/s over 60 s
        text = "\n".join(
            f"{name}: {{type: scheduler.schedule, size: 1 KB, schedules: {part},"
            " schedule_expression: rate(1 day)}"
            for name, part in (("r", count - 100), ("s", 100))
        )
        spec = (f"{text}\nt: {{type: sqs.queue}}", "- r -> t\n- s -> t")
        findings = [f for f in found(*spec, region=region) if "invocations" in f.rule]

        assert [f.rule for f in findings] == ["schedule_invocations_exceeded"] * wrong
        assert all(f.where == "r" and f.severity == "warning" for f in findings)


class TestQuotas:
    @pytest.mark.parametrize(("count", "wrong"), [(10_000_000, False), (10_000_001, True)])
    def test_ten_million_schedules(self, count, wrong):
        spec = scheduled(f"schedule_expression: rate(1 day), schedules: {count}")

        assert ("schedules_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("rate_", "wrong"), [(100, False), (101, True)])
    def test_schedules_wait_until_they_fire(self, rate_, wrong):
        # 100/s × 100,000 s = 10,000,000
        spec = created(
            "action_after_completion: DELETE, ahead: 100000 s", f"rate: {rate_}/s, size: 1 KB"
        )

        assert ("schedules_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(
        ("region", "peak", "wrong"),
        [
            ("us-east-1", 5000, False),
            ("us-east-1", 5001, True),
            ("ca-central-1", 250, False),
            ("ca-central-1", 251, True),
        ],
    )
    def test_schedules_created_in_a_second(self, region, peak, wrong):
        spec = created(flow=f"rate: 1/s, peak: {peak}/s, size: 1 KB")

        assert ("schedule_creations_exceeded" in rules(*spec, region=region)) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("256 KB", False), ("262145 B", True)])
    def test_an_input_of_256_kb(self, size, wrong):
        own = f"s: {{type: scheduler.schedule, schedule_expression: rate(1 day), size: {size}}}"
        spec = (f"{own}\nt: {{type: sqs.queue}}", "- s -> t")
        for components, flows in (spec, created(flow=f"rate: 1/s, size: {size}")):
            assert ("schedule_input_exceeded" in rules(components, flows)) is wrong

    def test_schedules_that_are_kept_reach_the_quota(self):
        spec = created("ahead: 1 h", "rate: 4/s, size: 1 KB")

        (finding,) = found(*spec)
        # 10,000,000 ÷ 4/s ÷ 86,400 s
        assert finding.message == (
            "keeps every schedule that has fired: 4/s reach the default quota of 10,000,000 in"
            " 28.94 days"
        )
        assert (finding.rule, finding.severity) == ("schedules_never_deleted", "warning")
        assert rules(*created()) == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("settings", "rule"),
        [
            ("schedule_expression: every day, size: 1 KB", "schedule_expression_unreadable"),
            ("schedule_expression: rate(1 day)", "schedule_without_size"),
            ("flexible_time_window: {mode: FLEXIBLE}", "flexible_window_without_mode"),
            (
                "flexible_time_window: {maximum_window_in_minutes: 5}",
                "flexible_window_without_mode",
            ),
            ("retry_policy: {maximum_retry_attempts: 186}", "out_of_range"),
            ("retry_policy: {maximum_event_age_in_seconds: 59}", "out_of_range"),
            ("retry_policy: {maximum_event_age_in_seconds: 86401}", "out_of_range"),
            (
                "flexible_time_window: {mode: FLEXIBLE, maximum_window_in_minutes: 1441}",
                "out_of_range",
            ),
        ],
    )
    def test_says_what_is_wrong(self, settings, rule):
        with pytest.raises(SpecError) as raised:
            topology(f"s: {{type: scheduler.schedule, {settings}}}\nt: {{type: sqs.queue}}")

        assert [f.rule for f in raised.value.findings] == [rule]

    def test_a_schedule_without_an_expression_needs_a_flow(self):
        with pytest.raises(SpecError) as raised:
            topology("s: {type: scheduler.schedule}\nt: {type: sqs.queue}", "- s -> t")

        assert [f.rule for f in raised.value.findings] == ["source_without_rate"]

    def test_a_flow_creates_no_schedule_with_an_expression(self):
        spec = created("schedule_expression: rate(1 day), size: 1 KB")

        (finding,) = found(*spec)
        assert finding.rule == "flow_into_schedule_with_expression"
        assert (finding.where, finding.severity) == ("c -> s", "error")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("schedule_expression: rate(5 minutes)", "Scheduler rate(5 minutes)"),
        ("schedule_expression: cron(0 1 ? * MON-FRI *)", "Scheduler cron(0 1 ? * MON-FRI *)"),
        ('schedule_expression: "cron(0,15,30,45 8-18 ? * MON-FRI *)"', "Scheduler cron"),
        ("ahead: 1 d", "Scheduler, one-time"),
    ],
)
def test_is_summed_up_in_a_few_words(settings, words):
    spec = f"{CLIENT}s: {{type: scheduler.schedule, size: 1 KB, {settings}}}"
    built = topology(spec)

    assert built.service("s").summary(built.spec.components["s"].settings) == words
