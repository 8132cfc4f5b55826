"""The page on claims from its template: commands are run, and what they print fills the places.

A place is `{{command|table|rows|columns}}`. One row and one column is a cell; several are a table.
A row is named by the beginning of its first cells, joined with " / ", or by its place, `#1` or
`#-1`; `*` is all rows. `{{command|says}}` is the verdict, `{{advice|9}}` a piece of advice.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from archcode.advice import ARTICLES

COMMAND = re.compile(r"^```sh (\S+)\n(.+)\n```$", re.MULTILINE)
PLACE = re.compile(r"\{\{([^{}]+)\}\}")
PIPED = re.compile(r"sed 's\|([^|]+)\|([^|]+)\|' (\S+) \| (.+)")

Run = Callable[[list[str], str], str]
"""What a command prints, from its arguments and the text of its standard input."""


@dataclass(frozen=True)
class Table:
    """The cells of a Markdown table."""

    head: list[str]
    rows: list[list[str]]

    def chosen(self, names: str) -> list[list[str]]:
        """The rows of these names, each of which there has to be once."""
        return self.rows if names == "*" else [self._row(name) for name in names.split(";")]

    def _row(self, name: str) -> list[str]:
        if name.startswith("#"):
            place = int(name[1:])
            return self.rows[place - 1 if place > 0 else place]
        cells = name.split(" / ")
        today = [f"{cells[0]} (today)", *cells[1:]]
        (row,) = self._beginning(cells) or self._beginning(today)
        return row

    def _beginning(self, cells: list[str]) -> list[list[str]]:
        return [row for row in self.rows if row[: len(cells)] == cells]


def filled(template: str, run: Run, read: Callable[[str], str]) -> str:
    """The page; `read` gives the text of a spec."""
    lines = dict(COMMAND.findall(template))
    printed = {line: _printed(line, run, read) for line in dict.fromkeys(lines.values())}
    told = {name: printed[line] for name, line in lines.items()}
    page = PLACE.sub(lambda place: _filled(place[1].split("|"), told), template)
    return COMMAND.sub(lambda block: f"```sh\n{block[2]}\n```", page)


def _printed(line: str, run: Run, read: Callable[[str], str]) -> str:
    piped, text = PIPED.fullmatch(line), ""
    if piped:
        old, new, path, line = piped.groups()
        text = read(path).replace(old, new)
        assert text != read(path), f"{path} has no {old}"
    program, *arguments = shlex.split(line)
    assert program == "archcode"
    return run(arguments, text)


def _filled(parts: list[str], told: dict[str, str]) -> str:
    if parts[0] == "advice":
        return _advice(parts[1])
    text = told[parts[0]]
    if parts[1] == "says":
        return text.split("\n\n")[1]
    heading, rows, columns = parts[1:]
    table = table_of(text, heading)
    names = columns.split(";")
    places = [table.head.index(name) for name in names]
    cells = [[row[place] for place in places] for row in table.chosen(rows)]
    if len(names) == 1:
        ((cell,),) = cells
        return cell
    lines = [names, ["---"] * len(names), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def table_of(text: str, heading: str) -> Table:
    """The table under a heading of the second level."""
    part = text.split(f"\n## {heading}\n\n")[1].split("\n\n", maxsplit=1)[0].strip()
    head, _, *rows = (
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in part.split("\n")
    )
    return Table(head, rows)


def _advice(number: str) -> str:
    (found,) = [(a, one) for a in ARTICLES for one in a.advice if one.number == number]
    article, advice = found
    title = f"[{article.title}]({article.url})" if article.url else article.title
    return f"{advice.says} — advice {number}, after *{title}*"


def prose(template: str) -> str:
    """The template without commands and places."""
    return PLACE.sub("", COMMAND.sub("", template))
