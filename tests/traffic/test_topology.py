from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import rate, topology

from archcode.errors import SpecError

QUEUE = "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 100 ms}"


def test_a_topic_copies_to_every_subscriber_and_filters_thin():
    result = topology(
        """
        c: {type: client}
        t: {type: sns.topic}
        a: {type: sqs.queue}
        b: {type: sqs.queue}
        """,
        """
        - c -> t: {rate: 350/s, peak: 2000/s, size: 2 KB}
        - t -> a: {filter: 40%}
        - t -> b
        """,
    )

    assert rate(result, "t -> a") == 140
    assert rate(result, "t -> b") == 350
    load = result.traffic["a"].received
    assert load.peak_messages_per_second == 800
    assert load.message_size_bytes == 2048
    assert load.monthly_messages == 140 * 730 * 3600
    assert load.monthly_bytes == 140 * 730 * 3600 * 2048


def test_several_sources_add_up_and_sizes_are_weighted():
    result = topology(
        "a: {type: client}\nb: {type: client}\nq: {type: sqs.queue}",
        """
        - a -> q: {rate: 30/s, peak: 50/s, size: 1 KB}
        - b -> q: {rate: 10/s, size: 5 KB}
        """,
    )

    load = result.traffic["q"].received
    assert load.messages_per_second == 40
    # the peaks may coincide: 50/s and, without one of its own, 10/s
    assert load.peak_messages_per_second == 60
    # (30 x 1 KB + 10 x 5 KB) / 40 = 2 KB
    assert load.message_size_bytes == 2048


def test_a_function_emits_per_message_and_reshapes_the_size():
    result = topology(
        f"c: {{type: client}}\n{QUEUE}\nt: {{type: sns.topic}}",
        """
        - c -> q: {rate: 10/s, size: 4 KB}
        - q -> w: {batch: 10}
        - w -> t: {per_message: 2.5, size: 1 KB}
        """,
    )

    load = result.traffic["t"].received
    assert load.messages_per_second == 25
    assert load.message_size_bytes == 1024


def test_a_queue_gives_each_message_to_one_consumer():
    result = topology(
        "c: {type: client}\nq: {type: sqs.queue}\na: {type: server}\nb: {type: server}",
        """
        - c -> q: {rate: 100/s, size: 1 KB}
        - q -> a: {share: 70%}
        - q -> b
        """,
    )

    assert rate(result, "q -> a") == 70
    assert rate(result, "q -> b") == 30


def test_a_stated_rate_is_thinned_and_multiplied_like_any_other():
    result = topology(
        "c: {type: client}\nq: {type: sqs.queue}",
        "- c -> q: {rate: 100/s, peak: 300/s, size: 1 KB, filter: 40%, per_message: 3}",
    )

    load = result.traffic["q"].received
    assert load.messages_per_second == 120
    assert load.peak_messages_per_second == 360
    assert load.bytes_per_second == 120 * 1024


def test_a_stated_share_holds_for_a_single_consumer_as_well():
    result = topology(
        "c: {type: client}\nq: {type: sqs.queue}\na: {type: server}",
        "- c -> q: {rate: 100/s, size: 1 KB}\n- q -> a: {share: 70%}",
    )

    assert rate(result, "q -> a") == 70


def test_failures_add_redeliveries_and_feed_the_dead_letter_queue():
    # f = 1/2, n = 3: deliveries 1 + 1/2 + 1/4 = 7/4, dead letters 1/8 of all messages
    result = topology(
        """
        c: {type: client}
        q: {type: sqs.queue, redrive_policy: {dead_letter_target: d, max_receive_count: 3}}
        d: {type: sqs.queue}
        w: {type: lambda.function, duration: 100 ms}
        s: {type: server}
        """,
        """
        - c -> q: {rate: 80/s, peak: 160/s, size: 1 KB}
        - q -> w: {failure_rate: 50%}
        - w -> s
        """,
    )

    assert result.traffic["w"].received.messages_per_second == 80 * Fraction(7, 4)
    assert result.traffic["d"].received.messages_per_second == 10
    assert result.traffic["d"].received.peak_messages_per_second == 20
    assert result.traffic["d"].received.message_size_bytes == 1024
    # what succeeded in the end goes on: 80 - 10
    assert rate(result, "w -> s") == 70


