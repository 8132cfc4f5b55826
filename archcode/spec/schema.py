"""The spec language as a JSON Schema, for the YAML language server of an editor.

A schema knows keys, types, units and ranges; names that must exist and anything that needs the
traffic is checked by `archcode validate` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, TypeAdapter

from archcode.draw.picture import Direction
from archcode.flow import FlowSettings
from archcode.regions import REGIONS
from archcode.services import FULL_NAMES, find, known_types
from archcode.services._transfer import all_usage_keys
from archcode.shape import Shape
from archcode.shape.twin import twin
from archcode.spec.links import LINK, LONGEST
from archcode.spec.model import GroupText
from archcode.spec.notes import MOST_CHARACTERS, NAME
from archcode.spec.profile import ProfileText
from archcode.spec.ranges import ENDS
from archcode.spec.scenario import ScenarioText
from archcode.spec.scenarios import FIXED
from archcode.spec.view import ViewText
from archcode.spec.views import TAKEN
from archcode.units import COUNT_PATTERN, LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from archcode.services._service import AnyService

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LABEL = {
    "type": "string",
    "pattern": r"\S",
    "maxLength": MOST_CHARACTERS,
    "description": "Text under the icon.",
}
_LINK = {
    "type": "string",
    "pattern": f"^{LINK.pattern}$",
    "maxLength": LONGEST,
    "description": "The https address that a click on the icon opens.",
}
_COMPONENT = {"$ref": "#/$defs/Component"}
_QUANTITY = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": int(LARGEST)},
        {"type": "string", "pattern": COUNT_PATTERN},
    ]
}
_RANGE = {"$ref": "#/$defs/Range"}
_NAMES = {"propertyNames": {"pattern": f"^{NAME.pattern}$"}}


def json_schema() -> dict[str, Any]:
    """A self-contained JSON Schema (draft 2020-12) of a whole spec."""
    definitions: dict[str, Any] = {"Range": _range()}
    definitions["Component"] = {
        "type": "object",
        "properties": {"type": {"enum": [*known_types(), *FULL_NAMES]}},
        "allOf": [_component(find(kind), definitions) for kind in known_types()],
    }
    definitions["Arrow"] = _flow(definitions)
    flow = {"$ref": "#/$defs/Arrow"}
    return {
        "$schema": DIALECT,
        "title": "archcode spec",
        "type": "object",
        "additionalProperties": False,
        "required": ["region", "components"],
        "properties": {
            "title": _LABEL | {"description": "Heading of the picture and of the estimate."},
            "region": {"enum": list(REGIONS), "description": "Where everything runs."},
            "direction": {
                "enum": [*get_args(Direction)],
                "description": "Where flows lead in the picture: LR, TB or auto.",
            },
            "components": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {**_COMPONENT, "required": ["type"]},
                **_NAMES,
            },
            "flows": {"type": ["array", "null"], "items": flow},
            "groups": {
                "type": ["object", "null"],
                "additionalProperties": _model(GroupText, definitions),
                **_NAMES,
            },
            "views": {
                "type": ["object", "null"],
                "additionalProperties": _model(ViewText, definitions),
                "propertyNames": {**_NAMES["propertyNames"], "not": {"pattern": TAKEN}},
            },
            "profiles": {
                "type": ["object", "null"],
                "additionalProperties": _model(ProfileText, definitions),
                **_NAMES,
            },
            "alternatives": _alternatives(flow),
            "scenarios": {
                "type": ["object", "null"],
                "additionalProperties": _scenario(definitions),
                **_NAMES,
            },
            "budgets": {
                "type": ["object", "null"],
                "description": "The most that a component, a group or the total costs a month.",
                "additionalProperties": _QUANTITY,
            },
        },
        "$defs": definitions,
    }


def _alternatives(flow: dict[str, Any]) -> dict[str, Any]:
    """Named patches; a component without a type changes the one of its name."""
    return {
        "type": ["object", "null"],
        "description": "What else could be, for archcode compare.",
        "additionalProperties": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "components": {"type": "object", "additionalProperties": _COMPONENT, **_NAMES},
                "flows": {"type": "array", "items": flow},
                "remove": {"type": "array", "items": {"type": "string"}},
            },
        },
        **_NAMES,
    }


def _scenario(definitions: dict[str, Any]) -> dict[str, Any]:
    """A scenario; which settings its components have depends on their types."""
    schema = _model(ScenarioText, definitions)
    for section, keys in FIXED.items():
        fixed = {"not": {"enum": [*keys]}}
        changes = {"type": "object", "propertyNames": fixed}
        schema["properties"][section]["additionalProperties"] = changes
    flows = schema["properties"]["flows"]["additionalProperties"]
    flows["propertyNames"] = {"enum": [*FlowSettings.model_fields]}
    return schema


def _model(
    shape: type[Shape], definitions: dict[str, Any], *, ranged: bool = False
) -> dict[str, Any]:
    """The schema of a model, its nested models moved to the shared definitions.

    Where it is `ranged`, each quantity may be a range.
    """
    model = twin(shape)
    schema = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}")
    nested = schema.pop("$defs", {})
    if ranged:
        for found in (schema, *nested.values()):
            _may_be_ranges(found)
    for owner in (model, *_nested(model)):
        _bound(owner, nested.get(owner.__name__, schema if owner is model else {}))
    definitions.update(nested)
    return schema


def _may_be_ranges(schema: dict[str, Any]) -> None:
    """Let every number and quantity among the properties of a schema be a range, too."""
    for name, known in schema.get("properties", {}).items():
        forms = known.get("anyOf") or [known]
        if not any(form.get("type") in ("integer", "number") or _is_text(form) for form in forms):
            continue
        words = {key: known.pop(key) for key in ("title", "description", "default") if key in known}
        forms = known.get("anyOf") or [known]
        schema["properties"][name] = {"anyOf": [*forms, _RANGE], **words}


def _is_text(form: dict[str, Any]) -> bool:
    """Whether this is the text of a quantity."""
    return "pattern" in form and form.get("description", "").startswith("A quantity")


def _range() -> dict[str, Any]:
    """The lowest, likeliest and highest value of a quantity; its own schema bounds each of them."""
    value = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    return {
        "type": "object",
        "description": "A quantity of which only a range is known; totals then are ranges, too.",
        "additionalProperties": False,
        "required": [*ENDS],
        "properties": dict.fromkeys(ENDS, value),
    }


def _nested(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models inside a model."""
    for field in model.model_fields.values():
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield part
                yield from _nested(part)


