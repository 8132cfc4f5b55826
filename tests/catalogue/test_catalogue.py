"""Every name that a finding can have is explained, and no other."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from raisers import RAISERS, raised, raised_as

from archcode import names
from archcode.catalogue import CHECKS, entries
from archcode.model import Severity
from archcode.names import NAMES
from archcode.rules import rules_for
from archcode.services import find, known_types

ENTRIES, RAISED = entries(), raised()
RULES = {rule.name: rule for rule in rules_for(known_types())}
REFUSING = {*RAISERS} - {"Finding", "LimitLoad", "Problem"}
ORDER = [Severity.INFO, Severity.WARNING, Severity.ERROR]
HEAD = '''\
"""The names of all findings, so that one can be known without loading what it means.

Written by `pytest tests/catalogue --update`; `archcode/catalogue/` says what they are.
"""

_TEXT = """
{}
"""
NAMES = frozenset(_TEXT.split())
'''


def test_every_name_is_explained_and_no_other():
    assert set(RAISED) - set(ENTRIES) == set()
    assert set(ENTRIES) - set(RAISED) == set()


def test_the_index_has_them_all(update):
    text = HEAD.format(textwrap.fill(" ".join(sorted(ENTRIES)), 100))
    if update:
        Path(names.__file__).write_text(text, "utf-8")
        return

    assert frozenset(ENTRIES) == NAMES
    assert Path(names.__file__).read_text("utf-8") == text


def test_a_name_is_explained_once():
    known = [known.name for group in CHECKS.values() for known in group]

    assert len(known) == len(set(known))
    assert not set(known) & set(RULES)
    assert not [name for name in known if ENTRIES[name].limits]


@pytest.mark.parametrize("name", ENTRIES)
def test_the_harm_is_one_sentence_of_ours(name):
    entry = ENTRIES[name]

    assert re.fullmatch(r"[A-Z][^\n]*\.", entry.harm)
    assert entry.group
    assert not re.search(r"please|invalid|http", entry.harm)
    assert entry.words.lower().replace("-", "") == name.replace("_", " ")


@pytest.mark.parametrize("group", CHECKS)
def test_names_stand_in_the_order_of_the_alphabet(group):
    listed = [known.name for known in CHECKS[group]]

    assert listed == sorted(listed)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_it_itself(name):
    entry, rule = ENTRIES[name], RULES[name]

    assert (entry.harm, entry.detail, entry.sources) == (rule.harm, rule.detail, rule.sources)
    assert (entry.offending, entry.clean) == (rule.offending, rule.clean)
    assert (entry.severity, entry.fixable) == (rule.severity, rule.fixable)
    assert entry.ignorable


def test_a_limit_has_all_its_values():
    entry = ENTRIES["throttle_rate_exceeded"]

    assert [kind for kind, _ in entry.limits] == ["apigateway.rest_api", "apigatewayv2.api"]
    for name, limits in ((e.name, e.limits) for e in ENTRIES.values() if e.limits):
        assert {f"{limit.name}_exceeded" for _, limit in limits} == {name}
        assert all(limit in find(kind).limits for kind, limit in limits)


WAYS, SEVERITIES = raised_as()


@pytest.mark.parametrize(
    "name", [n for n in SEVERITIES if n in ENTRIES and "" not in SEVERITIES[n]]
)
def test_is_as_grave_as_the_code_says(name):
    most = max((Severity(level) for level in SEVERITIES[name]), key=ORDER.index)
    way = WAYS[name] & REFUSING

    assert ENTRIES[name].severity is (Severity.ERROR if way else most)


@pytest.mark.parametrize("name", [known.name for group in CHECKS.values() for known in group])
def test_what_refuses_a_spec_cannot_be_ignored(name):
    if WAYS[name] & REFUSING:
        assert not ENTRIES[name].ignorable