def test_without_a_dead_letter_queue_a_failing_message_is_tried_until_it_succeeds():
    result = topology(
        f"c: {{type: client}}\n{QUEUE}",
        "- c -> q: {rate: 90/s, size: 1 KB}\n- q -> w: {failure_rate: 10%}",
    )

    # 1 + 0.1 + 0.01 + ... = 10/9 deliveries per message
    assert result.traffic["w"].received.messages_per_second == 100


def test_a_push_to_a_function_is_retried_twice_by_default():
    # f = 1/10, n = 1 + 2: deliveries 1.11, given up 0.001
    result = topology(
        """
        c: {type: client}
        t: {type: sns.topic}
        w: {type: lambda.function, duration: 1 s, dead_letter_config: {target_arn: d}}
        d: {type: sqs.queue}
        """,
        "- c -> t: {rate: 1000/s, size: 1 KB}\n- t -> w: {failure_rate: 10%}",
    )

    assert result.traffic["w"].received.messages_per_second == 1110
    assert result.traffic["d"].received.messages_per_second == 1


CALLS = """
c: {type: client}
f: {type: lambda.function, duration: 100 ms}
g: {type: lambda.function, duration: 100 ms, dead_letter_config: {target_arn: d}}
d: {type: sqs.queue}
"""


def test_a_function_that_waits_calls_another_once():
    result = topology(CALLS, "- c -> f: {rate: 80/s, size: 1 KB}\n- f -> g: {failure_rate: 50%}")

    (call,) = result.traffic["g"].inflows
    assert (call.invoked, call.attempts, call.dead) == ("synchronous", 1, Fraction(1, 2))
    assert rate(result, "g -> d") == 0


def test_an_event_for_a_function_is_retried_twice_and_given_up_by_it():
    event = "{failure_rate: 50%, invocation_type: Event}"
    result = topology(CALLS, f"- c -> f: {{rate: 80/s, size: 1 KB}}\n- f -> g: {event}")

    # f = 1/2, n = 3: deliveries 1 + 1/2 + 1/4 = 7/4, given up 1/8 of 80/s
    (call,) = result.traffic["g"].inflows
    assert (call.invoked, call.attempts, call.dead) == (
        "asynchronous",
        Fraction(7, 4),
        Fraction(1, 8),
    )
    assert rate(result, "g -> d") == 10


def test_a_loop_that_shrinks_is_solved_exactly():
    # half of the results go round again: 100 / (1 - 1/2) = 200
    result = topology(
        f"c: {{type: client}}\n{QUEUE}",
        """
        - c -> q: {rate: 100/s, size: 1 KB}
        - q -> w: {batch: 10}
        - w -> q: {filter: 50%}
        """,
    )

    assert result.traffic["w"].received.messages_per_second == 200


def test_a_loop_that_grows_is_an_error_that_names_it():
    with pytest.raises(SpecError) as caught:
        topology(
            f"c: {{type: client}}\n{QUEUE}",
            """
            - c -> q: {rate: 100/s, size: 1 KB}
            - q -> w
            - w -> q: {per_message: 1.2}
            """,
        )

    (finding,) = caught.value.findings
    assert finding.rule == "amplifying_loop"
    assert finding.message == "the loop q -> w -> q feeds itself with a gain of 1.2"


def test_a_stated_rate_on_a_function_is_a_source_of_its_own():
    result = topology(
        "cron: {type: lambda.function, duration: 1 s}\nq: {type: sqs.queue}",
        "- cron -> q: {rate: 60/min, size: 1 KB}",
    )

    assert rate(result, "cron -> q") == 1


def test_the_month_may_be_720_hours_long():
    result = topology(
        "c: {type: client}\nq: {type: sqs.queue}",
        "- c -> q: {rate: 1/s, size: 1 KB}",
        hours_per_month=720,
    )

    assert result.traffic["q"].received.monthly_messages == 720 * 3600


def test_thirds_add_up_to_a_whole():
    result = topology(
        "a: {type: client}\nb: {type: client}\nc: {type: client}\nq: {type: sqs.queue}",
        """
        - a -> q: {rate: 20/min, size: 1 KB}
        - b -> q: {rate: 20/min, size: 1 KB}
        - c -> q: {rate: 20/min, size: 1 KB}
        """,
    )

    assert result.traffic["q"].received.messages_per_second == 1


