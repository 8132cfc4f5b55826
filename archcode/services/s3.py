"""Amazon S3 buckets: https://aws.amazon.com/s3/pricing/.

The messages of one call are one object, and one PUT request; parts of multipart uploads are not
counted. Flows out are event notifications, one for each object. What a bucket holds is what
arrives until it expires, at the mean rate, or what the author states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from archcode.fields import Bytes, Days, Properties, Settings, refuse_odd_key
from archcode.model import ZERO, Capacity, Finding, Invocation, Meter, Severity, Usage
from archcode.rationals import largest
from archcode.services import _s3_limits as limits
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service, against, headroom, one_flow, told_as
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS
from archcode.shape import Field, model_validator
from archcode.units import GIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.draw.picture import BadgeKind
    from archcode.flow import FlowSettings
    from archcode.model import ServiceSettings, Verdict
    from archcode.traffic import Hop, Traffic

SECONDS_PER_DAY = 86_400


class BucketLifecycle(Properties):
    """When objects are deleted."""

    expiration_in_days: Annotated[Days, Field(ge=1, le=36_500)]


class BucketEncryption(Properties):
    """Which key encrypts objects; AES256 is free, KMS is asked for every object."""

    sse_algorithm: Literal["AES256", "aws:kms"] = "AES256"
    kms_master_key_id: str | None = Field(None, max_length=200)
    bucket_key_enabled: bool = False

    @model_validator(mode="after")
    def _a_key_belongs_to_kms(self) -> Self:
        refuse_odd_key(self, "sse_algorithm", "aws:kms", "kms_master_key_id", named=False)
        return self


class S3Settings(Settings):
    """Properties of AWS::S3::Bucket; expiration in days."""

    invokes: ClassVar[Invocation] = "asynchronous"
    key_setting: ClassVar[str] = "bucket_encryption.kms_master_key_id"
    lifecycle_configuration: BucketLifecycle | None = None
    bucket_encryption: BucketEncryption = BucketEncryption()
    storage_class: Literal[
        "STANDARD",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "EXPRESS_ONEZONE",
        "GLACIER_IR",
        "GLACIER",
        "DEEP_ARCHIVE",
    ] = Field("STANDARD", description="Of all objects; only STANDARD has prices here.")
    stored: Bytes | None = Field(
        None, description="What the bucket holds in the mean of the month, such as 2 TB."
    )
    prefixes: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Prefixes that requests are spread over evenly; derived if not stated."
    )


def deliveries(_settings: S3Settings, target: ServiceSettings, _flow: FlowSettings) -> int | None:
    """A notification is tried as often as the target's own asynchronous retries say."""
    return target.asynchronous_deliveries()


def passes_on(flow: FlowSettings) -> bool:
    """Only a new object is notified of."""
    return flow.operation != "read"


def _objects(hop: Hop) -> Fraction:
    """Objects of a month, tries that fail included."""
    return hop.delivered.monthly_messages / hop.batch


def _split(traffic: Traffic[S3Settings]) -> tuple[list[Hop], list[Hop]]:
    """The flows that write, and those that read."""
    writes = [hop for hop in traffic.inflows if passes_on(hop.options)]
    return writes, [hop for hop in traffic.inflows if not passes_on(hop.options)]


def _peak(hops: list[Hop]) -> Fraction:
    """Requests/s at the peak."""
    return sum((hop.delivered.peak_messages_per_second / hop.batch for hop in hops), ZERO)


def capacity(traffic: Traffic[S3Settings]) -> Iterator[Capacity]:
    """Prefixes that the requests must be spread over."""
    needs = []
    for hops, limit, verb in zip(
        _split(traffic), (limits.WRITES, limits.READS), ("writes", "reads"), strict=True
    ):
        rate, most = _peak(hops), limit.value
        needs.append((ceil(rate / most), f"{grouped(rate)} {verb}/s at peak over {grouped(most)}"))
    words = "; ".join(text for _, text in needs)
    required = largest(1, *(need for need, _ in needs))
    formula = f"{words} per prefix"
    yield Capacity("prefixes", required, traffic.settings.prefixes, formula, charged=False)


