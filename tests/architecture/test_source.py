"""The source itself: exact money, small modules, docstrings, and one place that prints."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import archcode

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(archcode.__file__).parent
ROOT = Path(__file__).parents[2]
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in FILES]
EXACT = (
    "compare/",
    "credits.py",
    "budgets.py",
    "currency.py",
    "economics.py",
    "estimate.py",
    "explanation.py",
    "fields.py",
    "flow.py",
    "growth.py",
    "headroom.py",
    "linear.py",
    "metering.py",
    "model.py",
    "pricebook.py",
    "requires.py",
    "statement.py",
    "sweep/",
    "topology.py",
    "traffic.py",
    "units.py",
    "offers/",
    "overlay/",
    "prices/check.py",
    "prices/coverage.py",
    "prices/listing.py",
    "rules/",
    "services/",
)
"""Where money and quantities are, and floats are not."""
DRAWN = "services/outside.py"
"""Boxes that are never priced; the margins of their icons are floats, as all of a drawing."""
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
PUBLIC = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _tree(name: str) -> ast.Module:
    return ast.parse((PACKAGE / name).read_text("utf-8"))


def test_exact_modules_exist():
    for name in EXACT:
        assert any(module.startswith(name) for module in NAMES), name


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith(EXACT) and n != DRAWN])
def test_knows_no_float(name):
    tree = _tree(name)
    lines = (PACKAGE / name).read_text("utf-8").splitlines()
    literals = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float | complex)
        and "icon_margin" not in lines[node.lineno - 1]
    ]
    names = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
        and node.id == "float"
        and "icon_margin" not in lines[node.lineno - 1]
    ]

    assert literals == []
    assert names == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(EXACT)])
def test_divides_whole_numbers_exactly(name):
    # int / int is a float; a quotient of two literals or len() calls would be one
    quotients = [
        node.lineno
        for node in ast.walk(_tree(name))
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Div)
        and all(_surely_int(side) for side in (node.left, node.right))
    ]

    assert quotients == []


def _surely_int(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in {"ceil", "int", "len"}
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


@pytest.mark.parametrize("name", NAMES)
def test_module_is_short(name):
    lines = (PACKAGE / name).read_text("utf-8").splitlines()

    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_short(name):
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(_tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]

    assert long == []


def _public(body: list[ast.stmt]) -> Iterator[PUBLIC]:
    """Public classes and functions, and the public methods of those classes."""
    for node in body:
        if isinstance(node, PUBLIC) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


@pytest.mark.parametrize("name", NAMES)
def test_has_docstrings(name):
    tree = _tree(name)

    assert ast.get_docstring(tree)
    assert [n.name for n in _public(tree.body) if not ast.get_docstring(n)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("cli/")])
def test_does_not_print(name):
    prints = [
        node.lineno
        for node in ast.walk(_tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "input", "breakpoint"}
    ]

    assert prints == []


def _guide_paths() -> list[str]:
    """The paths in the table of CONTRIBUTING that says where to make changes."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split("## Where to make changes")[1].split("\n## ")[0]
    words = re.findall(r"`([^`]+)`", section)
    return [word for word in words if "/" in word]


@pytest.mark.parametrize("path", _guide_paths())
def test_contributing_names_places_that_exist(path):
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")

    assert any([*ROOT.glob(pattern), *PACKAGE.glob(pattern)])


def test_contributing_has_a_table_of_places():
    assert len(_guide_paths()) > 10
