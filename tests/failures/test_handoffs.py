"""What failures do on each handoff, from the settings: every sentence with its numbers."""

from __future__ import annotations

import pytest
from support import topology

from archcode.failures import MODULES, handoffs
from archcode.failures._handoff import CARRIERS, STORES
from archcode.services import find, known_types

CLIENT = "c: {type: client}\n"
QUEUE = CLIENT + "q: {type: sqs.queue%s}\nd: {type: sqs.queue%s}\nw: {type: lambda.function%s}"
SENT = "- c -> q: {rate: 2/s, size: 1 KB}\n- q -> w%s"
REDRIVE = ", redrive_policy: {dead_letter_target: d, max_receive_count: 3}"


def one(components, flows, where, **options):
    """The handoff on a flow."""
    found = {handoff.where: handoff for handoff in handoffs(topology(components, flows, **options))}
    return found[where]


def queue(queue="", dead="", function="", flow=""):
    """The handoff of a queue to a function."""
    return one(QUEUE % (queue, dead, function), SENT % flow, "q -> w")


def test_a_message_goes_to_the_dead_letters_after_its_tries():
    """3 tries, 30 s apart, are over about 90 s after the first; 14 d from when it was sent."""
    handoff = queue(REDRIVE, ", message_retention_period: 14 d")

    assert handoff.poison == (
        "A message that always fails is tried 3 times, about 90 s after the first, and then goes to"
        " d, which keeps it until 14 d after it was first sent. Its whole batch of 10 fails with"
        " it: the good ones are worked on again, and count the try."
    )


def test_a_queue_without_dead_letters_tries_until_the_message_expires():
    assert queue().poison.startswith(
        "A message that always fails is tried every 30 s until it is 4 d old, and is then deleted;"
        " nobody sees why."
    )


@pytest.mark.parametrize(
    ("kept", "expired"),
    [("91 s", False), ("90 s", True)],
)
def test_a_message_may_expire_before_its_last_try(kept, expired):
    """3 tries x 30 s = 90 s."""
    handoff = queue(f"{REDRIVE}, message_retention_period: {kept}")

    assert (f"is {kept} old before that, and deleted" in handoff.poison) is expired


def test_partial_responses_bring_back_the_failed_ones_only():
    handoff = queue(REDRIVE, flow=": {function_response_types: [ReportBatchItemFailures]}")

    assert "Of its batch of 10 only the failed ones come back, as w reports." in handoff.poison


def test_a_batch_of_one_fails_alone():
    assert "batch" not in queue(REDRIVE, flow=": {batch: 1}").poison


def test_a_fifo_queue_holds_its_group_back():
    handoff = queue(
        ", fifo_queue: true, redrive_policy: {dead_letter_target: d, max_receive_count: 1}",
        ", fifo_queue: true, message_retention_period: 14 d",
    )

    assert handoff.poison.startswith(
        "A message that always fails is tried once, and then goes to d, which keeps it for 14 d."
    )
    assert handoff.poison.endswith("Until then the later messages of its group wait behind it.")
    assert handoff.duplicate.startswith(
        "q drops a message that is sent again with its deduplication id within 5 min"
    )


@pytest.mark.parametrize(
    ("timeout", "words"),
    [
        (30, "w ends after 30 s at the latest, so that this happens to batches that were"),
        (31, "w may run for 31 s, so it will happen."),
    ],
)
def test_the_visibility_timeout_against_the_function_timeout(timeout, words):
    assert words in queue(function=f", timeout: {timeout}").expiry


def test_a_worker_of_ones_own_has_to_fit_or_to_prolong():
    components = (
        CLIENT
        + "q: {type: sqs.queue}\n"
        + "w: {type: ecs.service, launch_type: FARGATE, cpu: 1024, memory: 2048%s}"
    )
    flows = SENT % ""

    assert (
        "A call takes 29 s in w, which fits."
        in one(components % ", duration: 29 s", flows, "q -> w").expiry
    )
    assert (
        "A call takes 31 s in w, which does not fit."
        in one(components % ", duration: 31 s", flows, "q -> w").expiry
    )
    assert one(components % "", flows, "q -> w").expiry.endswith("to 12 h at most.")


def test_what_waits_too_long_is_lost():
    """2/s x 345,600 s = 691,200 messages; the dead letters go after 14 d."""
    handoff = queue(REDRIVE, ", message_retention_period: 14 d")

    assert handoff.loss == (
        "What waits longer than 4 d is deleted without a trace: by then 691,200 messages at 2/s"
        " have gathered. What nobody moves back from d in 14 d is lost as well."
    )
    assert handoff.load == "2 messages/s"


def test_an_idempotent_consumer_bears_a_second_delivery():
    assert queue(function=", idempotent: true").duplicate == (
        "q delivers at least once, so that a message may come twice. w is idempotent, so the"
        " second has no further effect."
    )
    assert queue().duplicate.endswith(
        "w does not say that it is idempotent, so its work is done twice."
    )


