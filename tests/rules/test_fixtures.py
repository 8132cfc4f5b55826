"""Each rule against its specs: it finds the marked lines, and no others.

`<rule>.yaml` holds small specs, parted by `---`. A line that the rule is to find ends in
`# <rule>`; a spec that it is to leave alone begins with `# ok`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from offenders import expect_none
from support import estimated

from archcode.model import Severity
from archcode.rules import findings, rules_for
from archcode.services import known_types

if TYPE_CHECKING:
    from archcode.model import Finding

FOLDER = Path(__file__).parent
RULES = rules_for(known_types())
NAMES = [rule.name for rule in RULES]
BY_NAME = {rule.name: rule for rule in RULES}
OF_THE_HOUSE = {
    "budget_at_risk",
    "budget_exceeded",
    "budget_undecided",
    "flow_key_without_effect",
    "label_outside_font",
    "price_unknown",
    "quantity_unknown",
    "shares_above_100_percent",
    "shares_below_100_percent",
    "unconnected_component",
    "usage_without_effect",
}
"""Rules about the spec itself, which state no fact about AWS."""


@dataclass(frozen=True)
class Fixture:
    """One spec of a rule's file, with the lines that it marks."""

    rule: str
    number: int
    text: str

    @property
    def marked(self) -> Counter[int]:
        """How often each line is marked."""
        mark = re.compile(rf"#.*\b{self.rule}\b")
        lines = enumerate(self.text.splitlines(), 1)
        return Counter(number for number, line in lines if mark.search(line))

    @property
    def clean(self) -> bool:
        """Whether the spec says that nothing is wrong with it."""
        return self.text.startswith("# ok\n")

    def __str__(self) -> str:
        return f"{self.rule}-{self.number}"


@cache
def fixtures(name: str) -> tuple[Fixture, ...]:
    """The specs of a rule."""
    path = FOLDER / f"{name}.yaml"
    texts = re.split(r"^---\n", path.read_text("utf-8"), flags=re.MULTILINE)
    return tuple(Fixture(name, number, text) for number, text in enumerate(texts, 1))


ALL = [fixture for name in NAMES for fixture in fixtures(name)]


@cache
def said(fixture: Fixture) -> tuple[set[str], tuple[Finding, ...]]:
    """What a spec, priced once for all tests, makes its rule say alone and in the whole review.

    Of the rule alone the names of its findings; of the review the findings of the rule's name.
    """
    result = estimated(fixture.text)
    alone = {finding.rule for finding in BY_NAME[fixture.rule](result)}
    return alone, tuple(f for f in findings(result) if f.rule == fixture.rule)


@pytest.mark.parametrize("name", NAMES)
def test_finds_the_marked_lines_and_no_others(name):
    found = {one: Counter(finding.line for finding in said(one)[1]) for one in fixtures(name)}

    expect_none(
        (one, f"{dict(lines)} found, {dict(one.marked)} marked")
        for one, lines in found.items()
        if lines != one.marked
    )


def test_a_spec_is_either_clean_or_marked():
    expect_none(fixture for fixture in ALL if fixture.clean is bool(fixture.marked))


def test_rules_have_an_offending_and_a_clean_spec():
    both = {True, False}

    expect_none(name for name in NAMES if {one.clean for one in fixtures(name)} != both)


def test_rules_emit_findings_under_their_own_name_only():
    expect_none((one, said(one)[0]) for one in ALL if not said(one)[0] <= {one.rule})


def test_rules_say_the_harm_in_their_first_line_and_its_source():
    wrong = {
        "harm is no sentence": [r.name for r in RULES if not r.harm.endswith(".")],
        "harm has an address": [r.name for r in RULES if "http" in r.harm],
        "sources": [r.name for r in RULES if bool(r.sources) is (r.name in OF_THE_HOUSE)],
    }

    expect_none((name, what) for what, names in wrong.items() for name in names)


def _lines(text: str) -> set[str]:
    """The lines of a spec without their comments."""
    return {re.sub(r"\s*#.*", "", line).strip() for line in text.splitlines()}


def _shown(text: str) -> set[str]:
    """The lines that `explain` shows."""
    return {line.strip() for line in text.splitlines()}


def test_rules_show_lines_of_their_specs():
    """What `explain` shows as offending stands in a marked spec, the clean lines in another."""
    wrong = [(r.name, "the same") for r in RULES if _shown(r.offending) == _shown(r.clean)]
    for rule in RULES:
        specs = [(one.clean, _lines(one.text)) for one in fixtures(rule.name)]
        for clean, shown in ((False, _shown(rule.offending)), (True, _shown(rule.clean))):
            if not any(shown <= lines for is_clean, lines in specs if is_clean is clean):
                wrong.append((rule.name, "clean" if clean else "offending", shown))

    expect_none(wrong)


def test_findings_are_no_graver_than_their_rule_says():
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]

    expect_none(
        (one, f"{finding.severity}, not {BY_NAME[one.rule].severity}")
        for one in ALL
        for finding in said(one)[1]
        if order.index(finding.severity) > order.index(BY_NAME[one.rule].severity)
    )


def test_rules_say_whether_their_findings_carry_a_remedy():
    remedied = {one.rule for one in ALL for f in said(one)[1] if f.remedy is not None}

    expect_none(
        (rule.name, f"fixable={rule.fixable}, its specs say otherwise")
        for rule in RULES
        if rule.fixable is not (rule.name in remedied)
    )


def test_every_file_belongs_to_a_rule():
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(NAMES)


def test_rules_are_listed_by_module_and_name():
    listed = [(rule.module, rule.name) for rule in RULES]

    assert listed == sorted(listed)
    assert len(BY_NAME) == len(RULES)


def test_the_same_finding_is_told_once():
    (text,) = [f.text for f in fixtures("price_unknown") if "cn-north-1" in f.text and f.marked]
    found = findings(estimated(text))

    assert len(found) == len(set(found))
