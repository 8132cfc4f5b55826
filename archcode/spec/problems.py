"""pydantic's complaints in our words: the fact, the allowed values, the nearest name."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from archcode.fields import Quantity
from archcode.model import Finding, Severity
from archcode.units import MULTIPLES, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from archcode.shape import Shape
    from archcode.spec.load import Document, Mark, Path

_MOST_COMPARED = 2000
_MOST_LISTED = 40
_LONGEST = 100
_SHORTEST = 3
_BOUNDS = {
    "greater_than_equal": ("ge", "below the minimum of"),
    "less_than_equal": ("le", "above the maximum of"),
    "greater_than": ("gt", "not above"),
    "less_than": ("lt", "not below"),
}
_DRAWN = frozenset(
    {
        "action",
        "consumer",
        "destination",
        "producer",
        "source",
        "subscription",
        "subscriber",
        "target",
        "trigger",
    }
)
"""Keys of templates, in the singular, that a spec says with an arrow."""
_NUMBER = re.compile(r"([0-9][0-9_]{0,17}) ?([kKMGB]?)")
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
    """The known name most like a misspelt or cut one, or an empty text; case does not count."""
    from difflib import SequenceMatcher, get_close_matches

    lowered: dict[str, str] = {}
    for candidate in islice(known, _MOST_COMPARED):
        lowered.setdefault(candidate.lower(), candidate)
    matches = get_close_matches(name[:_LONGEST].lower(), [*lowered], n=3, cutoff=0.6)
    if not matches:
        longer = [full for short, full in lowered.items() if short.startswith(name.lower())]
        return longer[0] if len(longer) == 1 and len(name) >= _SHORTEST else ""
    # difflib breaks ties by the alphabet, backwards: us-east-2 for us-east-l.
    best = SequenceMatcher(None, name.lower(), matches[0]).ratio()
    ties = [m for m in matches if SequenceMatcher(None, name.lower(), m).ratio() == best]
    return lowered[min(ties)]


def suggestion(
    name: str, known: Sequence[str], noun: str = "allowed", also: Iterable[str] = ()
) -> str:
    """`did you mean x?` where a name is near (or in `also`), else the allowed names."""
    near = nearest(name, (*known, *also))
    if near:
        return f"did you mean {near}?"
    if not known:
        return f"{noun}: none"
    more = f" and {len(known) - _MOST_LISTED} more" if len(known) > _MOST_LISTED else ""
    return f"{noun}: {', '.join(known[:_MOST_LISTED])}{more}"


def explain(
    error: ValueError,
    model: type[Shape],
    where: str,
    path: Path,
    document: Document,
    also: tuple[str, ...] = (),
) -> list[Finding]:
    """One finding for each complaint of a model about the value at a path.

    `also` are keys beside the model's own, allowed at its top.
    """
    from pydantic import ValidationError

    from archcode.shape.twin import twin

    if not isinstance(error, ValidationError):
        raise error
    findings = []
    for item in error.errors(include_url=False):
        loc: Path = tuple(item["loc"])
        if item["type"] == "too_short" and item["input"]:
            continue  # pydantic counts only the items that are right; the wrong ones are reported
        owner = _owner(twin(model), loc)
        known = (*(also if len(loc) == 1 else ()), *(owner.model_fields if owner else ()))
        rule, message, hint = _words(item, owner, loc, known)
        about_parent = item["type"] in ("extra_forbidden", "missing")
        shown = [str(p) for p in (loc[:-1] if about_parent else loc) if isinstance(p, str)]
        mark = _mark(item, (*path, *loc), message, document)
        findings.append(
            Finding(rule, Severity.ERROR, ".".join([where, *shown]), message, hint, *mark)
        )
    return findings


def _mark(item: Any, path: Path, message: str, document: Document) -> Mark:  # noqa: ANN401
    """Where a complaint belongs: a key without meaning, the owner of a missing one, a value."""
    if item["type"] == "extra_forbidden":
        return document.mark(path, key=True)
    if item["type"] == "missing":
        return document.mark(path[:-1], key=True)
    if isinstance(item["input"], dict) and not item["type"].endswith("_type"):
        return document.mark((*path, *_named(item["input"], message)), key=True)
    return document.mark(path)


def _named(settings: Mapping[str, Any], message: str) -> Path:
    """The first setting that a complaint about several of them names."""
    words = re.findall(r"[a-z_]+", message)
    for word in words:
        if word in settings:
            return (word,)
    for key, value in settings.items():
        inside = _named(value, message) if isinstance(value, dict) else ()
        if inside:
            return (key, *inside)
    return ()


def _words(
    item: Any,  # noqa: ANN401
    owner: type[BaseModel] | None,
    loc: Path,
    known: tuple[str, ...],
) -> tuple[str, str, str]:
    """Rule, message and hint of one complaint."""
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    name = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return "unknown_key", f"has no key {quoted(name)}", _instead(name, known)
    if kind == "missing":
        return "missing_key", f"needs {name}", _allowed(owner, name)
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        quantity = _quantity(owner, name)
        unit = f" {quantity.unit}" if quantity and quantity.unit else ""
        limit = plain(Decimal(str(context[bound])))
        return "out_of_range", f"is {_shown(value, quantity)}, {words} {limit}{unit}", ""
    if kind in ("literal_error", "enum"):
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        near = nearest(str(value), allowed.split(", "))
        hint = f"did you mean {near}?" if near else ""
        if near == str(value):
            hint = f'write "{near}", in quotes'
        return "unknown_value", f"is {quoted(value)}; allowed: {allowed}", hint
    if kind in ("string_too_short", "too_short"):
        return "empty_value", "is empty", ""
    if kind in ("string_too_long", "too_long"):
        return "too_long", too_long(value, context["max_length"]), ""
    noun = _NOUNS.get(kind.split("_")[0])
    if noun and kind.endswith(("_type", "_parsing", "_from_float", "_attributes_type")):
        return "wrong_type", f"is {quoted(value)}, not {noun}", _meant(value, noun, owner, name)
    return kind, context.get("text") or item["msg"], context.get("hint", "")


def _instead(name: str, known: tuple[str, ...]) -> str:
    """What an unknown key may mean; what a template names there, a spec draws."""
    if name.lower().removesuffix("s") in _DRAWN:
        return f"draw a flow, such as - a -> b; {suggestion('', known)}"
    return suggestion(name, known)


def _meant(value: object, noun: str, owner: type[BaseModel] | None, name: str) -> str:
    """How a value of the wrong type may be written, or what the key is for."""
    field = owner.model_fields.get(name) if owner else None
    nested = _nested(field.annotation) if field else None
    number = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if noun == "a whole number" and number:
        return f"write {int(number[1].replace('_', '')) * MULTIPLES[number[2]]}"
    if noun == "a list" and isinstance(value, str):
        return f"write [{value}]"
    if noun == "a mapping" and nested is not None:
        return _mapping(nested)
    return _purpose(field)


def _mapping(model: type[BaseModel]) -> str:
    """How a mapping is written: the keys that it needs, or one of them, and all."""
    keys = [*model.model_fields]
    needed = [key for key in keys if model.model_fields[key].is_required()] or keys[:1]
    form = f"write {{{', '.join(f'{key}: ...' for key in needed)}}}"
    return form if needed == keys else f"{form}; allowed: {', '.join(keys)}"


def _purpose(field: FieldInfo | None) -> str:
    """What a key is for, as the rest of a sentence."""
    text = ((field.description if field else "") or "").rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def too_long(value: str | Sequence[object], most: int) -> str:
    """How long a text or list is, and may be."""
    noun = "characters" if isinstance(value, str) else "values"
    return f"has {len(value):,} {noun}, above the maximum of {most}"


def _shown(value: object, quantity: Quantity | None) -> str:
    """A value as it was written, and in the unit of its bounds."""
    if quantity is None or not quantity.unit:
        return quoted(value)
    if isinstance(value, int):
        return f"{quoted(value)} {quantity.unit}"
    counted = f"{quantity.read(value)} {quantity.unit}"
    return quoted(value) if counted == value else f"{quoted(value)} ({counted})"


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


def _quantity(owner: type[BaseModel] | None, name: str) -> Quantity | None:
    """The kind of quantity that a field takes, if it is one."""
    field = owner.model_fields.get(name) if owner else None
    if field is None:
        return None
    metadata = [*field.metadata]
    for argument in getattr(field.annotation, "__args__", ()):
        metadata += getattr(argument, "__metadata__", ())
    return next((m for m in metadata if isinstance(m, Quantity)), None)


def _allowed(owner: type[BaseModel] | None, name: str) -> str:
    """The allowed values of a required key where they are a closed set, else what it is for."""
    field = owner.model_fields.get(name) if owner else None
    values = getattr(field.annotation, "__args__", ()) if field else ()
    texts = [v for v in values if isinstance(v, str)]
    nested = _nested(field.annotation) if field else None
    if nested is not None:
        return _mapping(nested)
    return f"allowed: {', '.join(texts)}" if texts else _purpose(field)