STREAM = CLIENT + (
    "k: {type: kinesis.stream, retention_period_hours: 48}\nd: {type: sqs.queue}\n"
    "w: {type: lambda.function}"
)
READ = "- c -> k: {rate: 10/s, size: 1 KB}\n- k -> w: {batch: 100%s}"


def read(flow=""):
    """The handoff of a stream to a function."""
    return one(STREAM, READ % flow, "k -> w")


def test_a_bad_record_blocks_its_shard_until_it_expires():
    handoff = read()

    assert handoff.poison == (
        "A record that always fails blocks its shard until it expires, 48 h after it was written;"
        " all behind it wait as long. Its whole batch of 100 is tried, and given up, with it."
    ).replace("48 h", "2 d")
    assert handoff.expires == "Iterator"


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (", maximum_retry_attempts: 0, on_failure: d", "is tried once, and then its position goes"),
        (", maximum_retry_attempts: 4", "is tried 5 times, and then it is skipped, and nobody"),
        (", maximum_retry_attempts: -1", "blocks its shard until it expires"),
        (
            ", maximum_retry_attempts: 4, maximum_record_age_in_seconds: 3600",
            "is tried 5 times or until it is 1 h old",
        ),
        (", bisect_batch_on_function_error: true", "A batch of 100 is halved until the bad record"),
        (
            ", function_response_types: [ReportBatchItemFailures]",
            "Of a batch of 100 the records before the failed one are not read again.",
        ),
    ],
)
def test_a_mapping_of_a_stream_deals_with_a_bad_record(flow, words):
    assert words in read(flow).poison


def test_a_reader_that_is_down_loses_what_expires():
    """10/s x 172,800 s = 1,728,000 records."""
    assert read().loss == (
        "If w is down or too slow for more than 2 d, the oldest records expire unread; 1,728,000"
        " messages at 10/s are behind it by then."
    )


def test_the_stream_of_a_table_keeps_a_day():
    components = CLIENT + (
        "t: {type: dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB,"
        " stream_specification: {stream_view_type: NEW_IMAGE}}\nw: {type: lambda.function}"
    )
    handoff = one(components, "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> w", "t -> w")

    assert "A change stands in the stream once" in handoff.duplicate
    assert handoff.loss.startswith("If w is down or too slow for more than 24 h")


def test_a_topic_tries_a_queue_for_weeks_and_an_endpoint_for_a_minute():
    components = CLIENT + "t: {type: sns.topic}\nq: {type: sqs.queue}\np: {type: partner}"
    flows = "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q\n- t -> p: {protocol: https}"

    assert "is tried 100,015 times over 23 d" in one(components, flows, "t -> q").poison
    assert "is tried 4 times for about a minute" in one(components, flows, "t -> p").poison
    assert one(components, flows, "t -> q").duplicate.endswith(
        "q then holds two messages, and whoever is behind it gets both."
    )


RULE = CLIENT + (
    "b: {type: events.event_bus}\nq: {type: sqs.queue}\nd: {type: sqs.queue}\n"
    "r: {type: events.rule, dead_letter_config: {arn: d},"
    " retry_policy: {maximum_retry_attempts: 4, maximum_event_age_in_seconds: 3600}}\n"
    "a: {type: events.archive, retention_days: %s}\n"
)
RULED = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> r\n- r -> q"


def test_a_rule_tries_as_its_policy_says():
    handoff = one(RULE % 30, RULED, "r -> q")

    assert "is tried 5 times for up to 1 h; after that it goes to d" in handoff.poison
    assert handoff.expiry.startswith("r keeps trying for up to 1 h")
    assert "what is given up is in d" in handoff.loss


@pytest.mark.parametrize(("days", "long"), [(30, "for 30 d"), (0, "without end")])
def test_an_archive_can_replay(days, long):
    handoff = one(RULE % days, f"{RULED}\n- b -> a", "r -> q")

    assert handoff.loss == f"Nothing {long}: a keeps the events, and can replay them."


RARELY = (
    ", maximum_retry_attempts: 0, maximum_event_age_in_seconds: 60,"
    " dead_letter_config: {target_arn: d}"
)


@pytest.mark.parametrize(
    ("function", "poison", "expiry"),
    [
        ("", "Lambda tries it 3 times, and then it is dropped.", "6 h at most; then it is dropped"),
        (
            RARELY,
            "Lambda tries it once, and then it goes to d, which keeps it until 4 d after it was",
            "1 min at most; then it goes to d",
        ),
    ],
)
def test_a_function_takes_an_event_and_tries_by_itself(function, poison, expiry):
    components = f"{CLIENT}t: {{type: sns.topic}}\nd: {{type: sqs.queue}}\n"
    components += f"w: {{type: lambda.function{function}}}"
    handoff = one(components, "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> w", "t -> w")

    assert poison in handoff.poison
    assert expiry in handoff.expiry


