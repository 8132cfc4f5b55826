"""Specs made up by hypothesis from what the services say of their settings."""

from __future__ import annotations

import json
import re
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from archcode import units
from archcode.fields import Quantity
from archcode.flow import FlowSettings
from archcode.regions import REGIONS
from archcode.services import MODULES, find

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


def settings(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping for a model: what it requires and some of the rest."""
    fields = {
        name: values(field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
    }
    required = {n: s for n, s in fields.items() if model.model_fields[n].is_required()}
    optional = {n: s for n, s in fields.items() if n not in required}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def components(draw, kinds=TYPES):
    """One component: mostly few settings, so that they seldom are at odds."""
    kind = draw(st.sampled_from(kinds))
    service = find(kind)
    drawn = draw(settings(service.settings))
    kept = draw(st.sets(st.sampled_from(sorted(drawn)), max_size=3)) if drawn else set()
    fields = service.settings.model_fields
    value = {k: v for k, v in drawn.items() if k in kept or fields[k].is_required()}
    value["type"] = kind
    if draw(st.booleans()):
        value["label"] = draw(nasty_texts)
    if service.usage_keys and draw(st.booleans()):
        quantity = st.one_of(st.integers(0, 10**12), _digits())
        keys = st.sampled_from(service.usage_keys)
        value["usage"] = draw(st.dictionaries(keys, quantity, max_size=3))
    return value


@st.composite
def documents(draw):
    """A whole spec as plain values; it may hold settings at odds with each other."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    document = {
        "title": draw(nasty_texts),
        "region": draw(st.sampled_from(REGIONS)),
        "components": {name: draw(components()) for name in names},
    }
    ends = st.sampled_from(names)
    flows = []
    for _ in range(draw(st.integers(0, 5))):
        options = draw(settings(FlowSettings))
        kept = draw(st.sets(st.sampled_from([*sorted(options), "rate"]), max_size=4))
        flow = {k: v for k, v in options.items() if k in kept}
        if draw(st.booleans()):
            flow["label"] = draw(nasty_texts)
        if "rate" not in kept or draw(st.integers(0, 9)):
            # Most have what it takes to get past the traffic.
            flow = {"rate": "120/min", **flow, "size": options.get("size", "2 KB")}
        source, target = draw(ends), draw(ends)
        arrow = f"{source} -> {target}"
        flows.append(
            draw(
                st.sampled_from(
                    [{arrow: flow}, {"from": source, "to": target, **flow}, arrow, {arrow: None}]
                )
            )
        )
    document["flows"] = flows
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["account", "region", "vpc", "lane"]))
        group = {"label": draw(nasty_texts), "kind": kind, "contains": names[:2]}
        document["groups"] = {"G": group, "H": {"contains": ["G", *names[2:]]}}
    return document


def yaml_of(document: dict[str, Any]) -> str:
    """JSON is YAML, but for surrogate pairs and the line ends of YAML 1.1."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", text)
