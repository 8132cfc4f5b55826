"""A decision record as Markdown; its charts are files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render._blocks import Figure, Grid, Heading, Items, Paragraph
from archcode.render._markdown import escape, table
from archcode.render._record import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.decision import Decision
    from archcode.render._blocks import Block, Item


def render(found: Decision, charts: Mapping[str, str]) -> str:
    """The whole record; `charts` are the files of charts by their names, those left out are not."""
    return "\n\n".join(part for block in blocks(found) for part in _part(block, charts)) + "\n"


def _part(block: Block, charts: Mapping[str, str]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}"
    elif isinstance(block, Paragraph):
        yield _led(block.lead, block.text)
    elif isinstance(block, Grid):
        yield table(tuple(map(escape, block.head)), block.rows, block.right)
    elif isinstance(block, Items):
        yield "\n".join(line for item in block.items for line in _item(item))
    elif isinstance(block, Figure) and block.name in charts:
        yield f"![{escape(block.alt)}]({charts[block.name]})"


def _item(item: Item) -> Iterator[str]:
    yield f"- {_led(item.lead, item.text)}"
    yield from (f"  - {escape(text)}" for text in item.under)


def _led(lead: str, text: str) -> str:
    words = [f"**{escape(lead)}**"] if lead else []
    return " ".join([*words, *([escape(text)] if text else [])])
