"""`archcode services`: what a spec may contain, with limits, meters and their sources."""

from __future__ import annotations

from fractions import Fraction
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from archcode.cli import _io
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from archcode.services._service import AnyService
    from archcode.shape import Shape


# A source that is cut at a hyphen can neither be copied nor clicked.
_WRAP = TextWrapper(
    100,
    initial_indent="  ",
    subsequent_indent="      ",
    break_long_words=False,
    break_on_hyphens=False,
)


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
    _io.say("".join(f"{line}\n" for line in _page(service)))


def _say_table(rows: list[tuple[str, ...]]) -> None:
    from archcode.render.columns import aligned

    _io.say("".join(f"  {line}\n" for line in aligned(rows)))


def _page(service: AnyService) -> Iterator[str]:
    """Settings, keys, limits, meters and promises of a service."""
    from archcode.flow import SERVICE_KEYS, FlowSettings
    from archcode.render.columns import aligned
    from archcode.services._mapping import FUNCTION_KEYS, MAPPING_KEYS
    from archcode.services._transfer import all_usage_keys

    every = [key for key in FlowSettings.keys if key not in SERVICE_KEYS]
    meters = [(m.name, m.pricing_unit, m.charge_frequency, m.description) for m in service.meters]
    yield from _section("Settings", _settings(service.settings))
    yield from _section("Keys of every flow", [", ".join(every)])
    only = " (to a function only)"
    out = {key: only if key in MAPPING_KEYS | FUNCTION_KEYS else "" for key in service.flow_keys}
    yield from _section("Keys of flows from it", _settings(FlowSettings, notes=out))
    into = {*service.inflow_keys, *(("response_size",) if service.responds else ())}
    notes = dict.fromkeys(into, "")
    yield from _section("Keys of flows to it", _settings(FlowSettings, notes=notes))
    if service.emission != "each":
        title = "Connected without a function or a server between"
        yield from _section(title, _carried(service))
    yield from _section("Usage keys", [", ".join(all_usage_keys(service))])
    yield from _section("Limits", _limits(service))
    yield from _section("Meters", aligned(meters) if meters else [])
    yield from _section("Semantics", _semantics(service))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title and indented lines; long ones go on, indented further."""
    yield ""
    yield title
    found = [line for line in lines if line]
    for line in found or ["none"]:
        yield from _WRAP.wrap(line)


def _carried(service: AnyService) -> Iterator[str]:
    """What it delivers to, and is fetched from, where nothing stands between."""
    from archcode.services import find, known_types

    others = [find(kind) for kind in known_types()]
    to = {*service.pushes_to, *(o.type for o in others if service.type in o.pulls_from)}
    come = {*service.pulls_from, *(o.type for o in others if service.type in o.pushes_to)}
    if to:
        yield f"to {', '.join(sorted(to))}"
    if come:
        yield f"from {', '.join(sorted(come))}"


def _settings(
    model: type[Shape | BaseModel], prefix: str = "", notes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Name, values, default and meaning of each setting, nested ones with a dotted name.

    Where there are `notes`, only settings that have one are shown, with it.
    """
    for name, field in model.model_fields.items():
        if notes is not None and name not in notes:
            continue
        parts = (field.annotation, *get_args(field.annotation))
        nested = next((part for part in parts if hasattr(part, "model_fields")), None)
        if nested is not None:
            yield from _settings(nested, f"{prefix}{name}.")
            continue
        meaning = (field.description or "").rstrip(".") + (notes or {}).get(name, "")
        facts = (_values(field), _default(field, prefix), meaning)
        yield f"{prefix}{name}: {'; '.join(fact for fact in facts if fact)}"


def _default(field: FieldInfo, prefix: str) -> str:
    """What holds where the author says nothing; a part is required of what is stated only."""
    if field.is_required():
        return f"required in {prefix.removesuffix('.')}" if prefix else "required"
    return "" if field.default in (None, ()) else f"default {_shown(field.default, field)}"


def _shown(default: object, field: FieldInfo) -> str:
    from archcode.fields import Quantity
    from archcode.spec.schema import type_parts
    from archcode.units import SHARE_FORMS, grouped

    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, Fraction):
        kinds = [part.kind.forms for part in type_parts(field) if isinstance(part, Quantity)]
        return f"{grouped(default * 100)}%" if SHARE_FORMS in kinds else f"{grouped(default)} s"
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def _values(field: FieldInfo) -> str:
    """The unit and range of a number, or the allowed words."""
    from archcode.spec.schema import type_parts

    words = [w for part in type_parts(field) for w in get_args(part) if isinstance(w, str | int)]
    if words:
        return " | ".join(dict.fromkeys(map(str, words)))
    if bool in type_parts(field):
        return "true | false"
    low = next((a.ge for a in type_parts(field) if hasattr(a, "ge")), None)
    high = next((a.le for a in type_parts(field) if hasattr(a, "le")), None)
    unit = next((a.unit for a in type_parts(field) if hasattr(a, "unit")), "")
    bounds = f"{low} to {high}" if high is not None else ""
    return f"{bounds} {unit}".strip()


def _limits(service: AnyService) -> Iterator[str]:
    """Each limit with its kind, scope, regions, date and source."""
    from archcode.render._explained import limit_lines

    for limit in service.limits:
        yield from limit_lines(limit)


def _semantics(service: AnyService) -> Iterator[str]:
    """What each variant of the service promises."""
    from archcode.services._promises import promised

    for promise in service.semantics:
        yield (
            f"{promise.variant}: order {promise.ordering}; delivery {promise.delivery};"
            f" replay {promise.replay}; retention {promise.retention}; consumers"
            f" {promise.consumers}; dead letters {promise.dead_letter}"
            f" ({promise.as_of}, {promise.source})"
        )
        if promise.promise is not None:
            yield f"{promise.variant}, at best: {promised(promise.promise)}"
