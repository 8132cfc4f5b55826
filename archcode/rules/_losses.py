"""Where messages are given up for good: by what fails, and by what settings leave open."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import ZERO, Severity
from archcode.rules._channels import channel
from archcode.services import find
from archcode.services._promises import window_text
from archcode.services._sqs_settings import SqsSettings
from archcode.units import grouped, plain

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop

BUS = "events.event_bus"
RULES = ("events.rule", "scheduler.schedule")
TOPIC_RULE = "iot.topic_rule"
NO_TARGETS = ("events.archive", "events.rule", "eventschemas.discoverer")
"""What a bus hands events to without a delivery that could fail."""
STREAMS = ("dynamodb.table", "kinesis.stream", "msk.cluster", "msk.serverless_cluster")


class Loss(Struct, frozen=True):
    """What is lost where, and how to keep it; `severity` by whether it surely is."""

    severity: Severity
    words: str
    hint: str


def loss_on(topology: Topology, hop: Hop, most: Fraction) -> Loss | None:
    """More given up on a flow than may be, or where nothing may be, a way to lose a message."""
    if hop.dead > most and not hop.taker:
        share = f"{grouped(hop.dead * 100, 6)}%"
        words = f"{share} of the messages on {hop.where} are given up, and nothing takes them"
        return Loss(Severity.ERROR, words, _remedy(hop))
    words = _open(topology, hop) if most == ZERO else ""
    return Loss(Severity.WARNING, words, _remedy(hop)) if words else None


def _open(topology: Topology, hop: Hop) -> str:
    """What happens to a message that keeps failing on a flow, "" where something takes it."""
    at, kept = channel(topology, hop.source, hop), hop.taker
    if channel(topology, hop.target):
        # The dead-letter queue of a queue takes what was in it, not what never got there.
        kept = hop.source_settings.dead_letter_target() or ""
    if at is None or kept:
        return ""
    if isinstance(hop.source_settings, SqsSettings):
        days = window_text(Fraction(hop.source_settings.message_retention_period))
        return f"what keeps failing in {hop.target} is deleted from {hop.source} after {days}"
    if hop.source_type in STREAMS and hop.target_settings.managed_poller:
        return f"what keeps failing on {hop.where} {_expiry(hop, at.promise.replay)}"
    if hop.target_settings.retries_events and hop.source_settings.invokes == "asynchronous":
        tries = _tries(hop.target_settings.asynchronous_deliveries())
        return f"{hop.target} gives up what it gets from {hop.source} after {tries}"
    if hop.source_type in (*RULES, BUS, TOPIC_RULE) and hop.target_type not in NO_TARGETS:
        return f"what {hop.source} cannot deliver to {hop.target} is dropped"
    if hop.options.protocol and hop.target_settings.outside:
        return f"{hop.source} drops what {hop.target} does not take"
    return ""


def _expiry(hop: Hop, kept: Fraction | None) -> str:
    """When a record is given up: after its tries, or with its retention."""
    tries = find(hop.source_type).deliveries(hop.source_settings, hop.target_settings, hop.options)
    if tries is not None:
        return f"is given up after {_tries(tries)}"
    return "is tried for ever" if kept is None else f"expires after {window_text(kept)}"


def _tries(number: int) -> str:
    return "1 try" if number == 1 else f"{grouped(number)} tries"


def _remedy(hop: Hop) -> str:
    """What takes messages that are given up here."""
    if isinstance(hop.source_settings, SqsSettings):
        return f"set redrive_policy: {{dead_letter_target: NAME}} on {hop.source}"
    if hop.source_type in STREAMS:
        return f"say on_failure: NAME on {hop.where}"
    if hop.target_settings.retries_events:
        return f"set dead_letter_config: {{target_arn: NAME}} on {hop.target}"
    if hop.source_type in RULES:
        return f"set dead_letter_config: {{arn: NAME}} on {hop.source}"
    if hop.source_type == BUS:
        return f"draw a rule with a dead_letter_config between {hop.source} and {hop.target}"
    if hop.source_type == TOPIC_RULE:
        return f"name an error_action in topic_rule_payload of {hop.source}"
    return f"put a queue with a dead-letter queue between {hop.source} and {hop.target}"


def share_text(share: Fraction) -> str:
    """A share as it is written in a spec."""
    return f"{plain(share * 100)}%"
