"""A broker that AWS does not run: self-managed Kafka, Confluent, Solace and the like.

Its price and its limits are what the author states; a price that is not stated is unknown.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from archcode.fields import Bytes, Count, Rate, Settings
from archcode.model import ZERO, Invocation, LimitLoad, Meter, Severity, Usage
from archcode.services._service import Service, one_flow, size_against
from archcode.shape import Field
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, ServiceSettings, Verdict
    from archcode.traffic import Traffic


class BrokerSettings(Settings):
    """What a broker costs a month and what it carries, as its owner states it."""

    outside: ClassVar[bool] = True
    invokes: ClassVar[Invocation] = "polled"
    engine: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(
        None, description="What it runs, such as Confluent Cloud."
    )
    monthly_cost: Count | None = Field(None, description="US dollars a month, all in.")
    maximum_rate: Rate | None = Field(None, description="Messages/s that it takes at most.")
    maximum_throughput: Bytes | None = Field(
        None, description="Bytes that it takes in a second at most, such as 50 MB."
    )
    maximum_message_size: Bytes | None = Field(None, description="Largest message that it takes.")
    public: bool = Field(
        default=False,
        description="Whether it is reached over the internet, and not by a private line.",
    )

    @property
    def over_internet(self) -> bool:  # type: ignore[override]
        """What AWS sends to a public broker leaves AWS over the internet."""
        return self.public


def deliveries(
    _settings: BrokerSettings, _target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """A message is read again until it succeeds."""
    return None


def usage(traffic: Traffic[BrokerSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """One month of the broker, at the price that is stated."""
    cost = traffic.settings.monthly_cost
    if cost is None:
        yield Usage("months", "month", None, "", "monthly_cost")
        return
    yield Usage("months", "month", Fraction(1), "1 month", unit_price=cost)


def _messages(number: Fraction) -> str:
    return f"{grouped(number)} messages"


def check(traffic: Traffic[BrokerSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """What comes in against what the owner says it carries."""
    settings = traffic.settings
    rate = sum((hop.delivered.peak_messages_per_second for hop in traffic.inflows), ZERO)
    size = sum((hop.delivered.peak_bytes_per_second for hop in traffic.inflows), ZERO)
    for load, most, text, unit, stated in (
        (rate, settings.maximum_rate, _messages, "messages/s", "maximum_rate"),
        (size, settings.maximum_throughput, bytes_text, "bytes/s", "maximum_throughput"),
    ):
        if most is not None:
            yield LimitLoad(
                "broker_overloaded",
                Severity.ERROR,
                traffic.name,
                f"{traffic.name}.{stated}",
                stated,
                load,
                most,
                unit,
                f"{text(load)}/s come in at peak",
                bound=f", over the {text(most)}/s that it carries",
                hint="use a larger plan or more brokers",
            )
    largest = settings.maximum_message_size
    if largest is not None:
        for hop in traffic.inflows:
            hint = "split or compress the payload"
            yield size_against(traffic, hop, int(largest), hint, about=one_flow(hop))


_ENGINES = ("activemq", "emqx", "nats", "rabbitmq", "zeromq")


def _icon(settings: BrokerSettings) -> str:
    """The icon of a known engine; most others speak Kafka's protocol."""
    words = (settings.engine or "").lower()
    name = next((engine for engine in _ENGINES if engine in words), "kafka")
    return f"onprem/queue/{name}.png"


def _detail(settings: BrokerSettings) -> str:
    """What it takes at most."""
    return f"at most {grouped(settings.maximum_rate)}/s" if settings.maximum_rate else ""


BROKER = Service(
    type="broker",
    resource_type="broker",
    name="Broker",
    settings=BrokerSettings,
    icon=_icon,
    summary=lambda settings: settings.engine or "Broker of your own",
    detail=_detail,
    emission="copy",
    deliveries=deliveries,
    flow_keys=frozenset({"consumers"}),
    usage=usage,
    check=check,
    meters=(Meter("month", "Months", "Stated price", "Recurring"),),
    usage_keys=("months",),
    stream=True,
    icon_margin=0.2,
)

SERVICES = {BROKER.type: BROKER}
