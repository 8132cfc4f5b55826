"""What an article on Kafka and SQS advises."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "98",
        "Ask whether anything but the first consumer must read an event; if not, a queue will do.",
        ("too_many_consumers",),
    ),
    Advice(
        "99",
        "Lean to a log where an event says what happened, to a queue where it says what to do.",
        because="whether a message is an event or a task is not in a spec; `replay` and "
        "`consumers` are what follows from it",
    ),
    Advice(
        "100",
        "Give several consumers of one event groups of their own, or fan it out.",
        ("too_many_consumers",),
    ),
    Advice(
        "101",
        "Keep events that are the record of truth in a log that is read again from the beginning.",
        ("replay_not_possible", "replay_window_too_short"),
    ),
    Advice(
        "102",
        "Put dense series of measurements on a partitioned log.",
        because="the limits of queues and streams are checked at the rates of the spec; none "
        "is wrong for measurements as such",
    ),
    Advice(
        "103",
        "Take SQS where a few days are enough and nothing is read again.",
        because="that less would do is not a defect; hints name the simplest service first",
    ),
    Advice(
        "104",
        "Use a managed Kafka instead of brokers on instances of one's own.",
        ("kafka_run_by_hand",),
    ),
    Advice(
        "105",
        "Small teams with functions do well with queues.",
        because="the size of a team is not in a spec",
    ),
    Advice(
        "106",
        "Choose between a list of jobs and a log of events, not by throughput alone.",
        ("replay_not_possible", "too_many_consumers"),
        because="as far as it is said by replay and consumers",
    ),
)
