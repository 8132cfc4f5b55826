"""pydantic's complaints in our words: the fact, the allowed values, the nearest name."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from archcode.fields import Quantity
from archcode.model import Finding, Severity
from archcode.units import plain, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel, ValidationError

    from archcode.spec.load import Document, Path

_BOUNDS = {
    "greater_than_equal": ("ge", "below the minimum of"),
    "less_than_equal": ("le", "above the maximum of"),
    "greater_than": ("gt", "not above"),
    "less_than": ("lt", "not below"),
}
_NOUNS = {
    "int": "a whole number",
    "float": "a number",
    "string": "text",
    "bool": "true or false",
    "dict": "a mapping",
    "model": "a mapping",
    "tuple": "a list",
    "list": "a list",
}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like a misspelt one, or an empty text."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def suggestion(name: str, known: Sequence[str], noun: str = "allowed") -> str:
    """`did you mean x?` where a name is near, else the allowed names."""
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"{noun}: {', '.join(known)}"


def explain(
    error: ValidationError,
    model: type[BaseModel],
    where: str,
    path: Path,
    document: Document,
) -> list[Finding]:
    """One finding for each complaint of a model about the value at a path."""
    findings = []
    for item in error.errors(include_url=False):
        loc: Path = tuple(item["loc"])
        owner = _owner(model, loc)
        rule, message, hint = _words(item, owner, loc)
        parent = item["type"] in ("extra_forbidden", "missing")
        place = ".".join([where, *(str(p) for p in (loc[:-1] if parent else loc))])
        mark = document.mark((*path, *loc), key=parent and item["type"] != "missing")
        findings.append(Finding(rule, Severity.ERROR, place, message, hint, *mark))
    return findings


def _words(item: Any, owner: type[BaseModel] | None, loc: Path) -> tuple[str, str, str]:  # noqa: ANN401
    """Rule, message and hint of one complaint."""
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    name = str(loc[-1]) if loc else ""
    known = tuple(owner.model_fields) if owner else ()
    if kind == "extra_forbidden":
        return "unknown_key", f"has no key {quoted(name)}", suggestion(name, known)
    if kind == "missing":
        return "missing_key", f"needs {name}", _allowed(owner, name)
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        unit = _unit(owner, name)
        limit = plain(Decimal(str(context[bound])))
        return "out_of_range", f"is {_shown(value, unit)}, {words} {limit}{unit}", ""
    if kind in ("literal_error", "enum"):
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        near = nearest(str(value), allowed.split(", "))
        hint = f"did you mean {near}?" if near else ""
        return "unknown_value", f"is {quoted(value)}; allowed: {allowed}", hint
    if kind in ("string_too_short", "too_short"):
        return "empty_value", "is empty", ""
    if kind in ("string_too_long", "too_long"):
        limit = context["max_length"]
        return "too_long", f"is longer than {limit} characters", ""
    noun = _NOUNS.get(kind.split("_")[0])
    if noun and kind.endswith(("_type", "_parsing", "_from_float", "_attributes_type")):
        return "wrong_type", f"is {quoted(value)}, not {noun}", ""
    return kind, context.get("text") or item["msg"], context.get("hint", "")


def _shown(value: object, unit: str) -> str:
    return f"{value}{unit}" if isinstance(value, int) else quoted(value)


def _owner(model: type[BaseModel], loc: Path) -> type[BaseModel] | None:
    """The model that holds the last key of a path."""
    owner: type[BaseModel] | None = model
    for key in loc[:-1]:
        field = owner.model_fields.get(str(key)) if owner else None
        owner = _nested(field.annotation) if field else None
    return owner


def _nested(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type expression
    """The model inside `Model | None`."""
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return next((c for c in candidates if hasattr(c, "model_fields")), None)


def _unit(owner: type[BaseModel] | None, name: str) -> str:
    """The unit of a field's value, with the blank before it."""
    field = owner.model_fields.get(name) if owner else None
    if field is None:
        return ""
    metadata = [*field.metadata]
    for argument in getattr(field.annotation, "__args__", ()):
        metadata += getattr(argument, "__metadata__", ())
    unit = next((m.unit for m in metadata if isinstance(m, Quantity)), "")
    return f" {unit}" if unit else ""


def _allowed(owner: type[BaseModel] | None, name: str) -> str:
    """The allowed values of a required key, where they are a closed set."""
    field = owner.model_fields.get(name) if owner else None
    values = getattr(field.annotation, "__args__", ()) if field else ()
    texts = [v for v in values if isinstance(v, str)]
    return f"allowed: {', '.join(texts)}" if texts else ""
