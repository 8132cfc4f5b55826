"""Every option has the same producers and consumers, and is a spec that the language allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from small import SMALL, compared, options
from support import PRICES

from archcode.compare import Basis, compare_channel
from archcode.compare.kinds import KINDS
from archcode.errors import UsageError
from archcode.rules._channels import CHANNELS
from archcode.spec.dump import dump
from archcode.spec.parse import parse
from archcode.topology import propagate

SPECS = Path(__file__).parents[2] / "specs"
FAN_OUT = """\
title: Fan-out
region: us-east-1
components:
  app: {type: client}
  events: {type: sns.topic}
  billing:
    type: sqs.queue
    visibility_timeout: 3 min
    redrive_policy: {dead_letter_target: failed, max_receive_count: 5}
  failed: {type: sqs.queue}
  bill: {type: lambda.function, timeout: 30, duration: 50 ms}
  ship: {type: lambda.function, timeout: 10, duration: 50 ms}
flows:
  - app -> events: {rate: 100/s, size: 2 KB}
  - events -> billing: {filter: 40%}
  - billing -> bill: {batch: 10, failure_rate: 1%}
  - events -> ship
groups:
  payment: {contains: [billing, failed, bill]}
"""
STREAM = """\
title: Clicks
region: us-east-1
components:
  app: {type: client}
  clicks: {type: kinesis.stream, retention_period_hours: 72}
  a: {type: server}
  b: {type: server}
flows:
  - app -> clicks: {rate: 1000/s, size: 1 KB}
  - clicks -> a: {batch: 100}
  - clicks -> b
