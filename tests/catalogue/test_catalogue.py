"""Every name that a finding can have is explained, and no other."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from offenders import expect_none
from raisers import RAISERS, raised, raised_as

from archcode import names
from archcode.catalogue import CHECKS, entries
from archcode.model import Severity
from archcode.names import NAMES
from archcode.rules import rules_for
from archcode.services import find, known_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.catalogue import Entry

ENTRIES = entries()
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
    expect_none(
        (name, "is only raised" if name in raised() else "is only explained")
        for name in sorted(set(raised()) ^ set(ENTRIES))
    )


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


def _faults(name: str, entry: Entry) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z][^\n]*\.", entry.harm):
        yield f"harm is no sentence: {entry.harm}"
    if re.search(r"please|invalid|http", entry.harm):
        yield f"words that are not ours: {entry.harm}"
    if not entry.group:
        yield "no group"
    if entry.words.lower().replace("-", "") != name.replace("_", " "):
        yield f"words are not the name: {entry.words}"


def test_the_harm_is_one_sentence_of_ours():
    expect_none((name, fault) for name, entry in ENTRIES.items() for fault in _faults(name, entry))


def test_names_stand_in_the_order_of_the_alphabet():
    listed = {group: [known.name for known in found] for group, found in CHECKS.items()}

    expect_none((group, names) for group, names in listed.items() if names != sorted(names))


def test_a_rule_says_it_itself():
    words = ("harm", "detail", "sources", "offending", "clean", "severity", "fixable")

    different = [
        (name, word)
        for name, rule in RULES.items()
        for word in words
        if getattr(ENTRIES[name], word) != getattr(rule, word)
    ]
    forced = [(name, "cannot be ignored") for name in RULES if not ENTRIES[name].ignorable]

    expect_none([*different, *forced])


def test_a_limit_has_all_its_values():
    entry = ENTRIES["throttle_rate_exceeded"]

    assert [kind for kind, _ in entry.limits] == ["apigateway.rest_api", "apigatewayv2.api"]
    for name, limits in ((e.name, e.limits) for e in ENTRIES.values() if e.limits):
        assert {f"{limit.name}_exceeded" for _, limit in limits} == {name}
        assert all(limit in find(kind).limits for kind, limit in limits)


def test_findings_are_as_grave_as_the_code_says():
    ways, severities = raised_as()
    told = {
        name: Severity.ERROR
        if ways[name] & REFUSING
        else max((Severity(level) for level in levels), key=ORDER.index)
        for name, levels in severities.items()
        if name in ENTRIES and "" not in levels
    }

    assert len(told) > 100
    expect_none(
        (name, f"{severity} in the code, {ENTRIES[name].severity} in the catalogue")
        for name, severity in told.items()
        if ENTRIES[name].severity is not severity
    )


def test_what_refuses_a_spec_cannot_be_ignored():
    ways, _ = raised_as()
    names = [known.name for group in CHECKS.values() for known in group]

    assert len(names) > 100
    expect_none(name for name in names if ways[name] & REFUSING and ENTRIES[name].ignorable)
