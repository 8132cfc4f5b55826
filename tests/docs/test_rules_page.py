"""docs/rules.md: every name that a finding can have, from what the code knows of it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from archcode.advice import ARTICLES, FORMULAS, Advice, Article
from archcode.catalogue import CHECKS, Entry, entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD = """\
# Rules

Every name that a finding can have, with what goes wrong where nobody mends it. Generated from the
code by `pytest tests/docs --update`; `archcode explain NAME` says the same, and
[Working with findings](findings.md) how to choose, ignore and mend them.

- **Rules** look at the whole topology; each shows lines of a spec that have the defect, and the
  same place without it.
- **Limits** are those of the services, which [their page](services.md) lists with values, regions,
  dates and sources.
- **Checks** are what the language and the services themselves refuse, or warn of.
"""


ADVICE_HEAD = """\
## What articles advise

The rules began with these articles on messaging in AWS. Each piece of advice has its number, and
the findings that tell where it is not followed, or why no finding can.
"""
FORMULAS_HEAD = """\
## Formulas

Where sizes and loads are computed, and which findings tell that something does not fit.

"""


def sections() -> Iterator[str]:
    """The parts of the page below its head, one by one; others may follow them."""
    every = entries().values()
    by_group: dict[str, list[Entry]] = defaultdict(list)
    for entry in every:
        by_group[entry.group].append(entry)
    rules = {
        group: [entry for entry in found if entry.clean]
        for group, found in by_group.items()
        if any(entry.clean for entry in found)
    }
    for group, found in rules.items():
        yield f"## {group}\n\n" + "\n".join(_rule(entry) for entry in found)
    yield "## Limits\n\n" + _limits([entry for entry in every if entry.limits])
    yield "## Checks\n\n" + "\n".join(
        f"### {group}\n\n{_checks(by_group[group])}" for group in CHECKS
    )
    yield ADVICE_HEAD + "".join(map(_article, ARTICLES))
    yield FORMULAS_HEAD + _advice(FORMULAS)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n{section}" for section in sections())


def _rule(entry: Entry) -> str:
    mended = "; `--fix` mends it" if entry.fixable else ""
    parts = [f"### `{entry.name}`", f"*{entry.severity}{mended}.* {_plain(entry.harm)}"]
    parts += [_plain(entry.detail)] if entry.detail else []
    parts.append(f"```yaml\n# found\n{entry.offending}\n\n# clean\n{entry.clean}\n```")
    parts.append(", ".join(map(_source, entry.sources)) or "A rule of the spec language.")
    return "\n\n".join(parts) + "\n"


def _source(source: str) -> str:
    return f"<{source}>" if source.startswith("https://") else f"`{source}`"


def _limits(found: Iterable[Entry]) -> str:
    rows = ["| name | severity | service | types |", "|---|---|---|---|"]
    for entry in found:
        kinds = ", ".join(f"`{kind}`" for kind in dict.fromkeys(kind for kind, _ in entry.limits))
        rows.append(f"| `{entry.name}` | {entry.severity} | {entry.group} | {kinds} |")
    return "\n".join(rows) + "\n"


def _checks(found: Iterable[Entry]) -> str:
    rows = ["| name | severity | what goes wrong |", "|---|---|---|"]
    known = [entry for entry in found if not entry.clean and not entry.limits]
    for entry in known:
        severity = "refused" if entry.refused else str(entry.severity)
        rows.append(f"| `{entry.name}` | {severity} | {_plain(entry.harm)} |")
    return "\n".join(rows) + "\n"


def _article(article: Article) -> str:
    place = f"[{_plain(article.title)}]({article.url})" if article.url else _plain(article.title)
    when = f", {article.date}" if article.date else ""
    return f"\n### {place}{when}\n\n{_advice(article.advice)}"


def _advice(advice: Iterable[Advice]) -> str:
    rows = ["| no. | advice | told by |", "|---|---|---|"]
    for item in advice:
        names = ", ".join(f"`{name}`" for name in item.names)
        told = "; ".join(part for part in (names, _code(item.because)) if part)
        rows.append(f"| {item.number} | {_code(item.says)} | {told} |")
    return "\n".join(rows) + "\n"


def _code(text: str) -> str:
    """Text of ours, whose backquotes mean code."""
    return "`".join(part if odd % 2 else _plain(part) for odd, part in enumerate(text.split("`")))


def _plain(text: str) -> str:
    """Text that Markdown takes as it is."""
    return re.sub(r"([|<>*_`\[\]])", r"\\\1", text)


def test_the_page_is_what_the_code_says(update):
    text = page()
    if update:
        PAGE.write_text(text, "utf-8")
        return

    assert PAGE.read_text("utf-8") == text


def test_every_name_stands_on_the_page_once():
    text = page()
    named = re.findall(r"^(?:### |\| )`([a-z0-9_]+)`", text, re.MULTILINE)

    assert sorted(named) == sorted(entries())


def test_every_rule_has_its_lines_its_harm_and_a_link():
    for entry in entries().values():
        if entry.clean:
            part = page().split(f"### `{entry.name}`\n")[1].split("\n##")[0]
            assert "# found" in part
            assert "# clean" in part
            assert "<https://" in part or "A rule of the spec language." in part or "`" in part
