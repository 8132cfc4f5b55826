"""A component among its flows: what the topology hands to a service."""

from __future__ import annotations

from fractions import Fraction
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from archcode.flow import FlowSettings
from archcode.model import ONE, ZERO, Invocation, Load, ServiceSettings
from archcode.units import SECONDS_PER_HOUR


class Factor(Struct, frozen=True):
    """One step of a load's arithmetic: `filter 40%` multiplies by 2/5."""

    name: str
    text: str
    value: Fraction


HopKind = Literal["flow", "call", "redrive"]
"""A flow of the author's, a call whose answer is waited for, or messages that were given up."""


class Way(Struct, frozen=True):
    """What a flow crosses: regions, accounts, and the border of AWS to the internet."""

    source_region: str = ""
    target_region: str = ""
    other_account: bool = False
    leaves_aws: bool = False
    enters_aws: bool = False

    @property
    def other_region(self) -> bool:
        """Whether it goes from one region of AWS to another."""
        return self.source_region != self.target_region and not (self.leaves_aws or self.enters_aws)


def given_up_to(
    source: ServiceSettings, target: ServiceSettings, flow: FlowSettings
) -> tuple[Literal["source", "target"], str]:
    """The end of a flow that gives messages up, and the component that then takes them, or ""."""
    if flow.on_failure:
        return "target", flow.on_failure
    # A function that is invoked asynchronously gives events up itself, with its own retries.
    invoked = flow.invoked_by(source)
    if invoked != "asynchronous" or not target.retries_events:
        kept = source.dead_letter_target()
        if kept:
            return "source", kept
    return "target", target.dead_letters_of(invoked) or ""


class Hop(Struct, frozen=True):
    """A flow with its load: what is handed over, how often it is delivered, what dies.

    `handed` counts each message once. `attempts` is the mean number of deliveries of a message
    (1 without failures), `dead` the share that ends in the dead-letter queue or is given up.
    """

    source: str
    target: str
    source_type: str
    target_type: str
    source_settings: ServiceSettings
    target_settings: ServiceSettings
    options: FlowSettings
    batch: Fraction
    handed: Load
    attempts: Fraction = ONE
    dead: Fraction = ZERO
    kind: HopKind = "flow"
    factors: tuple[Factor, ...] = ()
    stated: bool = False
    way: Way = Way()

    @property
    def where(self) -> str:
        """The flow as the author wrote it."""
        return f"{self.source} -> {self.target}"

    @property
    def invoked(self) -> Invocation:
        """How the source calls a function: and waits, or not, or a poller fetches batches."""
        return self.options.invoked_by(self.source_settings)

    @property
    def pushed(self) -> bool:
        """Whether the source hands messages over and is done: the target retries or loses them."""
        return self.kind != "call" and self.invoked == "asynchronous"

    @property
    def delivered(self) -> Load:
        """Every delivery, redeliveries included."""
        return self.handed.times(self.attempts)

    @property
    def processed(self) -> Load:
        """The messages that succeed in the end."""
        return self.handed.times(1 - self.dead)

    @property
    def taker(self) -> str:
        """The component that takes what is given up here, "" where it is lost."""
        return given_up_to(self.source_settings, self.target_settings, self.options)[1]

    @property
    def batch_bytes(self) -> Fraction:
        """Mean bytes of one call on this hop: batch times mean message size."""
        return self.batch * self.handed.message_size_bytes


S = TypeVar("S", bound=ServiceSettings)


class Traffic(Struct, Generic[S], frozen=True):
    """A component among its flows: all that a service needs to size and meter it.

    `received` is every delivery to it, `passed_on` what it has to send on: what it processed of
    its inflows (reads and answers aside), and what it makes by itself. `account` is the frame of
    kind account that it stands in, "" outside of any.
    """

    name: str
    settings: S
    region: str
    hours_per_month: Fraction
    inflows: tuple[Hop, ...]
    outflows: tuple[Hop, ...]
    received: Load
    passed_on: Load
    account: str = ""

    @property
    def seconds(self) -> Fraction:
        """Seconds in the month."""
        return self.hours_per_month * SECONDS_PER_HOUR

    def offered(self, hop: Hop) -> Load:
        """What a flow out of here takes before its filter thins it."""
        if hop.stated or hop.options.filter is None:
            return hop.handed
        load = self.passed_on
        for factor in hop.factors:
            if factor.name != "filter":
                load = load.times(factor.value)
        return load
