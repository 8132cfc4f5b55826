"""Estimate to Review: what is told of all that was found, and what comments ignore for a reason.

Its values are named tuples: a data class takes six times as long to make, in every run.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from archcode import rules
from archcode.model import Finding, Severity
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.estimate import Estimate
    from archcode.spec.ignores import Ignore, Named
    from archcode.spec.load import Mark


class Choice(NamedTuple):
    """Which findings are told, by their rules: names, or patterns in which * is any text.

    Without `select` it is all of them; `ignore` takes away from either.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: str) -> bool:
        """Whether findings of a rule are told."""
        return (not self.select or fits(rule, self.select)) and not fits(rule, self.ignore)


EVERYTHING = Choice()


def fits(rule: str, patterns: Iterable[str]) -> bool:
    """Whether one of these patterns stands for a rule."""
    return any(rule == p or ("*" in p and _matches(rule, p)) for p in patterns)


def _matches(rule: str, pattern: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), rule) is not None


class Ignored(NamedTuple):
    """A finding that a comment ignores, with the reason that it gives."""

    finding: Finding
    reason: str


class Review(NamedTuple):
    """What is told, and what is ignored, each in the order of the text."""

    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()


class Replacement(NamedTuple):
    """What a remedy puts in the place of a part of the text, by lines and columns from 1."""

    start: Mark
    end: Mark
    text: str


class Checked(NamedTuple):
    """What is told of one spec; `components` is None where it cannot be read.

    `fixes` are the replacements that mend findings, where they were asked for.
    """

    file: str
    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()
    components: int | None = None
    fixes: Mapping[Finding, Replacement] = MappingProxyType({})


def findings(estimate: Estimate) -> tuple[Finding, ...]:
    """Everything that is wrong or worth knowing, but for what comments of the spec ignore."""
    return review(estimate).findings


def review(estimate: Estimate, choice: Choice = EVERYTHING) -> Review:
    """The findings of an estimate: those that are chosen, and not ignored in the spec.

    A comment ignores whether its rule is chosen or not, so that choosing makes none unused.
    """
    found = rules.findings(estimate)
    found = (*found, *_at_the_ends(estimate, found))
    comments = estimate.topology.spec.document.ignores
    if not comments:
        return Review(tuple(f for f in sorted(found, key=_order) if choice.takes(f.rule)))
    reasons = {
        (comment.line, named.rule): comment.reason
        for comment in reversed(comments)
        for named in comment.rules
        if comment.reason
    }
    told, ignored, used = [], [], set()
    for finding in found:
        key = finding.line, finding.rule
        if key in reasons:
            used.add(key)
            ignored.append(Ignored(finding, reasons[key]))
        else:
            told.append(finding)
    if not estimate.topology.spec.scenario:  # what is not found in one may well be in another
        told += [problem for comment in comments for problem in _problems(comment, used)]
    told.sort(key=_order)
    return Review(
        tuple(f for f in told if choice.takes(f.rule)),
        tuple(i for i in ignored if choice.takes(i.finding.rule)),
    )


def _order(finding: Finding) -> tuple[int, int, str, str, str]:
    """Where a finding stands among others: as in the text."""
    return finding.line, finding.column, finding.rule, finding.where, finding.message


def _at_the_ends(estimate: Estimate, found: Iterable[Finding]) -> Iterator[Finding]:
    """Errors that there are only where the ranges of the spec make it cost least or most."""
    if estimate.spread is None:
        return
    known = {(f.rule, f.where) for f in found if f.severity is Severity.ERROR}
    for words, end in (("least", estimate.spread.low), ("most", estimate.spread.high)):
        for finding in rules.findings(end):
            if finding.severity is Severity.ERROR and (finding.rule, finding.where) not in known:
                known.add((finding.rule, finding.where))
                message = f"{finding.message}, where the ranges make the whole cost {words}"
                yield replace(finding, severity=Severity.WARNING, message=message)


def _problems(comment: Ignore, used: set[tuple[int, str]]) -> Iterator[Finding]:
    """What is wrong with a comment that should ignore something."""
    if not comment.rules:
        message = "this comment names no rule, so it ignores nothing"
        hint = "write # archcode: ignore[rule_name] and the reason"
        yield Finding("ignore_without_rule", Severity.WARNING, "", message, hint, *comment.mark)
    elif not comment.reason:
        message = "this comment gives no reason, so it ignores nothing"
        hint = "say why behind the bracket"
        yield Finding("ignore_without_reason", Severity.WARNING, "", message, hint, *comment.mark)
    for named in comment.rules:
        if (comment.line, named.rule) not in used:
            yield from _unused(comment, named)


def _unused(comment: Ignore, named: Named) -> Iterator[Finding]:
    """A name that ignores nothing: nobody has it, or nothing is found there."""
    # A tenth of a second, which only a spec with a needless comment pays.
    from archcode.catalogue import entries
    from archcode.names import NAMES
    from archcode.spec.problems import nearest

    if named.rule not in NAMES:
        message = f"{quoted(named.rule)} is no rule"
        near = nearest(named.rule, sorted(NAMES))
        hint = f"did you mean {near}?" if near else "archcode explain lists them"
        yield Finding("unknown_rule_in_ignore", Severity.WARNING, "", message, hint, *named.mark)
    elif comment.reason:
        fact = f"line {comment.line} has none" if comment.line else "no line follows it"
        message = f"this comment ignores {named.rule}, but {fact}"
        hint = "take it out"
        if not entries()[named.rule].ignorable:
            hint += ": what cannot be read cannot be ignored"
        yield Finding("unused_ignore", Severity.WARNING, "", message, hint, *named.mark)
