"""Topics, buses, rules, schedules and notifications: AWS calls the target, and tries again.

https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode.failures._handoff import Handoff, dead_letters, load_words, named, second_time
from archcode.services._events_limits import EVENT_AGE, RETRY_ATTEMPTS
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop

PARTS = ("events.archive", "events.rule", "eventschemas.discoverer")
"""What is a part of a bus, and gets nothing handed over by it."""
TOPIC_TRIES, TOPIC_DAYS = 100_015, 23
"""What SNS does for targets in AWS:
https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html."""
TOPIC_RETRIES = {"http": 3, "https": 3}
"""Retries over HTTP by default; 50 over six hours by the other protocols."""


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """One call of a target, or None where the caller waits for the answer."""
    if hop.target_type in PARTS or hop.source_type == "events.archive":
        return None
    if not _asynchronous(hop):
        return None
    source, target = named(topology, hop)
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        f"{hop.source} delivers at least once, so that {_call(hop)} may come twice."
        f" {second_time(hop)}",
        _poison(topology, hop),
        "Event age",
        _age(hop),
        _loss(topology, hop),
    )


def _asynchronous(hop: Hop) -> bool:
    if hop.source_type == "lambda.function":
        return getattr(hop.options, "invocation_type", None) == "Event"
    return hop.source_settings.invokes == "asynchronous"


def _call(hop: Hop) -> str:
    return "an invocation" if isinstance(hop.target_settings, LambdaSettings) else "a message"


def _policy(hop: Hop) -> tuple[str, str]:
    """How often the source tries a target, and for how long."""
    settings: Any = hop.source_settings
    retry = getattr(settings, "retry_policy", None)
    if retry is not None:
        return _tried(retry.maximum_retry_attempts, retry.maximum_event_age_in_seconds)
    if hop.source_type == "events.event_bus":
        return _tried(int(RETRY_ATTEMPTS.value), int(EVENT_AGE.value))
    if hop.source_type != "sns.topic":
        return "", ""
    protocol = hop.options.protocol
    if protocol is None:
        return f"{grouped(TOPIC_TRIES)} times", f"over {TOPIC_DAYS} d"
    if protocol in TOPIC_RETRIES:
        return f"{1 + TOPIC_RETRIES[protocol]} times", "for about a minute"
    return "50 times", "over 6 h"


def _tried(retries: int, seconds: int) -> tuple[str, str]:
    return f"{grouped(1 + retries)} times", f"for up to {time_text(seconds)}"


def _poison(topology: Topology, hop: Hop) -> str:
    """A function takes every event and tries by itself; another target refuses it."""
    function = hop.target_settings
    if isinstance(function, LambdaSettings):
        tries = 1 + function.maximum_retry_attempts
        times = "once" if tries == 1 else f"{tries} times"
        dead = function.dead_letter_target()
        gone = f"goes to {dead}{dead_letters(topology, dead)}" if dead else "is dropped"
        return f"{hop.target} takes it and fails: Lambda tries it {times}, and then it {gone}."
    times, long = _policy(hop)
    tried = f"is tried {times} {long}" if times else "is tried again by AWS"
    dead = hop.source_settings.dead_letter_target()
    if dead:
        gone = f"goes to {dead}{dead_letters(topology, dead)}"
    else:
        gone = "is dropped, and only a metric counts it"
    return f"What {hop.target} refuses {tried}; after that it {gone}."


def _age(hop: Hop) -> str:
    function = hop.target_settings
    if isinstance(function, LambdaSettings):
        age = time_text(function.maximum_event_age_in_seconds)
        text = f"An event waits in Lambda's own queue while {hop.target} is throttled, {age} at"
        dead = function.dead_letter_target()
        return f"{text} most; then it {f'goes to {dead}' if dead else 'is dropped'}."
    times, long = _policy(hop)
    if not times:
        return "No time is known after which AWS stops trying."
    return f"{hop.source} keeps trying {long}; nothing can be fetched later than that."


def _archives(topology: Topology, hop: Hop) -> list[Hop]:
    """The archives of the bus that an event comes from."""
    buses = [hop.source]
    if hop.source_type == "events.rule":
        buses = [inflow.source for inflow in topology.traffic[hop.source].inflows]
    outflows = (out for bus in buses for out in topology.traffic[bus].outflows)
    return [out for out in outflows if out.target_type == "events.archive"]


def _loss(topology: Topology, hop: Hop) -> str:
    archive: Any = getattr(hop.source_settings, "archive_policy", None)
    if archive is not None:
        days = archive.message_retention_period
        return f"Nothing for {days} d: the archive of {hop.source} can replay what was published."
    for kept in _archives(topology, hop):
        days = getattr(kept.target_settings, "retention_days", 0)
        long = f"for {days} d" if days else "without end"
        return f"Nothing {long}: {kept.target} keeps the events, and can replay them."
    dead = (
        hop.target_settings.dead_letter_target()
        if isinstance(hop.target_settings, LambdaSettings)
        else hop.source_settings.dead_letter_target()
    )
    if dead:
        return (
            f"{hop.source} keeps nothing for those who come later; what is given up is in {dead}"
            " until somebody moves it back or it expires."
        )
    return (
        f"{hop.source} keeps nothing: who subscribes later gets nothing of before, and what is"
        " given up is gone, since no dead-letter queue takes it."
    )
