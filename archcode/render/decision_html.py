"""A decision record as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from archcode.render._blocks import Figure, Grid, Heading, Items, Paragraph
from archcode.render._record import blocks
from archcode.render._record_words import title
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archcode.decision import Decision
    from archcode.render._blocks import Block, Item

_STYLE = """\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;\
color:light-dark(#16191f,#e8eaed);background:light-dark(#fff,#16191f)}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1.05rem}
table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}
th,td{border-bottom:1px solid light-dark(#d5dbdb,#414d5c);padding:.3rem .7rem;text-align:left;\
vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1rem 0}figure img{max-width:100%;height:auto}
.dark{display:none}
@media (prefers-color-scheme:dark){.light{display:none}.dark{display:inline}}
@media print{body{max-width:none}table{font-size:.7rem}}
"""


def render(found: Decision, charts: Mapping[str, Sequence[str]]) -> str:
    """The whole record; `charts` are a light and a dark SVG by their names."""
    body = "\n".join(part for block in blocks(found) for part in _part(block, charts))
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="archcode">\n'
        f"<title>{escape(title(found))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _part(block: Block, charts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        yield f"<p>{_led(block.lead, block.text)}</p>"
    elif isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Items):
        yield f"<ul>{''.join(map(_item, block.items))}</ul>"
    elif isinstance(block, Figure) and block.name in charts:
        yield "<figure>"
        for theme, svg in zip(("light", "dark"), charts[block.name], strict=True):
            data = b64encode(svg.encode()).decode()
            source = f"data:image/svg+xml;base64,{data}"
            yield f'<img class="{theme}" src="{source}" alt="{escape(block.alt)}">'
        yield "</figure>"


def _grid(block: Grid) -> Iterator[str]:
    kinds = [' class="n"' if i in block.right else "" for i in range(len(block.head))]
    cells = zip(kinds, block.head, strict=True)
    head = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for kind, text in cells)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in block.rows:
        cells = zip(kinds, row, strict=True)
        yield f"<tr>{''.join(f'<td{kind}>{escape(text)}</td>' for kind, text in cells)}</tr>"
    yield "</tbody>\n</table>"


def _item(item: Item) -> str:
    under = "".join(f"<li>{escape(text)}</li>" for text in item.under)
    return f"<li>{_led(item.lead, item.text)}{f'<ul>{under}</ul>' if under else ''}</li>"


def _led(lead: str, text: str) -> str:
    words = [f"<strong>{escape(lead)}</strong>"] if lead else []
    return " ".join([*words, *([escape(text)] if text else [])])
