"""docs/compare.md: its example is what the command prints, and its facts are the code's."""

from __future__ import annotations

import re
from pathlib import Path

import archcode
from archcode.cli._io import bundled_prices
from archcode.compare import Basis, compare_channel
from archcode.compare.sizing import ACTIVEMQ_SIZES
from archcode.compare.wiring import SHARED_READERS
from archcode.render import comparison_table
from archcode.spec.parse import parse

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "compare.md"
BLOCK = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _blocks(language: str) -> list[str]:
    pattern = rf"^```{language}\n(.*?)^```$"
    return re.findall(pattern, PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_the_example_is_what_the_command_prints(update):
    spec = parse((ROOT / "specs" / "work-queue.yaml").read_text("utf-8"))
    told = comparison_table.render(compare_channel(spec, "orders", Basis(bundled_prices())))
    text = PAGE.read_text("utf-8")
    if update:
        PAGE.write_text(BLOCK.sub(lambda _: f"```text\n{told}```", text), "utf-8")
        return

    assert BLOCK.findall(text) == [told]


def test_the_choices_are_those_of_the_code():
    assert SHARED_READERS == 2
    assert f"`{ACTIVEMQ_SIZES[0]}`" in PAGE.read_text("utf-8")


def test_the_alternatives_are_those_of_the_work_queue():
    (section,) = re.findall(
        r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    queue = (ROOT / "specs" / "work-queue.yaml").read_text("utf-8")
    named = section.replace("on-kinesis", "one")
    spec = parse(queue + named)

    assert [made.name for made in spec.alternatives] == ["one", "arm", "straight"]
    assert spec.alternatives[1].spec.components["worker"].settings.timeout == 30


def test_the_code_of_the_page_runs():
    (code,) = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    queue = (ROOT / "specs" / "work-queue.yaml").read_text("utf-8")
    spec = parse(queue + "alternatives: {arm: {components: {worker: {memory_size: 256}}}}\n")
    names = {"archcode": archcode, "spec": spec, "other": spec.alternatives[0].spec}
    exec(compile(code, "page", "exec"), names)
