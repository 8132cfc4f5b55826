"""Each rule against its specs: it finds the marked lines, and no others.

`<rule>.yaml` holds small specs, parted by `---`. A line that the rule is to find ends in
`# <rule>`; a spec that it is to leave alone begins with `# ok`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import estimated

from archcode.model import Severity
from archcode.rules import findings, rules_for
from archcode.services import known_types

FOLDER = Path(__file__).parent
RULES = rules_for(known_types())
NAMES = [rule.name for rule in RULES]
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


def fixtures(name: str) -> list[Fixture]:
    """The specs of a rule."""
    path = FOLDER / f"{name}.yaml"
    texts = re.split(r"^---\n", path.read_text("utf-8"), flags=re.MULTILINE)
    return [Fixture(name, number, text) for number, text in enumerate(texts, 1)]


ALL = [fixture for name in NAMES for fixture in fixtures(name)]


@pytest.mark.parametrize("fixture", ALL, ids=str)
def test_finds_the_marked_lines_and_no_others(fixture):
    result = estimated(fixture.text)
    found = Counter(f.line for f in findings(result) if f.rule == fixture.rule)

    assert found == fixture.marked


@pytest.mark.parametrize("fixture", ALL, ids=str)
def test_a_spec_is_either_clean_or_marked(fixture):
    assert fixture.clean is not bool(fixture.marked)


@pytest.mark.parametrize("name", NAMES)
def test_has_an_offending_and_a_clean_spec(name):
    assert {fixture.clean for fixture in fixtures(name)} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_emits_findings_under_its_own_name_only(rule):
    for fixture in fixtures(rule.name):
        result = estimated(fixture.text)

        assert {finding.rule for finding in rule(result)} <= {rule.name}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_says_the_harm_in_its_first_line_and_its_source(rule):
    assert rule.harm.endswith(".")
    assert "http" not in rule.harm
    assert bool(rule.sources) is (rule.name not in OF_THE_HOUSE)


def _lines(fixture: Fixture) -> set[str]:
    """The lines of a spec without their comments."""
    return {re.sub(r"\s*#.*", "", line).strip() for line in fixture.text.splitlines()}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_shows_lines_of_its_specs(rule):
    """What `explain` shows as offending stands in a marked spec, the clean lines in another."""
    offending = {line.strip() for line in rule.offending.splitlines()}
    clean = {line.strip() for line in rule.clean.splitlines()}

    assert offending != clean
    assert any(offending <= _lines(f) for f in fixtures(rule.name) if not f.clean)
    assert any(clean <= _lines(f) for f in fixtures(rule.name) if f.clean)


@pytest.mark.parametrize("fixture", ALL, ids=str)
def test_is_no_graver_than_it_says(fixture):
    (rule,) = [rule for rule in RULES if rule.name == fixture.rule]
    result = estimated(fixture.text)
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    said = [f.severity for f in findings(result) if f.rule == fixture.rule]

    assert all(order.index(severity) <= order.index(rule.severity) for severity in said)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_says_whether_its_findings_carry_a_remedy(rule):
    said = [
        finding.remedy
        for fixture in fixtures(rule.name)
        for finding in findings(estimated(fixture.text))
        if finding.rule == rule.name
    ]

    assert rule.fixable is any(remedy is not None for remedy in said)


def test_every_file_belongs_to_a_rule():
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(NAMES)


def test_rules_are_listed_by_module_and_name():
    listed = [(rule.module, rule.name) for rule in RULES]

    assert listed == sorted(listed)


def test_the_same_finding_is_told_once():
    (text,) = [f.text for f in fixtures("price_unknown") if "cn-north-1" in f.text and f.marked]
    found = findings(estimated(text))

    assert len(found) == len(set(found))
