"""Boxes outside AWS: drawn, sources and sinks of traffic, never priced.

Clients, devices and partners are reached over the internet; servers are your own, in your network.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from archcode.fields import ConsumerSettings, Rate
from archcode.services._service import Service
from archcode.shape import Field
from archcode.units import grouped


class OutsideSettings(ConsumerSettings):
    """A box outside AWS has a label and flows, and may say how it works and what it takes."""

    outside: ClassVar[bool] = True
    rate_limit: Rate | None = Field(
        None, description="Calls that it takes in a second at most, such as 50/s."
    )
    concurrency_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Calls that it takes at a time at most, such as 20."
    )


class OnlineSettings(OutsideSettings):
    """What AWS sends here goes over the internet and is charged to the sender."""

    over_internet: ClassVar[bool] = True


def _detail(settings: OutsideSettings) -> str:
    """What it takes at most."""
    if settings.rate_limit is not None:
        return f"at most {grouped(settings.rate_limit)}/s"
    return f"{grouped(settings.concurrency_limit)} at a time" if settings.concurrency_limit else ""


def _service(
    kind: str, name: str, icon: str, margin: float = 0.0, *, online: bool = True
) -> Service[OutsideSettings]:
    return Service(
        type=kind,
        resource_type=kind,
        name=name,
        settings=OnlineSettings if online else OutsideSettings,
        icon=lambda _: icon,
        summary=lambda _: name,
        detail=_detail,
        icon_margin=margin,
    )


SERVICES = {
    "client": _service("client", "Clients", "aws/general/users.png"),
    "device": _service("device", "Devices", "aws/general/mobile-client.png", 0.25),
    "partner": _service("partner", "Partner", "aws/general/internet-alt1.png"),
    "splunk": _service("splunk", "Splunk", "onprem/monitoring/splunk.png"),
    "server": _service(
        "server", "Servers", "aws/general/traditional-server.png", 0.22, online=False
    ),
}