def _bound(model: type[BaseModel], schema: dict[str, Any]) -> None:
    """Bounds of quantities: pydantic knows them, but not that the number is one of two forms."""
    for name, field in model.model_fields.items():
        forms = schema.get("properties", {}).get(name, {}).get("anyOf", [])
        number = next((form for form in forms if form.get("type") == "integer"), None)
        if number is None:
            continue
        for bound in type_parts(field):
            for attribute, keyword in (("ge", "minimum"), ("le", "maximum")):
                if hasattr(bound, attribute):
                    number[keyword] = getattr(bound, attribute)


def type_parts(field: FieldInfo) -> Iterator[object]:
    """What a field's type says: the type, its parts, and the bounds and units of both."""
    yield field.annotation
    yield from field.metadata
    for part in get_args(field.annotation):
        yield part
        for item in getattr(part, "__metadata__", ()):
            yield from getattr(item, "metadata", None) or (item,)


def _component(service: AnyService, definitions: dict[str, Any]) -> dict[str, Any]:
    """`if` a component has this type, `then` these are its keys."""
    schema = _model(service.settings, definitions, ranged=True)
    names = [service.type, *(full for full, short in FULL_NAMES.items() if short == service.type)]
    schema["properties"] = {
        "type": {"enum": names},
        "label": _LABEL,
        "link": _LINK,
        "usage": _usage(service),
        "requires": {"$ref": "#/$defs/Requires"},
        **schema.get("properties", {}),
    }
    schema["title"] = service.name
    condition = {"properties": {"type": {"enum": names}}, "required": ["type"]}
    return {"if": condition, "then": schema}


def _ranged_quantity() -> dict[str, Any]:
    return {"anyOf": [*_QUANTITY["anyOf"], _RANGE]}


def _usage(service: AnyService) -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Measured monthly quantities, in place of the derived ones.",
        "additionalProperties": False,
        "properties": {key: _ranged_quantity() for key in all_usage_keys(service)},
    }


def _flow(definitions: dict[str, Any]) -> dict[str, Any]:
    """An arrow, an arrow with settings, or a mapping with both ends."""
    arrow = rf"^\s*{NAME.pattern}\s*->\s*{NAME.pattern}\s*$"
    needs = {"peak": ["rate"], "profile": ["rate"], "rate": ["size"]}
    definitions["Flow"] = _model(FlowSettings, definitions, ranged=True) | {
        "dependentRequired": needs
    }
    mapped = dict(definitions["Flow"])
    end = {"type": "string", "description": "A component."}
    mapped["properties"] = {"from": end, "to": end, **mapped["properties"]}
    mapped["required"] = ["from", "to"]
    settings = {"anyOf": [{"$ref": "#/$defs/Flow"}, {"type": "null"}]}
    return {
        "anyOf": [
            {"type": "string", "pattern": arrow},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "patternProperties": {arrow: settings},
                "additionalProperties": False,
            },
            mapped,
        ]
    }