def usage(traffic: Traffic[S3Settings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Requests, storage, and calls to the key."""
    writes, reads = _split(traffic)
    for key, meter, hops, noun in (
        ("put_requests", "standard_put_copy_post_list_requests", writes, "PUT"),
        ("get_requests", "standard_get_select_other_requests", reads, "GET"),
    ):
        if hops:
            total, words = _requests(hops)
            yield _priced(traffic, Usage(key, meter, total, f"{words} {noun} each"))
    yield _priced(traffic, _storage(traffic))
    if traffic.settings.bucket_encryption.sse_algorithm != "AES256":
        yield from _key_requests(traffic)


def _requests(hops: list[Hop]) -> tuple[Fraction, str]:
    """Requests of a month and their arithmetic."""
    words = []
    for hop in hops:
        messages = grouped(hop.delivered.monthly_messages)
        batch = f" ÷ {grouped(hop.batch)} in an object" if hop.batch != 1 else ""
        words.append(f"{hop.source}: {messages} messages{batch}")
    return sum((_objects(hop) for hop in hops), ZERO), "; ".join(words) + ","


def _priced(traffic: Traffic[S3Settings], usage: Usage) -> Usage:
    """The same usage, unknown for a storage class without prices."""
    kind = traffic.settings.storage_class
    if kind == "STANDARD":
        return usage
    return Usage(usage.key, usage.meter, None, "", f"the prices of {kind}, which are not here")


def _storage(traffic: Traffic[S3Settings]) -> Usage:
    """GB-months, stated or derived; without an end to storage there is no month like another."""
    key, meter, settings = "storage_gb_months", "standard_storage", traffic.settings
    if settings.stored is not None:
        words = f"{bytes_text(settings.stored)} stored"
        return Usage(key, meter, settings.stored / GIB, words)
    if settings.lifecycle_configuration is None:
        reason = "how long objects are kept: set lifecycle_configuration, or state stored"
        return Usage(key, meter, None, "", reason)
    days = settings.lifecycle_configuration.expiration_in_days
    rate = traffic.passed_on.bytes_per_second
    words = f"{bytes_text(rate)}/s × {grouped(days)} d kept"
    return Usage(key, meter, rate * days * SECONDS_PER_DAY / GIB, words)


def _key_requests(traffic: Traffic[S3Settings]) -> Iterator[Usage]:
    """One call for each object written or read, far fewer with a bucket key."""
    name = KMS_REQUESTS.name
    if traffic.settings.bucket_encryption.bucket_key_enabled:
        reason = "how often the bucket key is renewed: state kms_requests under usage"
        yield Usage("kms_requests", name, None, "", reason)
        return
    total, words = _requests([*traffic.inflows])
    yield Usage("kms_requests", name, total, f"{words} 1 call to the key each")


def check(traffic: Traffic[S3Settings], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Sizes of objects, requests per prefix, and what notifications carry."""
    for hop in _split(traffic)[0]:
        yield from _sizes(traffic, hop)
    for prefixes in capacity:
        yield from _rates(traffic, prefixes)
    for hop in traffic.outflows:
        if hop.kind == "flow" and hop.options.size is None:
            message = "has no size: a notification names an object and does not carry it"
            hint = "say the size of the event, such as size: 1 KB"
            yield Finding("notification_without_size", Severity.ERROR, hop.where, message, hint)


def _sizes(traffic: Traffic[S3Settings], hop: Hop) -> Iterator[Verdict]:
    """Objects against what any upload takes, and what one PUT does."""
    size = hop.batch_bytes
    words = f"{hop.source} writes objects of {bytes_text(size)}"
    most, split, about = limits.OBJECT_SIZE, "split the objects", one_flow(hop)
    yield against(traffic, most, size / (1024 * GIB), words, split, about=about)
    hint = "use a multipart upload, whose parts are requests that are not counted here"
    yield against(traffic, limits.SINGLE_PUT, size / GIB, words, hint, about=about)


def _rates(traffic: Traffic[S3Settings], prefixes: Capacity) -> Iterator[Verdict]:
    """Requests/s that each prefix takes at the peak; too many are told as too few prefixes."""
    found, number = _too_few_prefixes(traffic, prefixes), prefixes.provided
    writes, reads = _split(traffic)
    for verb, hops, limit in (("written", writes, limits.WRITES), ("read", reads, limits.READS)):
        each = _peak(hops) / number
        words = (
            f"{grouped(each)} objects/s are {verb} at peak in each of {grouped(number)} prefixes"
        )
        if each:
            yield told_as("too_few_prefixes", against(traffic, limit, each, words), found)


def _too_few_prefixes(traffic: Traffic[S3Settings], prefixes: Capacity) -> Finding | None:
    if prefixes.required <= prefixes.provided:
        return None
    left = headroom(prefixes.required, prefixes.provided)
    message = (
        f"needs {grouped(prefixes.required)} prefixes ({prefixes.formula}), but has"
        f" {grouped(prefixes.provided)}: {left}"
    )
    hint = f"set prefixes: {prefixes.required}, or put more into an object"
    where = f"{traffic.name}.prefixes"
    return Finding("too_few_prefixes", Severity.ERROR, where, message, hint)


def _summary(settings: S3Settings) -> str:
    if settings.storage_class != "STANDARD":
        return f"S3 {settings.storage_class}"
    kept = settings.lifecycle_configuration
    return f"S3, kept {grouped(kept.expiration_in_days)} d" if kept else "S3 bucket"


def _badges(settings: S3Settings) -> tuple[BadgeKind, ...]:
    """AWS manages a key of KMS where none is named."""
    return ("encrypted",) if settings.bucket_encryption.sse_algorithm == "aws:kms" else ()


def _keeps(_traffic: object, hop: Hop | None, best: Promise) -> Promise | None:
    """Only its notifications are messages; what flows in is kept as objects."""
    return None if hop is None else best


S3 = Service(
    type="s3.bucket",
    resource_type="AWS::S3::Bucket",
    name="Amazon S3",
    settings=S3Settings,
    icon=lambda _: "aws/storage/simple-storage-service-s3.png",
    summary=_summary,
    badges=_badges,
    emission="copy",
    price_file="s3",
    pushes_to=("events.event_bus", "sns.topic", "sqs.queue"),
    deliveries=deliveries,
    passes_on=passes_on,
    inflow_keys=frozenset({"operation"}),
    keeps=_keeps,
    gathers=True,
    responds=True,
    capacity=capacity,
    usage=usage,
    check=check,
    meters=(
        Meter("standard_put_copy_post_list_requests", "Requests", "PUT requests"),
        Meter("standard_get_select_other_requests", "Requests", "GET requests"),
        Meter("standard_storage", "GB-Months", "Storage, Standard", "Recurring"),
        KMS_REQUESTS,
    ),
    usage_keys=("put_requests", "get_requests", "storage_gb_months", "kms_requests"),
    free_tiers=(KMS_FREE_TIER,),
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="event notifications",
            ordering="none (a sequencer per key)",
            delivery="at least once",
            replay="no",
            retention="none",
            consumers="one target for each rule of prefix and suffix, many through EventBridge",
            dead_letter="that of the target",
            source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
            as_of="2026-04-13",
            promise=Promise("none", consumers=1),
        ),
    ),
)

SERVICES = {S3.type: S3}
