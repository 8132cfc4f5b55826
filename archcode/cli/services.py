"""`archcode services`: what a spec may contain, with limits, meters and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from archcode.cli import _io
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from archcode.services._service import AnyService


def services(
    type: Annotated[str, typer.Argument(metavar="[TYPE]", help="Such as sqs.queue.")] = "",
) -> None:
    """List the types a component may have, or all about one of them.

    Examples:

      archcode services

      archcode services sqs.queue
    """
    from archcode.services import find, known_types, lookup
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    if not type:
        rows: list[tuple[str, ...]] = [("TYPE", "SERVICE", "CLOUDFORMATION TYPE")]
        rows += [(t, find(t).name, find(t).resource_type) for t in known_types()]
        _say_table(rows)
        return
    service = lookup(type)
    if service is None:
        hint = suggestion(type, known_types(), "known")
        raise UsageError(f"{quoted(type)} is no known type; {hint}")
    _io.say(f"{service.name} ({service.type}, {service.resource_type})\n")
    for title, section in _sections(service):
        _io.say(f"\n{title}\n")
        _say_table(section or [("none",)])


def _say_table(rows: list[tuple[str, ...]]) -> None:
    from archcode.render.table import aligned

    _io.say("".join(f"  {line}\n" for line in aligned(rows)))


def _sections(service: AnyService) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Settings, limits, meters and promises of a service."""
    yield "Settings", [*_settings(service.settings)]
    yield "Flow keys", [(key,) for key in sorted(service.flow_keys)]
    yield "Usage keys", [(key,) for key in service.usage_keys]
    yield "Limits", [*_limits(service)]
    yield (
        "Meters",
        [(m.name, m.pricing_unit, m.charge_frequency, m.description) for m in service.meters],
    )
    yield "Semantics", [*_semantics(service)]


def _settings(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, ...]]:
    """Name, values, default and meaning of each setting, nested ones with a dotted name."""
    for name, field in model.model_fields.items():
        nested = next(
            (
                p
                for p in (field.annotation, *get_args(field.annotation))
                if hasattr(p, "model_fields")
            ),
            None,
        )
        if nested is not None:
            yield from _settings(nested, f"{prefix}{name}.")
            continue
        default = "required" if field.is_required() else _shown(field.default)
        yield f"{prefix}{name}", _values(field), default, field.description or ""


def _shown(default: object) -> str:
    if default is None:
        return "-"
    if isinstance(default, bool):
        return str(default).lower()
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def _values(field: FieldInfo) -> str:
    """The unit and range of a number, or the allowed words."""
    from archcode.spec.schema import type_parts

    words = [w for part in type_parts(field) for w in get_args(part) if isinstance(w, str)]
    if words:
        return " | ".join(dict.fromkeys(words))
    low = next((a.ge for a in type_parts(field) if hasattr(a, "ge")), None)
    high = next((a.le for a in type_parts(field) if hasattr(a, "le")), None)
    unit = next((a.unit for a in type_parts(field) if hasattr(a, "unit")), "")
    bounds = f"{low} to {high}" if high is not None else ""
    return f"{bounds} {unit}".strip()


def _limits(service: AnyService) -> Iterator[tuple[str, ...]]:
    from archcode.units import grouped

    for limit in service.limits:
        yield (
            limit.name,
            f"{grouped(limit.value)} {limit.unit}",
            limit.kind,
            limit.scope,
            limit.as_of,
            limit.source,
        )
        for region, value in (limit.regions or {}).items():
            yield "", f"{grouped(value)} {limit.unit}", limit.kind, f"in {region}", limit.as_of, ""


def _semantics(service: AnyService) -> Iterator[tuple[str, ...]]:
    for promise in service.semantics:
        facts = {
            "ordering": promise.ordering,
            "delivery": promise.delivery,
            "replay": promise.replay,
            "retention": promise.retention,
            "consumers": promise.consumers,
            "dead letters": promise.dead_letter,
            "source": f"{promise.source} ({promise.as_of})",
        }
        for index, (name, text) in enumerate(facts.items()):
            yield promise.variant if index == 0 else "", name, text
