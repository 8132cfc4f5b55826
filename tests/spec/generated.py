"""Specs made up by hypothesis from what the services say of their settings."""

from __future__ import annotations

import json
import re
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from archcode import units
from archcode.fields import Quantity
from archcode.flow import SERVICE_KEYS, FlowSettings
from archcode.regions import REGIONS
from archcode.requires import Requires
from archcode.services import MODULES, find

if TYPE_CHECKING:
    from archcode.services._service import AnyService

TYPES = tuple(MODULES)
NAMES = ("a", "b-2", "C_3", "true", "No", "null", "x.y", "f" * 80)

nasty_texts = st.one_of(
    st.sampled_from(
        [
            "<script>&amp;</script>",
            "| a \\| b |",
            "\"quoted\" 'twice'",
            "back\\slash \\n",
            "line\nbreak\tand tab",
            "- # : {} [] , & * ! | > % @ `",
            "=1+1",
            "null",
            "true",
            "0x10",
            "12:30:00",
            "  blanks  ",
            "{0} {text} %s $x",
            "Größe 漢字 עברית \U0001f600",
            "a\u2028b\u0085c\u00a0d",
            "...",
            "---",
        ]
    ),
    st.text(
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"),
        min_size=1,
        max_size=200,
    ).filter(str.strip),
)


WORDS = {
    "event_source_name": ("aws.partner/shop.example/orders", "shop.example"),
    "profile": ("business-hours", "nightly", "steady"),
    "instance_type": ("m5.large", "t3.micro", "c9x.huge"),
    "schedule_expression": (
        "rate(5 minutes)", "rate(1 day)", "cron(0 12 * * ? *)", "cron(0/5 8-17 ? * MON-FRI *)",
        "cron(0 0 29 2 ? 2027)", "cron(0 9 ? * 6L 2026-2030)", "at(2026-12-01T12:00:00)",
    ),
}  # fmt: skip
"""Words that settings take which are plain text to pydantic, or nearly so."""


def _digits(low=0, high=10_000):
    return st.decimals(low, high, places=3, allow_nan=False).map(lambda d: f"{d:f}")


def _texts(numbers, ends):
    return st.tuples(numbers, st.sampled_from(["", " "]), st.sampled_from([*ends])).map("".join)


_KINDS = {
    units.RATE_FORMS: _texts(
        _digits(), [f"{m}/{u}" for m in ("", "k", "M") for u in units.RATE_UNITS]
    ),
    units.TIME_FORMS: _texts(_digits(1), units.TIME_UNITS),
    units.SIZE_FORMS: _texts(_digits(1), units.SIZE_UNITS),
    units.SHARE_FORMS: _texts(_digits(0, 100), ["%"]),
    units.COUNT_FORMS: st.one_of(
        st.integers(0, 10**9), _digits(), _texts(_digits(), units.MULTIPLES)
    ),
}


def values(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values that a field of this type takes, as YAML has them."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values(arguments[0], (*arguments[1:], *metadata))
    if origin is UnionType or str(origin) == "typing.Union":
        parts = [a for a in arguments if a is not type(None)]
        return st.one_of([values(part, metadata) for part in parts])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0]), min_size=1, max_size=1)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return settings(annotation)
    quantity = next((m for m in metadata if isinstance(m, Quantity)), None)
    if quantity is not None and quantity.whole is None:
        return _KINDS[quantity.kind.forms]
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return _whole(metadata, quantity)
    return st.sampled_from(NAMES[:2]) if annotation is str else st.nothing()


def bounds(metadata: tuple[Any, ...]) -> tuple[int, int]:
    """The smallest and the largest value of a whole number."""
    parts = [p for m in metadata for p in (getattr(m, "metadata", None) or (m,))]
    low = next((p.ge for p in parts if hasattr(p, "ge")), 0)
    high = next((p.le for p in parts if hasattr(p, "le")), 10**9)
    return low, high


def _whole(metadata, quantity):
    low, high = bounds(metadata)
    numbers = st.one_of(st.sampled_from([low, high]), st.integers(low, high))
    if quantity is None:
        return numbers
    return st.one_of(numbers, numbers.map(lambda n: f"{n} {quantity.unit}"))


def _is_text(annotation: Any) -> bool:
    return annotation is str or any(_is_text(part) for part in get_args(annotation))


