"""What a service module registers: its settings, its arithmetic, its words and its icon."""

from __future__ import annotations

import builtins
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from archcode.fields import Settings
from archcode.model import Finding, Limit, LimitLoad, Load, Severity
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archcode.draw.picture import BadgeKind
    from archcode.flow import FlowSettings
    from archcode.model import Capacity, Meter, Production, ServiceSettings, Usage, Verdict
    from archcode.services._promises import Promise
    from archcode.traffic import Hop, Traffic

S = TypeVar("S", bound=Settings)

Emission = Literal["copy", "share", "each"]


class Semantics(Struct, frozen=True):
    """What a service promises: order, delivery, replay, and who consumes.

    `promise` says so at its best, in a form that rules compare; None for what carries no messages.
    """

    variant: str
    ordering: str
    delivery: str
    replay: str
    retention: str
    consumers: str
    dead_letter: str
    source: str
    as_of: str
    promise: Promise | None = None


class FreeTier(Struct, frozen=True):
    """An account-wide monthly allowance and the meters it covers, in the order it is used up.

    `price_file` is set where the allowance and its meters are not in the service's own file.
    """

    meter: str
    covers: tuple[str, ...]
    price_file: str = ""


def nothing(_traffic: object, *_: object) -> tuple[()]:
    """No capacity, no usage or no findings: the default of a service that has none."""
    return ()


def no_words(_settings: object, _capacity: object) -> str:
    """The summary needs no derived size."""
    return ""


def unsaid(_settings: object) -> str:
    """The summary says it all."""
    return ""


def keyed(settings: Settings) -> tuple[BadgeKind, ...]:
    """What names a key of KMS is encrypted with it."""
    return ("encrypted",) if settings.kms_key() else ()


def once(_settings: object, _target: ServiceSettings, _flow: FlowSettings) -> int | None:
    """A message is delivered once; a failure is the caller's."""
    return 1


def always(_flow: FlowSettings) -> bool:
    """Whatever comes in is passed on."""
    return True


def as_listed(_settings: object, _target: ServiceSettings, _load: Load) -> Fraction | None:
    """The batch is the one under `batches`."""
    return None


def first(_settings: object) -> str:
    """The variant of a service that has one, or whose variants promise the same."""
    return ""


def all_of_it(_traffic: object, _hop: Hop | None, best: Promise) -> Promise | None:
    """A promise that no setting changes."""
    return best


def deliveries_on(_traffic: object, hop: Hop) -> Load:
    """What is sent on a flow out is what is delivered there."""
    return hop.delivered


class Service(Struct, Generic[S], frozen=True):
    """One AWS service, or a kind of box outside AWS.

    `emission` says what a component does with a message: `copy` hands it to every out-flow,
    `share` to one of them, `each` sends `per_message` to every out-flow.
    `shared_usage` and `shared_check` look at all components of the type in one account and region.
    `extra_usage` maps usage keys that are never derived, only stated, to their meters.
    `detail` is one setting of the author's that a reader of the picture asks for first.
    `badges` are the signs on the corners of its icon.
    `icon_margin` is the part of the icon's width that is empty on either side.
    `pushes_to` and `pulls_from` name the messaging services that it delivers to, or fetches from,
    without a consumer between.
    `batches` are the messages in one call by type of target where the author states none.
    `deliveries` is the most times a message is handed to a consumer, None without end.
    `passes_on` says whether what comes in on a flow goes on (a read of a table does not), and
    `batch` how many messages go out in one call, where that depends on the load.
    `flow_keys` are understood on flows out of it, `inflow_keys` on flows into it.
    `gathers` is set where the messages of one call become one, as an object in a bucket.
    `responds` is set where callers get an answer whose size matters.
    `variant` names the one of `semantics` that settings make, and `keeps` what they leave of its
    promise: to the reader on a flow out, or in general; None where nothing can be read.
    `sent` is what goes over the wire on a flow out, where tries of a flow in are calls as well.
    """

    type: str
    resource_type: str
    name: str
    settings: builtins.type[S]
    icon: Callable[[S], str]
    summary: Callable[[S], str]
    size_words: Callable[[S, tuple[Capacity, ...]], str] = no_words
    detail: Callable[[S], str] = unsaid
    badges: Callable[[S], tuple[BadgeKind, ...]] = keyed
    emission: Emission = "each"
    price_file: str = ""
    deliveries: Callable[[S, ServiceSettings, FlowSettings], int | None] = once
    passes_on: Callable[[FlowSettings], bool] = always
    batch: Callable[[S, ServiceSettings, Load], Fraction | None] = as_listed
    batches: Mapping[str, int] = field(default_factory=dict)
    flow_keys: frozenset[str] = frozenset()
    inflow_keys: frozenset[str] = frozenset()
    capacity: Callable[[Traffic[S]], Iterable[Capacity]] = nothing
    usage: Callable[[Traffic[S], tuple[Capacity, ...]], Iterable[Usage]] = nothing
    shared_usage: Callable[[tuple[Traffic[S], ...]], Iterable[Usage]] = nothing
    check: Callable[[Traffic[S], tuple[Capacity, ...]], Iterable[Verdict]] = nothing
    shared_check: Callable[[tuple[Traffic[S], ...]], Iterable[Verdict]] = nothing
    meters: tuple[Meter, ...] = ()
    usage_keys: tuple[str, ...] = ()
    extra_usage: Mapping[str, str] = field(default_factory=dict)
    free_tiers: tuple[FreeTier, ...] = ()
    limits: tuple[Limit, ...] = ()
    semantics: tuple[Semantics, ...] = ()
    variant: Callable[[S], str] = first
    keeps: Callable[[Traffic[S], Hop | None, Promise], Promise | None] = all_of_it
    icon_margin: float = 0.0
    pushes_to: tuple[str, ...] = ()
    pulls_from: tuple[str, ...] = ()
    sent: Callable[[Traffic[S], Hop], Load] = deliveries_on
    gathers: bool = False
    responds: bool = False
    stream: bool = False

    def sized_summary(self, settings: S, capacity: tuple[Capacity, ...]) -> str:
        """The words under a component's name, with derived sizes in them."""
        return self.size_words(settings, capacity) or self.summary(settings)

    def passed_on(self, made: Production | None, inflows: Iterable[Hop], hours: Fraction) -> Load:
        """What a component sends on: what it processed, and what it made by itself."""
        load = Load(hours_per_month=hours)
        if made:
            rate = made.messages_per_second
            size = rate * made.message_size_bytes
            load = Load(rate, made.peak_messages_per_second, size, hours)
        for hop in inflows:
            if self.passes_on(hop.options):
                gathered = self.gathers and hop.kind == "flow"
                load += hop.processed.gathered(hop.batch) if gathered else hop.processed
        return load

    def semantics_of(self, settings: S) -> Semantics | None:
        """What these settings' variant promises."""
        name = self.variant(settings)
        return next((s for s in self.semantics if not name or s.variant == name), None)

    def promise(self, traffic: Traffic[S], hop: Hop | None = None) -> Promise | None:
        """What a component promises, to the reader on a flow out of it or in general."""
        semantics = self.semantics_of(traffic.settings)
        best = semantics.promise if semantics else None
        return None if best is None else self.keeps(traffic, hop, best)

    def meter(self, name: str) -> Meter:
        """The meter of a price dimension; raises KeyError."""
        for meter in self.meters:
            if meter.name == name:
                return meter
        raise KeyError(name)


