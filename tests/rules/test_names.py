"""The names of all findings, wherever they are raised: one word for one defect."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import archcode
from archcode.rules import MODULES as RULE_MODULES
from archcode.rules import rules_for
from archcode.rules._rule import Rule
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
BUILT = {"against", "explain", "finding_of", "wrong"}
"""Functions that build a name from a limit's, or pass on what another function returns."""
SINGLE = {"alias", "tag"}
"""Words of YAML's own that say it all."""
SHARED = {"logged_without_level", "mapping_too_slow"}
"""Names that several services give to the same defect."""
RULES = rules_for(known_types())
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _called(call: ast.Call) -> str:
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
    place = RAISERS[_called(call)]
    argument = call.args[place]
    if isinstance(argument, ast.Constant):
        return {argument.value}
    if isinstance(argument, ast.Attribute):
        return None
    if isinstance(argument, ast.Name):
        parameters = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
        return None if argument.id in parameters else _constants(function, argument.id)
    return set()


def raised() -> dict[str, set[str]]:
    """Every name of a finding, with the modules that raise it."""
    names: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        module = str(path.relative_to(PACKAGE))
        for function in _functions(ast.parse(path.read_text("utf-8"))):
            for name in _in_function(module, function):
                names[name].add(module)
    for kind in known_types():
        for limit in find(kind).limits:
            if limit.kind != "range":  # bounds of a setting, refused as out_of_range
                names[f"{limit.name}_exceeded"].add(f"services/{MODULES[kind]}.py")
    return names


def _in_function(module: str, function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _called(node) in RAISERS and len(node.args) > 1:
            names = _named(function, node)
            if names is not None:
                assert names or function.name in BUILT, f"{module}:{node.lineno}: no name"
                yield from names
        if function.name == "_words" and isinstance(node, ast.Return):
            first = node.value.elts[0] if isinstance(node.value, ast.Tuple) else None
            if isinstance(first, ast.Constant):
                yield first.value


RAISED = raised()


def test_the_collection_sees_all_places():
    for name in ("unknown_key", "out_of_range", "yaml_syntax", "too_few_shards", "not_whole"):
        assert name in RAISED
    assert {rule.name for rule in RULES} <= set(RAISED)
    assert "in_flight_messages_exceeded" in RAISED


@pytest.mark.parametrize("name", sorted(RAISED))
def test_is_words_in_snake_case(name):
    assert WORD.fullmatch(name) or name in SINGLE


@pytest.mark.parametrize("name", sorted(RAISED))
def test_is_at_home_in_one_place(name):
    homes = {module.partition("/")[0] for module in RAISED[name]}
    services = {module for module in RAISED[name] if module.startswith("services/")}

    assert len(homes - {"units.py", "fields.py", "spec", "overlay"}) <= 1
    assert len(services) <= 1 or name in SHARED


def test_a_rule_has_no_name_of_a_service_or_of_the_language():
    for rule in RULES:
        (module,) = RAISED[rule.name]

        assert module == f"{rule.module.removeprefix('archcode.').replace('.', '/')}.py"


def test_only_shared_names_are_excused():
    shared = {
        name
        for name, modules in RAISED.items()
        if sum(module.startswith("services/") for module in modules) > 1
    }

    assert shared == SHARED


def test_every_module_of_rules_is_registered():
    modules = {path.stem for path in (PACKAGE / "rules").glob("[!_]*.py")}

    assert set(RULE_MODULES) == modules
    assert list(RULE_MODULES) == sorted(RULE_MODULES)
    assert {kind for kinds in RULE_MODULES.values() for kind in kinds} <= set(known_types())


@pytest.mark.parametrize("name", RULE_MODULES)
def test_every_rule_of_a_module_is_listed_in_it(name):
    module = import_module(f"archcode.rules.{name}")
    public = [thing for thing in vars(module).values() if isinstance(thing, Rule)]

    assert set(public) == set(module.RULES)
    assert [rule.name for rule in module.RULES] == sorted(r.name for r in module.RULES)


NEITHER = {"required": False, "budgeted": False}


def test_a_small_spec_loads_only_what_it_needs():
    loaded = {rule.module for rule in rules_for(["client", "s3.bucket"], **NEITHER)}
    needed = ("bounded", "delivery", "flows", "graph", "labels", "money")

    assert loaded == {f"archcode.rules.{name}" for name in needed}
