"""What a rule is: a defect with its harm, its source, and lines that have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.estimate import Estimate
    from archcode.model import Severity, Verdict

    Find = Callable[[Estimate], Iterator[Verdict]]

_SOURCE = re.compile(r"(?:https?://|[a-z][a-z-]+==)\S+")


class Rule(Struct, frozen=True):
    """A defect, and how it is found; `name` is what findings and ignores call it.

    `severity` is the highest that its findings have. `offending` are a few lines of a spec that
    show the defect, `clean` the same place without it. `fixable` says that its findings carry a
    remedy.
    """

    find: Find
    severity: Severity
    offending: str
    clean: str
    fixable: bool = False

    def __call__(self, estimate: Estimate) -> Iterator[Verdict]:
        """The defects of this kind in an estimate, and the loads that may be one."""
        return self.find(estimate)

    @property
    def name(self) -> str:
        """The defect in snake_case."""
        return self.find.__name__

    @property
    def module(self) -> str:
        """The module that the rule is at home in."""
        return self.find.__module__

    @property
    def harm(self) -> str:
        """What goes wrong where nobody mends it, in one sentence."""
        return self._paragraphs[0] if self._paragraphs else ""

    @property
    def detail(self) -> str:
        """What else there is to know, without the sources."""
        others = (_SOURCE.sub("", text).strip() for text in self._paragraphs[1:])
        return "\n\n".join(text for text in others if text)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the fact behind the rule is stated."""
        return tuple(text.rstrip(".,;") for text in _SOURCE.findall(self.find.__doc__ or ""))

    @property
    def _paragraphs(self) -> list[str]:
        # 15 ms to load, and only what explains rules needs it.
        from inspect import cleandoc

        text = cleandoc(self.find.__doc__ or "")
        return [" ".join(part.split()) for part in text.split("\n\n")]


def rule(
    severity: Severity, *, offending: str, clean: str, fixable: bool = False
) -> Callable[[Find], Rule]:
    """A function named after a defect as the Rule that finds it."""
    return lambda find: Rule(find, severity, offending, clean, fixable)
