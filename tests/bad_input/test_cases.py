"""Every bad spec of `cases/` with the exact text that `archcode validate` prints about it.

`pytest --update` rewrites the expected texts; read the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
LEAKS = re.compile(
    r"Traceback|pydantic|Input should|Value error|\w+Error\b|\\d|\[a-z|type=|input_value|https://errors"
)


@pytest.mark.parametrize("name", NAMES)
def test_says_exactly_what_is_wrong(name, archcode, update, monkeypatch):
    monkeypatch.chdir(CASES)
    ended = archcode("validate", f"{name}.yaml")
    printed = f"{ended.terminal}exit code {ended.code}\n"
    expected = CASES / f"{name}.txt"
    if update:
        expected.write_text(printed, encoding="utf-8")

    assert printed == expected.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_is_in_the_house_form(name):
    lines = (CASES / f"{name}.txt").read_text("utf-8").splitlines()
    findings = [line for line in lines if re.match(rf"{name}\.yaml:\d+:\d+: ", line)]
    form = re.compile(r"[^:]+:\d+:\d+: (error|warning|info): .*[^.!] \[[a-z0-9_]+\]")
    places = [tuple(map(int, line.split(":")[1:3])) for line in findings]

    assert findings
    assert [line for line in findings if not form.fullmatch(line)] == []
    assert [line for line in lines if LEAKS.search(line)] == []
    assert [line for line in lines if line.startswith("    hint: ") and line.endswith(".")] == []
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_points_into_the_file(name):
    text = (CASES / f"{name}.yaml").read_text("utf-8")
    lines = text.splitlines() or [""]
    printed = (CASES / f"{name}.txt").read_text("utf-8")
    places = re.findall(rf"^{name}\.yaml:(\d+):(\d+): ", printed, re.MULTILINE)

    for line, column in ((int(line), int(column)) for line, column in places):
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= len((*lines, "")[line - 1]) + 1


def test_no_expected_text_is_left_without_its_spec():
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_no_case_is_clean():
    clean = [n for n in NAMES if (CASES / f"{n}.txt").read_text("utf-8").endswith("code 0\n")]

    assert clean == []
