"""Imports point downwards, and the package costs nothing until it is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import archcode

ROOT = Path(__file__).parents[2]


def test_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--config", ROOT / "pyproject.toml", "--no-cache"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def _loaded(statement: str) -> set[str]:
    """The top-level modules that a new interpreter has loaded after a statement."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps([*sys.modules]))"
    command = [sys.executable, "-c", program]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return {name.partition(".")[0] for name in json.loads(ended.stdout)}


def test_importing_the_package_imports_no_library():
    heavy = {"pydantic", "pydantic_core", "typer", "yaml", "diagrams", "graphviz", "pygraphviz"}
    heavy |= {"matplotlib", "numpy"}

    assert not heavy & _loaded("import archcode; archcode.__version__")


def test_reading_and_pricing_a_spec_needs_nothing_that_draws():
    drawing = {"diagrams", "graphviz", "pygraphviz", "reportlab", "PIL", "pypdfium2", "typer"}
    drawing |= {"pptx", "lxml", "matplotlib", "numpy"}
    network = {"ijson", "urllib3", "ssl"}
    names = "from archcode import parse, propagate, price, findings, explain, dump, json_schema"

    assert not (drawing | network) & _loaded(names)
    assert not network & _loaded("import archcode.cli.app")


def test_every_public_name_resolves():
    for name in archcode.__all__:
        assert getattr(archcode, name) is not None
    assert sorted(archcode.__all__) == sorted(set(archcode.__all__))


def test_every_public_name_has_a_docstring():
    for name in set(archcode.__all__) - {"__version__"}:
        assert getattr(archcode, name).__doc__, name


def test_types_are_shipped():
    assert files("archcode").joinpath("py.typed").is_file()
