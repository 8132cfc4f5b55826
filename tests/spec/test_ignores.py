"""Comments that ignore findings are found where YAML has comments, and nowhere else."""

from __future__ import annotations

import pytest

from archcode.spec.ignores import ignores
from archcode.spec.load import load


def found(text):
    """Rules, reason and line of each comment that ignores something."""
    return [(tuple(name.rule for name in i.rules), i.reason, i.line) for i in load(text).ignores]


def test_at_the_end_of_a_line_it_is_about_that_line():
    text = "a: 1\nb: {c: 2}  # archcode: ignore[rule_a, rule_b] it is small\n"

    assert found(text) == [(("rule_a", "rule_b"), "it is small", 2)]


def test_alone_it_is_about_the_next_line_that_is_no_comment():
    text = "a: 1\n  # archcode: ignore[rule_a] one\n# words\n# archcode: ignore[rule_b] two\nb: 2\n"

    assert found(text) == [(("rule_a",), "one", 5), (("rule_b",), "two", 5)]


def test_at_the_end_of_the_text_it_is_about_nothing():
    assert found("a: 1\n# archcode: ignore[rule_a] why") == [(("rule_a",), "why", 0)]
    assert found("a: 1\n# archcode: ignore[rule_a] why\n") == [(("rule_a",), "why", 3)]


@pytest.mark.parametrize(
    "comment",
    [
        "#archcode:ignore[rule_a]why",
        "# archcode: ignore [rule_a] why",
        "#   archcode:  ignore[ rule_a , ]   why  ",
    ],
)
def test_blanks_do_not_matter(comment):
    assert found(f"a: 1 {comment}\n") == [(("rule_a",), "why", 1)]


@pytest.mark.parametrize(
    ("comment", "rules", "reason"),
    [
        ("# archcode: ignore", (), ""),
        ("# archcode: ignore all of it", (), "all of it"),
        ("# archcode: ignore[] why", (), "why"),
        ("# archcode: ignore[rule_a", (), "[rule_a"),
        ("# archcode: ignore[rule_a]", ("rule_a",), ""),
    ],
)
def test_what_is_incomplete_is_found_too(comment, rules, reason):
    assert found(f"a: 1 {comment}\n") == [(rules, reason, 1)]


@pytest.mark.parametrize(
    "text",
    [
        'a: "x # archcode: ignore[rule_a] no"\n',
        "a: 'x # archcode: ignore[rule_a] no'\n",
        'a: "x\n  # archcode: ignore[rule_a] no\n  y"\n',
        "a: |\n  x\n  # archcode: ignore[rule_a] no\nb: 1\n",
        "a: >-\n  # archcode: ignore[rule_a] no\n\n  y\nb: 1\n",
        "a: x#archcode:ignore[rule_a]\n",
        '? "# archcode: ignore[rule_a] no"\n: 1\n',
        "a: 1  # archcode: ignored[rule_a] no\n",
        "a: 1  # see archcode: ignore[rule_a] no\n",
    ],
)
def test_what_is_no_such_comment_ignores_nothing(text):
    assert found(text) == []


def test_behind_every_kind_of_value_a_comment_begins():
    text = (
        'a: "x" # archcode: ignore[rule_a] 1\n'
        "b: 'it''s' # archcode: ignore[rule_a] 2\n"
        "c: |  # archcode: ignore[rule_a] 3\n  text # no comment\n"
        "d: [1, # archcode: ignore[rule_a] 4\n  2] # archcode: ignore[rule_a] 5\n"
        "e: # archcode: ignore[rule_a] 6\n"
        "f: &anchor 1 # archcode: ignore[rule_a] 7\n"
    )

    assert [(reason, line) for _, reason, line in found(text)] == [
        ("1", 1), ("2", 2), ("3", 3), ("4", 5), ("5", 6), ("6", 7), ("7", 8),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_lines_and_columns_are_those_of_the_findings(ending):
    text = ending.join(["ä: '漢'", "b: 1 # archcode: ignore[rule_a, rule_b] why", "c: 2"])
    (ignore,) = ignores(text)

    assert ignore.mark == (2, 6)
    assert [name.mark for name in ignore.rules] == [(2, 25), (2, 33)]
    assert (ignore.line, ignore.reason) == (2, "why")
    assert load(text).keys["c",] == (3, 1)


def test_a_byte_order_mark_counts_for_nothing():
    assert load("\ufeffa: 1 # archcode: ignore[rule_a] why").ignores[0].mark == (1, 6)
