"""Where the package raises findings: the calls that make one, and what they name it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import archcode
from archcode.services import MODULES, find, known_types

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(archcode.__file__).parent
RAISERS = {
    "Finding": 0,
    "LimitLoad": 0,
    "Problem": 0,
    "PydanticCustomError": 0,
    "QuantityError": 0,
    "_note": 0,
    "_problem": 0,
    "refuse": 0,
    "refuse_without": 3,
    "note": 1,
}
"""What makes a finding, and which of its arguments is the name."""
NAMING = re.compile(rf"\b({'|'.join(RAISERS)}|_words)\b")
"""What stands in the text of every module that raises findings."""
BUILT = {"against", "explain", "finding_of", "wrong"}
"""Functions that build a name from a limit's, or pass on what another function returns."""


@dataclass(frozen=True)
class Function:
    """A function of the package: where it stands, and the calls and returns in it."""

    module: str
    node: ast.FunctionDef
    calls: tuple[ast.Call, ...]
    returns: tuple[ast.Return, ...]


@cache
def functions() -> tuple[Function, ...]:
    """The functions of modules that name a raiser, read once; one inside another counts twice."""
    texts = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    return tuple(
        _function(str(path.relative_to(PACKAGE)), node)
        for path, text in texts.items()
        if NAMING.search(text)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    )


def _function(module: str, node: ast.FunctionDef) -> Function:
    inside = list(ast.walk(node))
    calls = tuple(n for n in inside if isinstance(n, ast.Call) and called(n) in RAISERS)
    return Function(module, node, calls, tuple(n for n in inside if isinstance(n, ast.Return)))


def called(call: ast.Call) -> str:
    """The last word of what is called."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _constants(function: ast.FunctionDef, name: str) -> set[str]:
    """The texts that a function assigns to one of its variables."""
    return {
        node.value.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    }


def _named(function: ast.FunctionDef, call: ast.Call) -> set[str] | None:
    """The names that a call can give to a finding; None where its caller gives one."""
    place = RAISERS[called(call)]
    argument = call.args[place]
    if isinstance(argument, ast.Constant):
        return {argument.value}
    if isinstance(argument, ast.Attribute):
        return None
    if isinstance(argument, ast.Name):
        parameters = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
        return None if argument.id in parameters else _constants(function, argument.id)
    return set()


@cache
def raised() -> dict[str, set[str]]:
    """Every name of a finding, with the modules that raise it."""
    names: dict[str, set[str]] = defaultdict(set)
    for function in functions():
        for name in _in_function(function):
            names[name].add(function.module)
    for kind in known_types():
        for limit in find(kind).limits:
            if limit.kind != "range":  # bounds of a setting, refused as out_of_range
                names[f"{limit.name}_exceeded"].add(f"services/{MODULES[kind]}.py")
    return names


def _in_function(function: Function) -> Iterator[str]:
    for call in function.calls:
        if len(call.args) > 1:
            names = _named(function.node, call)
            if names is not None:
                assert names or function.node.name in BUILT, f"{function.module}:{call.lineno}"
                yield from names
    if function.node.name == "_words":
        for node in function.returns:
            first = node.value.elts[0] if isinstance(node.value, ast.Tuple) else None
            if isinstance(first, ast.Constant):
                yield first.value


@cache
def raised_as() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By name: what raises it, and the severities that stand beside it."""
    ways: dict[str, set[str]] = defaultdict(set)
    severities: dict[str, set[str]] = defaultdict(set)
    for call in (call for function in functions() for call in function.calls):
        place = RAISERS[called(call)]
        name = call.args[place] if len(call.args) > place else None
        if not isinstance(name, ast.Constant):
            continue
        ways[name.value].add(called(call))
        if called(call) == "Finding":
            level = call.args[1]
            known = ast.unparse(level).startswith("Severity.")
            severities[name.value].add(level.attr.lower() if known else "")
    return ways, severities
