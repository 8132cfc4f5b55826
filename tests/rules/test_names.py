"""The names of all findings, wherever they are raised: one word for one defect."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from raisers import PACKAGE, raised

from archcode.rules import MODULES as RULE_MODULES
from archcode.rules import rules_for
from archcode.rules._rule import Rule
from archcode.services import known_types

SINGLE = {"alias", "tag"}
"""Words of YAML's own that say it all."""
SHARED = {"logged_without_level", "mapping_too_slow"}
"""Names that several services give to the same defect."""
RULES = rules_for(known_types())
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


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
