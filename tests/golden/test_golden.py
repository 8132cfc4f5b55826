"""Every output of every spec, byte for byte; `pytest --update` rewrites them.

Goldens pin, they prove nothing: read a difference as you would read code.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from golden.made import CASES, DRAWN, FILES, outputs, priced

from archcode.statement import statement

FOLDER = Path(__file__).parent
SPECS = sorted((FOLDER.parents[1] / "specs").glob("*.yaml"))
NO_CENTS = ("free", "unknown", "<$0.01")
NAMES = [path.stem for path in SPECS]
TOLD = {
    "CI",
    "PYTEST_ADDOPTS",
    "PYTEST_CURRENT_TEST",
    "PYTEST_XDIST_WORKER",
    "PYTEST_XDIST_WORKER_COUNT",
}
"""What a run of tests is told by its environment, and must not tell another."""

of_spec = pytest.mark.parametrize("path", SPECS, ids=NAMES)


@cache
def made(path: Path) -> dict[str, str]:
    """The outputs of a spec, made once for all tests."""
    return outputs(path)


@of_spec
@pytest.mark.parametrize("file", FILES)
def test_is_what_it_was(path, file, update):
    golden = FOLDER / path.stem / file
    text = made(path)[file]
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(text.encode())

    # Lines say where the difference is; bytes say that there is none.
    assert text.splitlines() == golden.read_text("utf-8").splitlines()
    assert text.encode() == golden.read_bytes()


def test_no_golden_is_left_without_its_spec():
    expected = {f"{name}/{file}" for name in NAMES for file in (*FILES, *DRAWN)}
    found = [p for p in FOLDER.glob("*/*") if p.suffix != ".pyc" and p.parent.name not in CASES]

    assert {f"{p.parent.name}/{p.name}" for p in found} == expected
    assert not set(NAMES) & set(CASES)


def test_is_the_same_in_another_process_and_place(tmp_path):
    environment = {
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "PATH": str(tmp_path),
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(FOLDER.parent),
        "TZ": "Pacific/Kiritimati",
    }
    command = [sys.executable, "-m", "golden.made", *SPECS[::2]]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)

    assert ended.returncode == 0, ended.stderr.decode()
    assert json.loads(ended.stdout) == {path.stem: made(path) for path in SPECS[::2]}
    assert [*tmp_path.iterdir()] == []


# Another process makes the same of every other one, above.
@pytest.mark.parametrize("path", SPECS[::6], ids=NAMES[::6])
def test_is_the_same_twice(path):
    assert outputs(path) == made(path)
    assert tuple(made(path)) == FILES


@of_spec
def test_text_is_clean(path):
    for file, text in made(path).items():
        assert text.endswith("\n"), file
        assert "\r" not in text, file
        assert not re.search(r"[ \t]$", text, re.MULTILINE), file
        assert not re.search(r"Fraction\(|Decimal\(|\bNone\b|E[+-]\d|\bnan\b|\{\w+\}", text), file
        assert str(FOLDER.parents[1]) not in text, file


@of_spec
def test_shown_lines_add_up_to_the_shown_total(path):
    lines = made(path)["table.txt"].split("\n\n")[1].splitlines()
    costs = [re.search(r"(<\$0\.01|-?\$[\d,]+\.\d\d|free|unknown)$", line) for line in lines[1:]]
    shown = [_dollars(cost.group()) for cost in costs if cost]

    assert len(shown) == len(lines) - 1
    assert lines[-1].startswith("TOTAL")
    assert sum(shown[:-1]) == shown[-1]


@of_spec
def test_markdown_shows_the_same_total(path):
    text = made(path)
    total = text["table.txt"].split("\n\n")[1].splitlines()[-1].removeprefix("TOTAL").strip()

    found, _ = priced(path)
    between = statement(found).between
    words = f"{total} (from {between[0]} to {between[1]})" if between else total

    assert bool(between) is bool(found.topology.spec.ranges)
    assert f"**{words}**" in text["estimate.md"]
    assert f"| Total |  |  |  | {total} |" in text["estimate.md"]
    assert f"Estimated {words} a month" in text["picture.svg"]


@of_spec
def test_exact_costs_add_up_in_json_and_csv(path):
    text = made(path)
    document = json.loads(text["estimate.json"])
    rows = [*csv.DictReader(io.StringIO(text["charges.csv"]))]
    costs = [Decimal(c["list_cost"]) for c in document["charges"] if c["list_cost"] is not None]

    assert sum(costs) == Decimal(document["list_cost"])
    assert [row["ListCost"] for row in rows] == [
        charge["list_cost"] or "" for charge in document["charges"]
    ]


@of_spec
def test_total_is_the_exact_one_rounded_once(path):
    found, _ = priced(path)
    shown = statement(found)

    assert shown.total == round(found.list_cost, 2)
    assert sum(row.cost for row in shown.rows if row.cost is not None) == shown.total


@of_spec
def test_a_quantity_times_its_price_is_its_cost(path):
    for charge in priced(path)[0].charges:
        if charge.list_cost is not None:
            assert charge.pricing_quantity * charge.list_unit_price == charge.list_cost


@of_spec
def test_specs_have_no_findings(path):
    """What ships as an example is right."""
    assert priced(path)[1] == ()


def _dollars(text: str) -> Decimal:
    """What a shown cost adds to the shown total: nothing where it is below a cent."""
    return Decimal(0) if text in NO_CENTS else Decimal(re.sub(r"[$,]", "", text))


def _pytest(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if name not in TOLD}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=FOLDER.parents[1],
        env={**others, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_update_is_refused_where_ci_is_set():
    ended = _pytest("--update", "--collect-only", "-q", __file__, CI="true")

    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update" in ended.stderr


def test_update_runs_in_one_process():
    """Several would write the same file at once. What is run here rewrites nothing."""
    ended = _pytest("--update", "-v", "tests/traffic/test_linear.py")

    assert ended.returncode == 0, ended.stdout
    assert "passed" in ended.stdout
    assert "workers" not in ended.stdout