BROKER = CLIENT + (
    "b: {type: amazonmq.broker, engine_type: %s, host_instance_type: %s, deployment_mode: %s,"
    " stored: 1 GB}\ns: {type: server}\nw: {type: lambda.function}"
)
BROKERED = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> s\n- b -> w"


@pytest.mark.parametrize(
    ("broker", "poison", "loss"),
    [
        (
            ("ACTIVEMQ", "mq.m5.large", "ACTIVE_STANDBY_MULTI_AZ"),
            "rolled back 6 times after the first goes to ActiveMQ.DLQ",
            "when the standby takes over",
        ),
        (
            ("RABBITMQ", "mq.m7g.large", "CLUSTER_MULTI_AZ"),
            "gives a message up after 20 deliveries",
            "quorum queues keep a copy on all three nodes",
        ),
        (
            ("RABBITMQ", "mq.m5.large", "SINGLE_INSTANCE"),
            "requeued, it comes back without end",
            "It is one instance",
        ),
    ],
)
def test_brokers_deal_with_bad_messages_in_their_own_ways(broker, poison, loss):
    """https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html."""
    handoff = one(BROKER % broker, BROKERED, "b -> s")

    assert poison in handoff.poison
    assert loss in handoff.loss
    assert (
        "The mapping tries the whole batch again" in one(BROKER % broker, BROKERED, "b -> w").poison
    )


def test_kafka_has_no_dead_letters_of_its_own():
    components = CLIENT + (
        "k: {type: msk.cluster, retention: 7 d,"
        " broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
        "s: {type: server}\nw: {type: lambda.function}\nd: {type: sqs.queue}"
    )
    flows = (
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> s\n"
        "- k -> w: {maximum_retry_attempts: 2, on_failure: d,"
        " provisioned_poller_config: {minimum_pollers: 1}}"
    )

    assert one(components, flows, "k -> s").poison.startswith("Kafka has no dead letters")
    assert one(components, flows, "k -> w").poison == (
        "A record that always fails is tried 3 times and then given up; what is given up goes to d."
    )
    assert "down for more than 7 d" in one(components, flows, "k -> w").loss
    assert "604,800 messages at 1/s" in one(components, flows, "k -> w").loss


def test_firehose_keeps_what_it_cannot_deliver_for_a_day():
    """https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html."""
    components = CLIENT + (
        "k: {type: kinesis.stream}\nb: {type: s3.bucket, stored: 1 TB}\n"
        "f: {type: kinesisfirehose.delivery_stream,"
        " buffering_hints: {size_in_mbs: 64, interval_in_seconds: 300}}"
    )
    flows = "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> f\n- f -> b"

    assert one(components, flows, "k -> f").poison.startswith("There is none: f takes every record")
    assert one(components, flows, "f -> b").loss == (
        "If b takes nothing for more than 24 h, records are dropped, or read on from k for as long"
        " as it keeps them."
    )
    assert "Records wait until 64 MB or 5 min are full" in one(components, flows, "f -> b").expiry


def test_what_is_waited_for_is_no_handoff():
    components = CLIENT + (
        "h: {type: apigatewayv2.api, protocol_type: HTTP}\nw: {type: lambda.function}\n"
        "t: {type: dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB}"
    )
    flows = "- c -> h: {rate: 1/s, size: 1 KB, response_size: 1 KB}\n- h -> w\n- w -> t"

    assert handoffs(topology(components, flows)) == ()


def test_every_type_that_is_polled_or_pushes_has_its_words():
    """What invokes others without waiting is known to a module."""
    types = {k for k in known_types() if find(k).settings.invokes in ("polled", "asynchronous")}

    assert types <= set(MODULES)
    assert set(MODULES) <= set(known_types())
    assert {*STORES, *CARRIERS} <= set(known_types())


@pytest.mark.parametrize("module", sorted(set(MODULES.values())))
def test_every_module_answers_in_whole_sentences(module):
    """All handoffs of the examples, by their module."""
    from pathlib import Path

    from archcode.spec.parse import parse
    from archcode.topology import propagate

    found = []
    for path in sorted((Path(__file__).parents[2] / "specs").glob("*.yaml")):
        system = propagate(parse(path.read_text("utf-8")))
        kinds = {hop.where: hop.source_type for hop in system.hops}
        found += [h for h in handoffs(system) if MODULES[kinds[h.where]] == module]

    assert found
    for handoff in found:
        for _, answer in handoff.answers:
            assert answer[0].isupper() or answer.split()[0] in handoff.where, answer
            assert answer.endswith(".")
            assert "  " not in answer
