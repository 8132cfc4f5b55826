"""Which findings are told of a spec, and from which on the command fails."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from archcode.cli._config import config_of, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.model import Finding
    from archcode.review import Choice


class FailOn(StrEnum):
    """The lowest severity that ends the command with exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


_LEVELS = ("error", "warning", "info")


class Chosen(NamedTuple):
    """What holds for one spec."""

    choice: Choice
    fail_on: FailOn = FailOn.ERROR

    def fails(self, findings: Iterable[Finding]) -> bool:
        """Whether one of these findings ends the command with exit code 1."""
        if self.fail_on is FailOn.NEVER:
            return False
        grave = _LEVELS[: _LEVELS.index(self.fail_on) + 1]
        return any(finding.severity in grave for finding in findings)


class Asked(NamedTuple):
    """What the command line says; what it leaves out is up to the file."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    config: Path | None = None

    def of(self, spec: Path) -> Chosen:
        """What holds for a spec; raises UsageError for a file that cannot be read."""
        # The stages need no file to know which findings there are.
        from archcode.review import Choice

        config = config_of(spec, self.config)
        ignore = (*(self.ignore or config.ignore), *config.ignored_in(spec))
        choice = Choice(self.select or config.select, ignore)
        return Chosen(choice, self.fail_on or FailOn(config.fail_on))


NOTHING_ASKED = Asked()


def asked(
    select: Iterable[str], ignore: Iterable[str], fail_on: FailOn | None, config: Path | None
) -> Asked:
    """The options of a command; raises UsageError for a rule that there is not."""
    lists = {"--select": _parts(select), "--ignore": _parts(ignore)}
    chosen, ignored = (patterns(values, option) for option, values in lists.items())
    return Asked(chosen, ignored, fail_on, config)


def _parts(values: Iterable[str]) -> list[str]:
    """The rules of `--select a,b --select c`."""
    return [part.strip() for value in values for part in value.split(",")]