AnyService = Service[Any]
"""A service whose settings' type does not matter to the caller."""


_SEVERITY = {
    "hard": Severity.ERROR,
    "range": Severity.ERROR,
    "adjustable": Severity.WARNING,
    "guideline": Severity.INFO,
}


_BOUNDS = {"adjustable": "the default quota of", "guideline": "the guideline of"}


def severity_of(limit: Limit) -> Severity:
    """How grave a load above a limit is."""
    return _SEVERITY[limit.kind]


def against(
    traffic: Traffic[Any],
    limit: Limit,
    load: Fraction | int,
    words: str,
    hint: str = "",
    about: str = "",
) -> LimitLoad:
    """A load on a limit, in its unit: above it a hard one is an error, a quota a warning."""
    return LimitLoad(
        f"{limit.name}_exceeded",
        severity_of(limit),
        traffic.name,
        traffic.name,
        limit.name,
        Fraction(load) if isinstance(load, int) else load,
        limit.in_region(traffic.region),
        limit.unit,
        words,
        limit.kind,
        limit.scope,
        hint=hint,
        about=about,
    )


def told_as(rule: str, load: LimitLoad, finding: Finding | None) -> LimitLoad:
    """A load whose excess is a finding with words of its own; None where it fits."""
    severity = finding.severity if finding else load.severity
    return replace(load, rule=rule, severity=severity, told=finding)


def one_flow(hop: Hop) -> str:
    """What the loads of a flow are about: not those of another flow between the same two."""
    return f"{hop.where} of {hop.batch} × {hop.handed.message_size_bytes}"


def stated(name: str, most: Fraction | int, unit: str, scope: str) -> Limit:
    """A limit that follows from what the author configured."""
    return Limit(name, most, unit, "hard", scope, "", "")


def finding_of(load: LimitLoad) -> Finding:
    """The finding for a load that is above its limit."""
    if load.told is not None:
        return load.told
    most = f"{grouped(load.most)} {load.unit}".strip()
    over = f", over {_BOUNDS.get(load.kind, 'the limit of')} {most} {load.scope}"
    message = f"{load.words}{load.bound or over}: {headroom(load.load, load.most)}"
    return Finding(load.rule, load.severity, load.where, message, load.hint, remedy=load.remedy)


def smaller_batch(most: Fraction | int, size: Fraction) -> str:
    """The remedy for batches of too many bytes: as many messages of this size as fit."""
    return f"say batch: {int(most / size)}" if size else ""


def headroom(load: Fraction | int, most: Fraction | int) -> str:
    """What a load leaves of a limit, in percent of it; below zero where it leaves nothing."""
    left = (1 - Fraction(load) / most) * 100 if most else Fraction(-100)
    return f"a headroom of {grouped(left)}%"


def size_against(
    traffic: Traffic[Any],
    hop: Hop,
    most: int,
    hint: str,
    *,
    together: bool = False,
    about: str = "",
) -> LimitLoad:
    """Messages, or those of one call together, against what a component takes, in bytes."""
    size = hop.handed.message_size_bytes
    words = f"messages of {bytes_text(size)}"
    if together and hop.batch != 1:
        size = hop.batch_bytes
        words = f"batches of {grouped(hop.batch)} messages, {bytes_text(size)} together,"
    return LimitLoad(
        "message_too_large",
        Severity.ERROR,
        traffic.name,
        hop.where,
        "message_size",
        size,
        Fraction(most),
        "bytes",
        words,
        bound=f" are larger than {traffic.name} takes ({bytes_text(most)})",
        hint=hint,
        about=about or one_flow(hop),
    )
