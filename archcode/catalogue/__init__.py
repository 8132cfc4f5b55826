"""Every name that a finding can have, with what is known of it: what `archcode explain` tells.

Rules say it in `archcode/rules/`, limits in the services; this package has the rest: what the
language and the services refuse. Loading all of it takes a tenth of a second, so that a run asks
for it only where a name has to be explained, or looked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.catalogue._known import REFUSED
from archcode.catalogue.compute import COMPUTE
from archcode.catalogue.language import LANGUAGE
from archcode.catalogue.messaging import MESSAGING
from archcode.catalogue.prices import PRICES
from archcode.catalogue.streaming import STREAMING
from archcode.model import Limit, Severity
from archcode.rules import rules_for
from archcode.services import find, known_types
from archcode.services._service import severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.catalogue._known import Known

CHECKS: dict[str, tuple[Known, ...]] = {**LANGUAGE, **MESSAGING, **STREAMING, **COMPUTE, **PRICES}
"""What no rule and no limit finds, by subject."""
_NOT_IN_SPECS = {*PRICES, "Comments"}
"""Subjects whose findings no comment of a spec ignores."""
_SPELT = {
    "activemq": "ActiveMQ",
    "api": "API",
    "aws": "AWS",
    "ebs": "EBS",
    "efs": "EFS",
    "fargate": "Fargate",
    "fifo": "FIFO",
    "http": "HTTP",
    "kafka": "Kafka",
    "kinesis": "Kinesis",
    "lambda": "Lambda",
    "mb": "MB",
    "rabbitmq": "RabbitMQ",
    "utf8": "UTF-8",
    "yaml": "YAML",
}
"""Words of names that are written otherwise in a sentence."""
_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)
_HARMS = {
    "hard": "AWS refuses or slows down what is above this limit, and does not raise it.",
    "adjustable": "Above this quota AWS refuses or slows down until it grants a higher one.",
    "guideline": "AWS advises against more than this.",
}


class Entry(Struct, frozen=True):
    """One name: how grave its findings are at most, what goes wrong, and how to see and mend it.

    `group` is its subject. `limits` are the limits behind a name such as `requests_exceeded`,
    each with the type that has it. A spec with what is `refused` cannot be read; `ignorable` is
    False where no comment of a spec ignores it.
    """

    name: str
    severity: Severity
    group: str
    harm: str
    detail: str = ""
    offending: str = ""
    clean: str = ""
    sources: tuple[str, ...] = ()
    fixable: bool = False
    limits: tuple[tuple[str, Limit], ...] = ()
    refused: bool = False
    ignorable: bool = True

    @property
    def words(self) -> str:
        """The name as the beginning of a sentence."""
        text = " ".join(_SPELT.get(word, word) for word in self.name.split("_"))
        return text[:1].upper() + text[1:]


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by name: rules, then limits, then the rest, each in the order of its subjects."""
    return {entry.name: entry for entry in (*_rules(), *_limits(), *_checks())}


def _rules() -> Iterator[Entry]:
    for rule in rules_for(known_types()):
        group = rule.module.rpartition(".")[2].replace("_", " ")
        yield Entry(
            rule.name,
            rule.severity,
            group[:1].upper() + group[1:],
            rule.harm,
            rule.detail,
            rule.offending,
            rule.clean,
            rule.sources,
            rule.fixable,
        )


def _limits() -> Iterator[Entry]:
    together: dict[str, list[tuple[str, Limit]]] = {}
    for kind in known_types():
        for limit in find(kind).limits:
            if limit.kind != "range":  # a bound of a setting, refused as out_of_range
                together.setdefault(f"{limit.name}_exceeded", []).append((kind, limit))
    for name, limits in together.items():
        _, gravest = max(limits, key=lambda item: _ORDER.index(severity_of(item[1])))
        sources = tuple(dict.fromkeys(limit.source for _, limit in limits))
        yield Entry(
            name,
            severity_of(gravest),
            find(limits[0][0]).name,
            _HARMS[gravest.kind],
            sources=sources,
            limits=tuple(limits),
        )


def _checks() -> Iterator[Entry]:
    for group, known in CHECKS.items():
        for name, level, harm in known:
            refused = level == REFUSED
            severity = Severity.ERROR if level == REFUSED else level
            ignorable = not refused and group not in _NOT_IN_SPECS
            yield Entry(name, severity, group, harm, refused=refused, ignorable=ignorable)
