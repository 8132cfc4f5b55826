"""The names of all findings, wherever they are raised: one word for one defect."""

from __future__ import annotations

import re
from importlib import import_module

from offenders import expect_none
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


def test_the_collection_sees_all_places():
    for name in ("unknown_key", "out_of_range", "yaml_syntax", "too_few_shards", "not_whole"):
        assert name in raised()
    assert {rule.name for rule in RULES} <= set(raised())
    assert "in_flight_messages_exceeded" in raised()


def test_names_are_words_in_snake_case():
    expect_none(name for name in raised() if not WORD.fullmatch(name) and name not in SINGLE)


def test_names_are_at_home_in_one_place():
    shared = {"units.py", "fields.py", "spec", "overlay"}
    homes = {
        name: {module.partition("/")[0] for module in modules} - shared
        for name, modules in raised().items()
    }

    expect_none((name, sorted(found)) for name, found in homes.items() if len(found) > 1)


def test_a_rule_has_no_name_of_a_service_or_of_the_language():
    places = {rule.name: f"{rule.module.replace('.', '/')}.py" for rule in RULES}

    expect_none(
        (name, sorted(raised()[name]))
        for name, place in places.items()
        if raised()[name] != {place.removeprefix("archcode/")}
    )


def test_only_shared_names_are_excused():
    shared = {
        name
        for name, modules in raised().items()
        if sum(module.startswith("services/") for module in modules) > 1
    }

    assert shared == SHARED


def test_every_module_of_rules_is_registered():
    modules = {path.stem for path in (PACKAGE / "rules").glob("[!_]*.py")}

    assert set(RULE_MODULES) == modules
    assert list(RULE_MODULES) == sorted(RULE_MODULES)
    assert {kind for kinds in RULE_MODULES.values() for kind in kinds} <= set(known_types())


def test_every_rule_of_a_module_is_listed_in_it():
    modules = [import_module(f"archcode.rules.{name}") for name in RULE_MODULES]
    public = {
        module: [thing for thing in vars(module).values() if isinstance(thing, Rule)]
        for module in modules
    }
    unlisted = [
        (module.__name__, sorted(rule.name for rule in {*there} ^ {*module.RULES}))
        for module, there in public.items()
        if {*there} != {*module.RULES}
    ]
    names = {module.__name__: [rule.name for rule in module.RULES] for module in modules}
    unsorted = [(name, *there) for name, there in names.items() if there != sorted(there)]

    expect_none([*unlisted, *unsorted])


NEITHER = {"required": False, "budgeted": False}


def test_a_small_spec_loads_only_what_it_needs():
    loaded = {rule.module for rule in rules_for(["client", "s3.bucket"], **NEITHER)}
    needed = ("bounded", "delivery", "flows", "graph", "labels", "money")

    assert loaded == {f"archcode.rules.{name}" for name in needed}