@cache
def fields(model: type[BaseModel]) -> dict[str, st.SearchStrategy[Any]]:
    """What each key of a model takes, without those that nothing fits; built once."""
    found = {
        name: st.sampled_from(WORDS[name])
        if name in WORDS and _is_text(field.annotation)
        else values(field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
    }
    return {n: s for n, s in found.items() if model.model_fields[n].is_required() or not s.is_empty}


@cache
def settings(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping for a model: what it requires and some of the rest."""
    required = {n: s for n, s in fields(model).items() if model.model_fields[n].is_required()}
    optional = {n: s for n, s in fields(model).items() if n not in required}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def components(draw, kinds=TYPES):
    """One component, mostly one that its service takes: few settings, and no odd ones."""
    kind = draw(st.sampled_from(kinds))
    service = find(kind)
    known, model = fields(service.settings), service.settings.model_fields
    required = {k for k in known if model[k].is_required()}
    # Keys first, then values of these alone: most of what a service knows is not drawn at all.
    optional = sorted(known.keys() - required)
    kept = required | (draw(st.sets(st.sampled_from(optional), max_size=3)) if optional else set())
    value = {k: draw(known[k]) for k in known if k in kept}
    if draw(st.integers(0, 4)) and _taken(service, value) is None:
        value = {k: v for k, v in value.items() if k in required}
        value |= _FITTING.get(kind, {})
    value["type"] = kind
    if draw(st.booleans()):
        value["label"] = draw(nasty_texts)
    if not draw(st.integers(0, 3)):
        value["requires"] = draw(settings(Requires))
    if service.usage_keys and draw(st.booleans()):
        quantity = st.one_of(st.integers(0, 10**12), _digits())
        keys = st.sampled_from(service.usage_keys)
        value["usage"] = draw(st.dictionaries(keys, quantity, max_size=3))
    return value


_FITTING: dict[str, dict[str, Any]] = {
    "amazonmq.broker": {
        "engine_type": "ACTIVEMQ",
        "host_instance_type": "mq.m5.large",
        "deployment_mode": "SINGLE_INSTANCE",
    },
    "ecs.service": {"launch_type": "FARGATE", "cpu": 512, "memory": "1 GB", "duration": "40 ms"},
    "iot.thing_fleet": {"things": 1000, "message_rate": "1/min", "message_size": "1 KB"},
    "kafkaconnect.connector": {
        "capacity": {"provisioned_capacity": {"mcu_count": 1, "worker_count": 2}}
    },
    "scheduler.schedule": {"schedule_expression": "rate(5 minutes)", "size": "1 KB"},
}
"""Settings that a service takes, where what it requires is at odds as drawn, or too little."""


_COMMON = ("type", "label", "usage", "requires")


def _taken(service: AnyService, value: dict[str, Any]) -> Any:
    """The settings as the service has them, None where they are at odds."""
    frozen = {k: _frozen(v) for k, v in value.items() if k not in _COMMON}
    try:
        return service.settings.model_validate(frozen, strict=True)
    except ValidationError:
        return None


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _frozen(v) for k, v in value.items()}
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value


def _pointed(components: dict[str, dict[str, Any]]) -> None:
    """Settings that name a component of another kind than they may are pointed to one, or gone."""
    for value in components.values():
        service = find(value["type"])
        taken = _taken(service, value)
        for reference in () if taken is None else (*taken.references(), *taken.calls()):
            fits = [n for n, c in components.items() if c["type"] in reference.types]
            if reference.types and reference.target not in fits:
                *holders, last = reference.path
                holder = value
                for key in holders:
                    holder = holder[key]
                if fits:
                    holder[last] = fits[0]
                elif not service.settings.model_fields[reference.path[0]].is_required():
                    value.pop(reference.path[0], None)


@st.composite
def flows(draw, names, kinds, key=None):
    """One flow: mostly with keys that its ends understand, and with a rate; `key` is among them."""
    source, target = draw(_ends(names, kinds, key))
    kept, values_of = _keys(draw, kinds[source], kinds[target]), fields(FlowSettings)
    flow = {k: draw(values_of[k]) for k in values_of if k in {*kept, key}}
    if "on_failure" in flow:
        flow["on_failure"] = draw(st.sampled_from(names))
    if draw(st.booleans()):
        flow["label"] = draw(nasty_texts)
    if "rate" not in kept or draw(st.integers(0, 9)):
        # Most have what it takes to get past the traffic.
        flow = {**flow, "rate": "120/min", "size": flow.get("size", "2 KB")}
        flow |= {"peak": "1M/s"} if "peak" in flow else {}
    arrow = f"{source} -> {target}"
    forms = [{arrow: flow}, {"from": source, "to": target, **flow}]
    return draw(st.sampled_from(forms if flow else [*forms, arrow, {arrow: None}]))


def _keys(draw, source: str, target: str) -> set[str]:
    """Up to four keys of a flow, mostly ones that its ends understand."""
    known = {*FlowSettings.model_fields} - SERVICE_KEYS | _understood(source, target)
    allowed = known if draw(st.integers(0, 4)) else {*FlowSettings.model_fields}
    names = sorted(allowed & fields(FlowSettings).keys())
    return draw(st.sets(st.sampled_from([*names, "rate"]), max_size=4))


def _understood(source: str, target: str) -> frozenset[str]:
    """Keys that a flow between two types may have, beside those that every flow may have."""
    known = find(source).flow_keys | find(target).inflow_keys
    return known | {"response_size"} if find(target).responds else known


def _ends(names, kinds, key=None):
    """Ends of a flow: mostly two, downwards, so that loops are few; that know a key if any do."""
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    knowing = [(a, b) for a, b in pairs if key in _understood(kinds[a], kinds[b])]
    any_two = st.tuples(st.sampled_from(names), st.sampled_from(names))
    downwards = st.sampled_from(knowing or pairs)
    return downwards if key else st.one_of(*[downwards] * 5, any_two)


@st.composite
def documents(draw, kind=None, key=None):
    """A whole spec as plain values; it may hold settings at odds with each other.

    `kind` is the type of one of its components, `key` a key of one of its flows.
    """
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    first, second = draw(st.permutations([TYPES if kind is None else (kind,), TYPES]))
    if key in SERVICE_KEYS:
        first, second = draw(st.sampled_from(_KNOWING[key]))
    made = {n: draw(components(k)) for n, k in zip(names, (first, second), strict=False)}
    made |= {name: draw(components()) for name in names[2:]}
    if draw(st.integers(0, 9)):
        _pointed(made)
    kinds = {name: value["type"] for name, value in made.items()}
    lines = [draw(flows(names, kinds)) for _ in range(draw(st.integers(0, 5)))]
    if key is not None:
        lines.append(draw(flows(names[:2], kinds, key)))
    document = {
        "title": draw(nasty_texts),
        "region": draw(st.sampled_from(REGIONS)),
        "components": made,
        "flows": lines,
    }
    if draw(st.booleans()):
        document["groups"] = draw(groups(names))
    if not draw(st.integers(0, 3)):
        document["direction"] = draw(st.sampled_from(["auto", "LR", "TB"]))
    if not draw(st.integers(0, 2)):
        document["views"] = draw(views(names, [*document.get("groups", ())]))
    if not draw(st.integers(0, 2)):
        document["scenarios"] = draw(scenarios(names))
    if not draw(st.integers(0, 2)):
        parts = st.sampled_from([*names, *document.get("groups", ()), "total"])
        amounts = st.one_of(st.integers(0, 10**9), st.sampled_from([0.5, 99.95, "5k", "1_000.1"]))
        document["budgets"] = draw(st.dictionaries(parts, amounts, max_size=3))
    return document


_KNOWING = {
    key: [
        ((source,), (target,))
        for source in TYPES
        for target in TYPES
        if key in _understood(source, target)
    ]
    for key in SERVICE_KEYS
}
"""Pairs of types whose flows understand a key."""


@st.composite
def groups(draw, names):
    """Two frames, one in the other; a region may say which one it is."""
    kinds = st.sampled_from(["account", "region", "vpc", "lane"])
    cut = draw(st.integers(1, len(names)))
    inner = {"label": draw(nasty_texts), "kind": draw(kinds), "contains": names[:cut]}
    outer = {"kind": draw(kinds), "contains": ["G", *names[cut:]]}
    for frame in (inner, outer):
        if frame["kind"] == "region" and draw(st.integers(0, 4)):
            frame["region"] = draw(st.sampled_from(REGIONS))
    return {"G": inner, "H": outer}


@st.composite
def views(draw, names, frames):
    """Some views: of a group, of what is downstream, of closed groups, of some components."""
    part = st.sampled_from(names)
    what = [
        st.fixed_dictionaries(
            {"flow": part}, optional={"until": st.lists(part, min_size=1, max_size=2)}
        ),
        st.fixed_dictionaries(
            {"contains": st.lists(st.sampled_from([*names, *frames]), min_size=1, max_size=3)}
        ),
    ]
    if frames:
        what.append(st.fixed_dictionaries({"group": st.sampled_from(frames)}))
        what.append(st.fixed_dictionaries({"depth": st.integers(0, 3)}))
    more = st.fixed_dictionaries(
        {},
        optional={
            "label": nasty_texts,
            "direction": st.sampled_from(["auto", "LR", "TB"]),
            "hops": st.integers(0, 5),
        },
    )
    view = st.tuples(st.one_of(what), more).map(
        lambda both: (
            both[0] | {k: v for k, v in both[1].items() if "depth" not in both[0] or k != "hops"}
        )
    )
    return draw(st.dictionaries(st.sampled_from(["one", "b-2", "V.w_3", "null"]), view, max_size=3))


@st.composite
def scenarios(draw, names):
    """Some scenarios: other traffic, another region, other texts and keys."""
    labels = st.fixed_dictionaries({"label": nasty_texts})
    what = st.fixed_dictionaries(
        {},
        optional={
            "label": nasty_texts,
            "scale": st.one_of(st.integers(0, 1000), st.sampled_from([0.25, 1.5, "2k"])),
            "region": st.sampled_from(REGIONS),
            "components": st.dictionaries(st.sampled_from(names), labels, max_size=2),
        },
    )
    return draw(st.dictionaries(st.sampled_from(["one", "b-2", "null"]), what, max_size=3))


def yaml_of(document: dict[str, Any]) -> str:
    """JSON is YAML, but for surrogate pairs and the line ends of YAML 1.1."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", text)
