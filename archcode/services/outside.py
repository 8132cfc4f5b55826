"""Boxes outside AWS: drawn, sources and sinks of traffic, never priced.

Clients, devices and partners are reached over the internet; servers are your own, in your network.
"""

from __future__ import annotations

from typing import ClassVar

from archcode.fields import ConsumerSettings
from archcode.services._service import Service


class OutsideSettings(ConsumerSettings):
    """A box outside AWS has a label and flows, and may say how it works."""

    outside: ClassVar[bool] = True


class OnlineSettings(OutsideSettings):
    """What AWS sends here goes over the internet and is charged to the sender."""

    over_internet: ClassVar[bool] = True


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