@given(st.integers(1, 10**9), st.integers(0, 100), st.integers(0, 99), st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_messages_out_are_messages_in_times_the_filters(entering, through, failing, most):
    result = topology(
        f"""
        c: {{type: client}}
        t: {{type: sns.topic}}
        q: {{type: sqs.queue, redrive_policy: {{dead_letter_target: d, max_receive_count: {most}}}}}
        d: {{type: sqs.queue}}
        w: {{type: lambda.function, duration: 10 ms}}
        s: {{type: server}}
        """,
        f"""
        - c -> t: {{rate: {entering}/h, size: 1 KB}}
        - t -> q: {{filter: {through}%}}
        - q -> w: {{failure_rate: {failing}%}}
        - w -> s
        """,
    )

    handed = Fraction(entering, 3600) * Fraction(through, 100)
    dead = result.traffic["d"].received.messages_per_second
    assert rate(result, "q -> w") == handed
    assert rate(result, "w -> s") + dead == handed
    assert dead == handed * Fraction(failing, 100) ** most


def test_a_bucket_hands_on_objects():
    result = topology(
        """
        c: {type: client}
        b: {type: s3.bucket}
        w: {type: lambda.function, duration: 1 s}
        """,
        "- c -> b: {rate: 100/s, peak: 300/s, size: 1 KB, batch: 20}\n- b -> w",
    )

    # 20 messages in an object: 5 objects/s of 20 KB, 15/s at the peak
    load = result.traffic["w"].received
    assert load.messages_per_second == 5
    assert load.peak_messages_per_second == 15
    assert load.message_size_bytes == 20 * 1024
    assert result.traffic["b"].passed_on == load


def test_objects_of_delivery_streams_are_counted_one_after_the_other():
    result = topology(
        """
        c: {type: client}
        f: {type: kinesisfirehose.delivery_stream}
        b: {type: s3.bucket}
        w: {type: lambda.function, duration: 1 s}
        g: {type: kinesisfirehose.delivery_stream}
        d: {type: s3.bucket}
        x: {type: server}
        """,
        """
        - c -> f: {rate: 100/s, size: 1 KB}
        - f -> b
        - b -> w: {size: 1 KB}
        - w -> g: {per_message: 512}
        - g -> d
        - d -> x: {size: 1 KB}
        """,
    )

    # 5 MB of 1 KB are 5,120 records, full after 51.2 s
    assert rate(result, "b -> w") == Fraction(100, 5120)
    # 512 for each object are 10/s; 300 s of them, 3,000 records, are not yet 5 MB
    assert rate(result, "w -> g") == 10
    assert rate(result, "d -> x") == Fraction(1, 300)


def test_a_loop_through_a_bucket_shrinks_where_objects_hold_enough():
    components = "c: {type: client}\nb: {type: s3.bucket}\nw: {type: lambda.function}"
    flows = """
    - c -> w: {rate: 10/s, size: 1 KB}
    - w -> b: {batch: 10, per_message: 5}
    - b -> w: {size: 1 KB}
    """

    # half an object for each message: w gets 10/s + half of what it got, 20/s
    result = topology(components, flows)
    assert result.traffic["w"].received.messages_per_second == 20
    with pytest.raises(SpecError) as error:
        topology(components, flows.replace("batch: 10", "batch: 5"))
    assert [finding.rule for finding in error.value.findings] == ["amplifying_loop"]


def test_compression_shrinks_what_is_sent_on_and_not_what_is_transformed():
    result = topology(
        """
        c: {type: client}
        f:
          type: kinesisfirehose.delivery_stream
          compression_format: GZIP
          compression_ratio: 4
          processing_configuration: {lambda_arn: w}
        w: {type: lambda.function, duration: 1 s}
        b: {type: s3.bucket}
        """,
        "- c -> f: {rate: 100/s, size: 1 KB}\n- f -> b",
    )

    sizes = {hop.target: hop.handed.message_size_bytes for hop in result.hops}
    assert sizes == {"f": 1024, "w": 1024, "b": 256}