"""


def flows(option):
    return {f"{flow.source} -> {flow.target}": flow.settings for flow in option.spec.flows}


def into(option, name):
    return option.estimate.topology.traffic[name].received.messages_per_second


@pytest.mark.parametrize(
    ("text", "channel"), [(SMALL, "orders"), (FAN_OUT, "events"), (STREAM, "clicks")]
)
def test_every_service_is_an_option_once_and_today_is_marked(text, channel):
    found = compared(text, channel)
    names = [option.name for option in found.options]

    assert {kind.name for kind in KINDS} <= {*names}
    assert len(names) == len({*names})
    assert [option for option in found.options if option.current] == [found.current]


@pytest.mark.parametrize("option", options(FAN_OUT, "events").values(), ids=lambda o: o.name)
def test_consumers_get_what_they_get_today(option):
    # 40% of 100/s, 1% of deliveries fail: 40 x (1 - 0.01^n) / 0.99 deliveries, n at least 5
    assert 40.4 < into(option, "bill") < 40.41
    assert into(option, "ship") == 100


FILTERED = STREAM.replace(
    "a: {type: server}", "a: {type: lambda.function, duration: 1 ms}"
).replace("{batch: 100}", "{batch: 10, filter: 30%}")


@pytest.mark.parametrize("option", options(FILTERED, "clicks").values(), ids=lambda o: o.name)
def test_consumers_get_what_their_filters_let_through(option):
    assert into(option, "a") == 300
    assert into(option, "b") == 1000


@pytest.mark.parametrize("option", options(FAN_OUT, "events").values(), ids=lambda o: o.name)
def test_options_are_specs_that_read_back(option):
    assert parse(dump(option.spec)) == replace(
        option.spec, document=parse(dump(option.spec)).document
    )


def test_without_a_topic_producers_send_to_a_queue_of_each_consumer():
    found = options(FAN_OUT, "events")["SQS standard"]

    assert found.parts == ("billing", "events-ship")
    assert "events" not in found.spec.components
    assert flows(found)["app -> billing"].rate == 40
    assert flows(found)["app -> events-ship"].rate == 100


def test_one_consumer_needs_one_queue_in_the_place_of_the_channel():
    found = options(STREAM.replace("  - clicks -> b\n", ""), "clicks")["SQS standard"]

    assert found.parts == ("clicks",)
    assert found.spec.components["clicks"].type == "sqs.queue"


def test_dead_letters_go_where_they_went():
    found = options(FAN_OUT, "events")
    stream, fifo = found["Kinesis provisioned"], found["SNS + SQS FIFO"]

    assert flows(stream)["events -> bill"].on_failure == "failed"
    assert flows(stream)["events -> bill"].maximum_retry_attempts == 4
    assert fifo.spec.components["failed"].settings.fifo_queue
    assert not fifo.reasons


def test_dead_letter_queues_that_nobody_names_go():
    found = options(FAN_OUT, "events")["RabbitMQ"]

    assert "failed" not in found.spec.components
    assert found.spec.groups[0].contains == ("bill",)


def test_a_dead_letter_queue_that_others_use_stays_as_it_is():
    shared = FAN_OUT.replace(
        "  failed:",
        "  other: {type: sqs.queue, redrive_policy: {dead_letter_target: failed}}\n  failed:",
    )
    found = options(shared, "events")["SNS + SQS FIFO"].spec.components

    assert not found["failed"].settings.fifo_queue
    assert found["failed-fifo"].settings.fifo_queue
    assert found["billing"].settings.redrive_policy.dead_letter_target == "failed-fifo"


def test_new_queues_stand_in_the_frame_of_the_channel():
    framed = FAN_OUT + "  intake: {contains: [events]}\n"
    found = options(framed, "events")["SNS + SQS"]

    assert ("events", "events-ship") in [group.contains for group in found.spec.groups]


def test_a_function_keeps_the_batches_that_its_duration_was_measured_with():
    found = options(FAN_OUT, "events")

    assert flows(found["Kinesis provisioned"])["events -> bill"].batch == 10
    assert flows(found["Kinesis provisioned"])["events -> ship"].batch == 1


def test_large_batches_of_a_queue_have_a_window_and_fifo_takes_ten():
    busy = STREAM.replace("a: {type: server}", "a: {type: lambda.function, duration: 1 ms}")
    found = options(busy, "clicks")

    assert flows(found["SQS standard"])["clicks-a -> a"].batch == 100
    assert flows(found["SQS standard"])["clicks-a -> a"].maximum_batching_window_in_seconds == 1
    assert flows(found["SQS FIFO"])["clicks-a -> a"].batch == 10
    assert found["SQS standard"].notes[0] != found["SQS FIFO"].notes[0]
    assert found["SQS FIFO"].notes[0] == (
        "a takes batches of 10, not of 100; its duration is still that of 100"
    )


def test_a_stream_keeps_what_todays_keeps_and_what_is_required():
    required = FAN_OUT.replace("{type: sns.topic}", "{type: sns.topic, requires: {replay: 5 d}}")
    found = options(required, "events")

    assert (
        options(STREAM, "clicks")["MSK Serverless"].spec.components["clicks"].settings.retention
        == 72 * 3600
    )
    assert (
        found["Kinesis provisioned"].spec.components["events"].settings.retention_period_hours
        == 120
    )
    assert found["EventBridge"].words.replay == 5 * 86_400
    assert found["SNS + SQS FIFO"].words.replay == 5 * 86_400
    assert found["SQS standard"].required


def test_readers_beyond_two_get_a_throughput_of_their_own():
    found = options(STREAM, "clicks", consumers=4)["Kinesis on-demand"]
    own = [flow.target for flow in found.spec.flows if flow.settings.enhanced_fan_out]

    assert own == ["a-2", "a-3"]


def test_shards_are_enough_for_functions_that_are_slow():
    # 100/s x 2 s of work in batches of 1: 200 at a time, ten on a shard, so 20 shards
    slow = FAN_OUT.replace(
        "ship: {type: lambda.function, timeout: 10, duration: 50 ms}",
        "ship: {type: lambda.function, timeout: 10, duration: 2 s}",
    )
    found = options(slow, "events")["Kinesis provisioned"]

    assert found.spec.components["events"].settings.shard_count == 20
    assert flows(found)["events -> ship"].parallelization_factor == 10
    assert found.feasible


def test_consumers_that_share_a_broker_keep_their_shares():
    shared = SMALL.replace(
        "  - orders -> worker: {batch: 10}\n",
        "  - orders -> worker: {batch: 10, share: 30%}\n  - orders -> other: {share: 70%}\n",
    )
    shared = shared.replace("  worker:", "  other: {type: server}\n  worker:")
    found = options(shared)

    for name in ("SQS standard", "SNS + SQS", "Kinesis provisioned", "RabbitMQ", "MSK Serverless"):
        assert into(found[name], "worker") == 3, name
        assert into(found[name], "other") == 7, name


def test_what_is_ruled_out_comes_last_with_its_reason():
    strict = SMALL.replace("20}", "20, requires: {ordering: group, protocol: http}}")
    found = compared(strict)
    fits = [option.feasible for option in found.options]
    reasons = {option.name: option.reasons for option in found.options}

    assert fits == sorted(fits, reverse=True)
    assert reasons["SQS FIFO"] == ()
    assert reasons["SQS standard"] == (
        "orders.requires.ordering: is group, but orders (Amazon SQS standard) keeps no order",
    )
    assert any("speaks amqp" in reason for reason in reasons["RabbitMQ"])


def test_what_is_required_of_a_queue_is_required_of_the_topic_in_its_place():
    strict = SMALL.replace("20}", "20, requires: {consumers: 3}}")
    found = options(strict)["SNS + SQS"]

    assert found.spec.components["orders"].requires.consumers == 3
    assert found.spec.components["orders-queue"].requires is None
    assert found.feasible


def test_what_fits_is_sorted_by_cost():
    found = [option for option in compared().options if option.feasible and option.priced]
    costs = [option.list_cost for option in found]

    assert costs == sorted(costs)


def test_a_price_that_is_not_known_makes_no_option_cheap():
    # Nobody sells MSK Serverless in mx-central-1, so that all that is known of it is the worker.
    text = SMALL.replace("us-east-1", "mx-central-1")
    found = compared(text).options
    names = [option.name for option in found]
    serverless = found[names.index("MSK Serverless")]

    assert serverless.list_cost < found[0].list_cost
    assert not serverless.priced
    assert not serverless.fits
    assert names.index("MSK Serverless") > names.index("Kinesis on-demand advantage")


def test_a_spec_without_traffic_can_be_compared():
    found = options(SMALL.replace("rate: 10/s, peak: 20/s", "rate: 0/s"))

    assert all(option.feasible for option in found.values())
    assert found["Kinesis provisioned"].list_cost == found["Kinesis provisioned"].idle.list_cost


def test_a_channel_that_is_too_small_is_compared_with_its_kind_of_the_right_size():
    small = STREAM.replace("retention_period_hours: 72", "shard_count: 1").replace(
        "1000/s", "3500/s"
    )
    kinds = [(o.name, o.current, o.feasible) for o in compared(small, "clicks").options]

    assert ("Kinesis provisioned", True, False) in kinds
    assert ("Kinesis provisioned", False, True) in kinds


def test_more_consumers_read_like_the_first():
    found = options(STREAM, "clicks", consumers=5)["SNS + SQS"]

    assert len([part for part in found.parts if part.startswith("clicks-")]) == 5
    assert into(found, "a-4") == 1000


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("ordres", '"ordres" is no component; did you mean orders?'),
        (
            "worker",
            "worker is no channel, but of type lambda.function; channels: orders, spare",
        ),
        ("spare", "spare cannot be compared: nothing comes into it"),
    ],
)
def test_says_what_can_be_compared(channel, words):
    spare = SMALL.replace("  worker:", "  spare: {type: sqs.queue}\n  worker:")
    with pytest.raises(UsageError) as caught:
        compared(spare, channel)

    assert str(caught.value) == words


def test_has_no_fewer_consumers_than_there_are():
    with pytest.raises(UsageError, match="is 1, but clicks has 2 that read every message"):
        compared(STREAM, "clicks", consumers=1)


def channels():
    """The first channel of each example that messages come into and out of."""
    for path in sorted(SPECS.glob("*.yaml")):
        topology = propagate(parse(path.read_text("utf-8")))
        for name, component in topology.spec.components.items():
            flows_ = [f for f in topology.hops if f.kind == "flow"]
            through = name in {f.source for f in flows_} & {f.target for f in flows_}
            if component.type in CHANNELS and through:
                yield pytest.param(topology.spec, name, id=f"{path.stem}-{name}")
                break


@pytest.mark.parametrize(("spec", "name"), [*channels()])
def test_a_channel_of_every_example_can_be_compared(spec, name):
    found = compare_channel(spec, name, Basis(PRICES))

    assert found.current.list_cost == found.today.list_cost
    for option in found.options:
        assert option.reasons or option.estimate
        assert option.estimate is None or {*option.parts} <= {*option.estimate.capacity}


PLANNED = """\
title: Planned
region: us-east-1
components:
  app: {type: client}
  clicks: {type: kinesis.stream, shard_count: 2}
  a: {type: server}
  b: {type: server}
flows:
  - app -> clicks: {rate: 100/s, size: 1 KB}
  - clicks -> a
  - clicks -> b
groups:
  readers: {contains: [a, b]}
budgets: {total: 500, readers: 10, clicks: 40}
scenarios:
  sale: {scale: 4, components: {clicks: {shard_count: 8}}}
"""


def test_scenarios_and_budgets_that_name_the_channel_rule_no_option_out():
    found = options(PLANNED, "clicks")

    assert [name for name, option in found.items() if option.estimate is None] == []
    # Two queues take the place of the stream, and its budget goes with it.
    assert [budget.name for budget in found["SQS standard"].spec.budgets] == ["total", "readers"]
    assert [b.name for b in found["SNS + SQS"].spec.budgets] == ["total", "readers", "clicks"]
    assert {option.current or option.spec.scenarios for option in found.values()} == {True, ()}
