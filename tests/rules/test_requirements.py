"""Requirements on long, branching and looping ways."""

from __future__ import annotations

from support import found

CLIENT = "c: {type: client}\n"


def _said(components: str, flows: str, rule: str) -> list[str]:
    return [f.message for f in found(CLIENT + components, flows) if f.rule == rule]


def test_only_the_longest_delays_are_named_in_the_order_of_the_way():
    # 2 + 3 + 4 + 5 + 1 = 15 s
    functions = "".join(f"f{n}: {{type: server}}\n" for n in range(5))
    queues = "".join(
        f"q{n}: {{type: sqs.queue, delay_seconds: {delay}}}\n"
        for n, delay in enumerate((2, 3, 4, 5, 1))
    )
    flows = "- c -> q0: {rate: 1/s, size: 1 KB}\n" + "".join(
        f"- q{n} -> f{n}\n- f{n} -> q{n + 1}\n" for n in range(4)
    )
    said = _said(
        functions + queues,
        flows + "- q4 -> f4: {requires: {latency: real_time}}",
        "latency_too_high",
    )

    assert said == [
        (
            "is real_time, 1 s at most, but messages take 15 s: 2 s in q0, 3 s in q1, 4 s in q2,"
            " 5 s in q3 and 1 shorter"
        )
    ]


def test_the_slower_of_two_ways_counts():
    said = _said(
        "q: {type: sqs.queue, delay_seconds: 7}\nr: {type: sqs.queue, delay_seconds: 9}\n"
        "f: {type: server}\nw: {type: server, requires: {latency: real_time}}\n",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- c -> r: {rate: 1/s, size: 1 KB}\n"
        "- q -> f\n- r -> f\n- f -> w",
        "latency_too_high",
    )

    assert said == ["is real_time, 1 s at most, but messages take 9 s: 9 s in r"]


def test_a_loop_is_gone_round_once():
    components = (
        "q: {type: sqs.queue, delay_seconds: 7}\nf: {type: server}\n"
        "w: {type: server, requires: {latency: real_time, ordering: group, maximum_loss: 0%,"
        " delivery: at_least_once, replay: 1 d}}\n"
    )
    flows = "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> f\n- f -> q: {filter: 1%}\n- f -> w"

    assert _said(components, flows, "latency_too_high") == [
        "is real_time, 1 s at most, but messages take 7 s: 7 s in q"
    ]
    assert len(_said(components, flows, "ordering_lost_on_the_way")) == 1
    assert len(_said(components, flows, "loss_possible")) == 1


def test_a_way_of_a_thousand_components_is_followed_to_its_end():
    lines = [
        f"q{n}: {{type: sqs.queue, fifo_queue: true}}\nf{n}: {{type: server}}\n" for n in range(500)
    ]
    links = [f"- q{n} -> f{n}\n- f{n} -> q{n + 1}\n" for n in range(499)]
    said = _said(
        "t: {type: sqs.queue, delay_seconds: 3}\nr: {type: server}\n" + "".join(lines),
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> r\n- r -> q0\n"
        + "".join(links)
        + "- q499 -> f499: {requires: {ordering: group, latency: real_time, replay: 1 d}}",
        "ordering_lost_on_the_way",
    )

    assert said == [
        "is group, but the order is lost on t -> r: t (Amazon SQS standard) keeps no order"
    ]


def test_a_requirement_is_told_once_where_two_places_require_it():
    components = (
        "q: {type: sqs.queue}\nf: {type: lambda.function, requires: {maximum_loss: 0%}}\n"
        "r: {type: sqs.queue, fifo_queue: true}\nw: {type: server, requires: {maximum_loss: 1%}}\n"
        "x: {type: server, requires: {maximum_loss: 0%}}\n"
    )
    flows = (
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> f\n- f -> r\n- r -> w: {share: 50%}\n- r -> x"
    )
    findings = [f for f in found(CLIENT + components, flows) if f.rule == "loss_possible"]

    assert [f.where for f in findings] == ["f.requires.maximum_loss", "x.requires.maximum_loss"]
    assert [f.message for f in findings] == [
        "is 0%, but what keeps failing in f is deleted from q after 4 d",
        "is 0%, but what keeps failing in x is deleted from r after 4 d",
    ]


def test_idempotent_consumers_may_be_served_by_services_that_deliver_twice():
    components = "q: {type: sqs.queue}\nw: {type: lambda.function, idempotent: true}\n"
    flows = (
        "- c -> q: {rate: 1/s, size: 1 KB}\n"
        "- q -> w: {requires: {delivery: exactly_once, ordering: group}}"
    )
    (finding,) = [
        f
        for f in found(CLIENT + components, flows)
        if "required" not in f.rule and "order" in f.rule
    ]

    assert "Amazon Kinesis Data Streams" in finding.hint


def test_an_alternative_serves_as_many_as_the_service_it_replaces():
    components = (
        "t: {type: sns.topic, requires: {ordering: group}}\nv: {type: server}\nw: {type: server}\n"
    )
    one = "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> v: {protocol: https}\n"
    hints = [
        next(f.hint for f in found(CLIENT + components, flows) if f.rule == "ordering_not_kept")
        for flows in (one, one + "- t -> w: {protocol: https}\n")
    ]

    assert "Amazon SQS FIFO" in hints[0]
    assert "Amazon SQS FIFO" not in hints[1]
    assert "Amazon SNS FIFO" in hints[1]
