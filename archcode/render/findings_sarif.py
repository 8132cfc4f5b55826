"""Findings as SARIF 2.1.0, which code hosts and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

from archcode._version import __version__
from archcode.catalogue import entries
from archcode.model import Severity
from archcode.render import _explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archcode.catalogue import Entry
    from archcode.model import Finding
    from archcode.review import Checked, Replacement

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
"""What stands for itself in a relative URI."""


def render(specs: Sequence[Checked]) -> str:
    """One run over all specs as indented JSON."""
    return json.dumps(document(specs), indent=2, ensure_ascii=False) + "\n"


def document(specs: Sequence[Checked]) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    every = [*_all(specs)]
    names = sorted({finding.rule for _, finding, _ in every})
    index = {name: number for number, name in enumerate(names)}
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    results = []
    for spec, finding, reason in every:
        key = (spec.file, finding.rule, finding.where)
        results.append(_result(spec, finding, index, seen[key]) | _suppressed(reason))
        seen[key] += 1
    driver = {
        "name": "archcode",
        "semanticVersion": __version__,
        "rules": [_rule(entries()[name]) for name in names],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _all(specs: Sequence[Checked]) -> Iterator[tuple[Checked, Finding, str]]:
    """Every finding, and the reason why it is ignored."""
    for spec in specs:
        for finding in spec.findings:
            yield spec, finding, ""
        for ignored in spec.ignored:
            yield spec, ignored.finding, ignored.reason


def _rule(entry: Entry) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": entry.name,
        "shortDescription": {"text": entry.words},
        "fullDescription": {"text": " ".join(f"{entry.harm} {entry.detail}".split())},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        "help": {"text": _help(entry)},
        "properties": {"tags": [entry.group]},
    }
    link = next((source for source in entry.sources if source.startswith("https://")), "")
    return rule | ({"helpUri": link} if link else {})


def _help(entry: Entry) -> str:
    parts = [entry.harm, entry.detail]
    parts += [f"Offending:\n{entry.offending}", f"Clean:\n{entry.clean}"] if entry.clean else []
    limits = "\n".join(_explained.limits_of(entry))
    parts += [limits, f"Ignored by: {_explained.ignoring(entry)}"]
    return "\n\n".join(part for part in parts if part)


def _result(
    spec: Checked, finding: Finding, index: Mapping[str, int], before: int
) -> dict[str, object]:
    place = {"uri": uri(spec.file)}
    text = f"{finding.where} {finding.message}".strip()
    message = f"{text}\n{finding.hint}" if finding.hint else text
    region = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
    location = {"physicalLocation": {"artifactLocation": place, "region": region}}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, before)},
    }
    fix = spec.fixes.get(finding)
    return result | ({"fixes": [_fix(fix, finding, place)]} if fix else {})


def _suppressed(reason: str) -> dict[str, object]:
    if not reason:
        return {}
    return {"suppressions": [{"kind": "inSource", "justification": reason}]}


def _fix(fix: Replacement, finding: Finding, place: dict[str, str]) -> dict[str, object]:
    deleted = {
        "startLine": fix.start[0],
        "startColumn": fix.start[1],
        "endLine": fix.end[0],
        "endColumn": fix.end[1],
    }
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": fix.text}}
    return {
        "description": {"text": finding.hint or finding.message},
        "artifactChanges": [{"artifactLocation": place, "replacements": [replacement]}],
    }


def _fingerprint(finding: Finding, before: int) -> str:
    """The same while the finding is about the same, wherever it stands in the file."""
    what = "\0".join((finding.rule, finding.where, str(before)))
    return sha256(what.encode()).hexdigest()[:32]


def uri(path: str) -> str:
    """A path as a relative reference, every other character by its bytes."""
    parts = path.replace("\\", "/")
    text = "".join(c if c in _PLAIN else "".join(f"%{b:02X}" for b in c.encode()) for c in parts)
    return f"file://{text}" if text.startswith("/") else text
