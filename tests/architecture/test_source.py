"""The source itself: exact money, small modules, docstrings, and one place that prints."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from offenders import expect_none

import archcode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


PRICED = [name for name in NAMES if name.startswith(EXACT)]


@cache
def _lines(name: str) -> list[str]:
    return (PACKAGE / name).read_text("utf-8").splitlines()


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse((PACKAGE / name).read_text("utf-8"))


@cache
def _nodes(name: str) -> list[ast.AST]:
    return [*ast.walk(_tree(name))]


def _each(names: Iterable[str], kind: type) -> Iterator[tuple[str, ast.AST]]:
    """The nodes of a kind in modules, each with the place to name where it offends."""
    for name in names:
        for node in _nodes(name):
            if isinstance(node, kind):
                yield f"{name}:{node.lineno}", node


@pytest.fixture(autouse=True, scope="module")
def _forgotten() -> Iterator[None]:
    """What was read is as large as all else together: no later test is to carry it."""
    yield
    for read in (_lines, _tree, _nodes):
        read.cache_clear()


def test_the_collection_sees_all_places():
    assert len(NAMES) > 400
    assert len([*_each(["units.py"], ast.FunctionDef)]) > 10
    expect_none(name for name in EXACT if not any(known.startswith(name) for known in NAMES))


def _of_an_icon(place: str) -> bool:
    """Whether a line gives the margin of an icon, which is a float as all of a drawing."""
    name, _, line = place.rpartition(":")
    return "icon_margin" in _lines(name)[int(line) - 1]


def test_knows_no_float():
    exact = [name for name in PRICED if name != DRAWN]
    literals = [
        (place, node.value)
        for place, node in _each(exact, ast.Constant)
        if isinstance(node.value, float | complex) and not _of_an_icon(place)
    ]
    names = [
        place
        for place, node in _each(exact, ast.Name)
        if node.id == "float" and not _of_an_icon(place)
    ]

    expect_none([*literals, *names])


def test_divides_whole_numbers_exactly():
    # int / int is a float; a quotient of two literals or len() calls would be one
    quotients = [
        (place, ast.unparse(node))
        for place, node in _each(PRICED, ast.BinOp)
        if isinstance(node.op, ast.Div)
        and all(_surely_int(side) for side in (node.left, node.right))
    ]

    expect_none(quotients)


def _surely_int(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in {"ceil", "int", "len"}
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def test_modules_are_short():
    lengths = {name: len(_lines(name)) for name in NAMES}

    expect_none((name, lines) for name, lines in lengths.items() if lines > MOST_LINES)


def test_functions_are_short():
    lengths = {
        f"{place}: {node.name}": node.end_lineno - node.lineno + 1
        for place, node in _each(NAMES, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    expect_none((name, n) for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION)


def _public(body: list[ast.stmt]) -> Iterator[PUBLIC]:
    """Public classes and functions, and the public methods of those classes."""
    for node in body:
        if isinstance(node, PUBLIC) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def test_has_docstrings():
    modules = [name for name in NAMES if not ast.get_docstring(_tree(name))]
    bare = [
        (f"{name}:{node.lineno}", node.name)
        for name in NAMES
        for node in _public(_tree(name).body)
        if not ast.get_docstring(node)
    ]

    expect_none([*modules, *bare])


def test_does_not_print():
    prints = [
        (place, node.func.id)
        for place, node in _each([n for n in NAMES if not n.startswith("cli/")], ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in {"print", "input", "breakpoint"}
    ]

    expect_none(prints)


def _guide_paths() -> list[str]:
    """The paths in the table of CONTRIBUTING that says where to make changes."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split("## Where to make changes")[1].split("\n## ")[0]
    words = re.findall(r"`([^`]+)`", section)
    return [word for word in words if "/" in word]


def _leads_somewhere(path: str) -> bool:
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
    return any([*ROOT.glob(pattern), *PACKAGE.glob(pattern)])


def test_contributing_names_places_that_exist():
    expect_none(path for path in _guide_paths() if not _leads_somewhere(path))
    assert len(_guide_paths()) > 10
