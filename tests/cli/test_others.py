"""`init`, `schema`, `services` and `prices`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from archcode.cli._patterns import PATTERNS, words
from archcode.services import FULL_NAMES, MODULES, find

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_init_writes_a_spec_without_findings(archcode):
    ended = archcode("init")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "wrote topology.yaml; next: archcode render topology.yaml\n"
    assert archcode("validate", "topology.yaml").terminal == (
        "topology.yaml: no findings in 4 components\n"
    )


def test_init_overwrites_only_when_told(archcode):
    Path("a.yaml").write_text("mine")
    refused = archcode("init", "a.yaml")

    assert (refused.code, refused.err) == (
        2,
        "archcode: a.yaml: exists already; --force overwrites it\n",
    )
    assert Path("a.yaml").read_text() == "mine"
    assert archcode("init", "a.yaml", "--force").code == 0
    assert Path("a.yaml").read_text().startswith("# yaml-language-server:")


def test_init_makes_the_folders(archcode):
    assert archcode("init", "specs/new/a.yaml").code == 0
    assert archcode("validate", "specs/new/a.yaml").code == 0


def test_init_takes_any_file_name(archcode):
    assert archcode("init", "{0} %s.yaml").code == 0
    assert "# Then: archcode render {0} %s.yaml" in Path("{0} %s.yaml").read_text()


@pytest.mark.parametrize("name", PATTERNS)
def test_init_writes_every_pattern(name, archcode):
    ended = archcode("init", "--pattern", name)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"wrote {name}.yaml; next: archcode render {name}.yaml\n"
    assert (
        Path(f"{name}.yaml")
        .read_text()
        .startswith("# yaml-language-server: $schema=archcode.schema.json\n")
    )
    assert archcode("validate", f"{name}.yaml").code == 0


def test_init_lists_every_pattern_with_its_first_comment(archcode):
    lines = archcode("init", "--patterns").out.splitlines()

    assert [line.split()[0] for line in lines[1:]] == sorted(PATTERNS)
    for name, line in zip(PATTERNS, lines[1:], strict=True):
        assert line.endswith(words(name))
        assert re.fullmatch(r"[A-Z].+: .+\.", words(name)), name


def test_every_example_shows_a_pattern():
    examples = {path.stem for path in (ROOT / "specs").glob("*.yaml")}

    assert examples == set(PATTERNS.values())


def test_init_names_the_nearest_pattern(archcode):
    ended = archcode("init", "--pattern", "fanout")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == 'archcode: "fanout" is no known pattern; did you mean fan-out?\n'
    assert not list(Path().iterdir())


def test_the_schema_is_printed_or_written(archcode):
    printed = archcode("schema")
    written = archcode("schema", "-o", "editor/archcode.schema.json")

    assert (printed.code, written.code, written.terminal) == (0, 0, "")
    assert Path("editor/archcode.schema.json").read_text("utf-8") == printed.out
    assert json.loads(printed.out)["title"] == "archcode spec"


def test_services_lists_every_type(archcode):
    lines = archcode("services").out.splitlines()

    assert lines[0].split() == ["TYPE", "SERVICE", "CLOUDFORMATION", "TYPE"]
    assert [line.split()[0] for line in lines[1:]] == [*MODULES]


@pytest.mark.parametrize("kind", [*MODULES, *FULL_NAMES])
def test_services_shows_every_type(kind, archcode):
    ended = archcode("services", kind)
    service = find(kind)
    titles = [line for line in ended.out.splitlines() if line and not line.startswith(" ")]

    assert ended.code == 0
    between = "Connected without a function or a server between"
    assert titles == [
        f"{service.name} ({service.type}, {service.resource_type})",
        "Settings", "Keys of every flow", "Keys of flows from it", "Keys of flows to it",
        *([between] if service.emission != "each" else []),
        "Usage keys", "Limits", "Meters", "Semantics",
    ]  # fmt: skip
    for name in service.settings.model_fields:
        assert f"  {name}" in ended.out
    for limit in service.limits:
        assert limit.name in ended.out
    for meter in service.meters:
        assert meter.name in ended.out


@pytest.mark.parametrize("kind", MODULES)
def test_prices_are_shown_for_every_type(kind, archcode):
    ended = archcode("prices", "show", kind)

    assert ended.code == 0
    if find(kind).price_file:
        assert ended.out.startswith("PRICE FILE ")
        assert "SOURCE" not in ended.out.splitlines()[0]
    else:
        assert ended.out.startswith(f"{kind} has no price list: it")


def test_prices_show_their_sources_when_asked(archcode):
    lines = archcode("prices", "show", "sqs.queue", "--sources").out.splitlines()

    assert lines[0].split()[-1] == "SOURCE"
    assert all(len(line) > len(lines[0]) for line in lines[1:])


def test_prices_of_a_region_without_a_price_book_are_said_to_be_unknown(archcode):
    ended = archcode("prices", "show", "sqs.queue", "--region", "cn-north-1")

    assert ended.code == 0
    assert ended.out.startswith("Unknown in cn-north-1\n")
    assert "whose prices are not in the book" in ended.out


@pytest.mark.parametrize("text", ["\x1b[31m", "x" * 300, ""])
def test_an_odd_type_is_quoted_safely(text, archcode):
    ended = archcode("prices", "show", text)

    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert len(ended.err) < 1000
