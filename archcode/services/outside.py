"""Boxes outside AWS: drawn, sources and sinks of traffic, never priced."""

from __future__ import annotations

from typing import ClassVar

from archcode.fields import Settings
from archcode.services._service import Service


class OutsideSettings(Settings):
    """Nothing to set: a box outside AWS has only a label and flows."""

    outside: ClassVar[bool] = True


def _service(kind: str, name: str, icon: str, margin: float = 0.0) -> Service[OutsideSettings]:
    return Service(
        type=kind,
        resource_type=kind,
        name=name,
        settings=OutsideSettings,
        icon=lambda _: icon,
        summary=lambda _: name,
        icon_margin=margin,
    )


SERVICES = {
    "client": _service("client", "Clients", "aws/general/users.png"),
    "device": _service("device", "Devices", "aws/general/mobile-client.png", 0.25),
    "partner": _service("partner", "Partner", "aws/general/internet-alt1.png"),
    "server": _service("server", "Servers", "aws/general/traditional-server.png", 0.22),
}
