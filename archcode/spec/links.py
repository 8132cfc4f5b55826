"""Addresses that a picture may link to: https only, in characters that every format can carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archcode.spec.problems import too_long
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.spec.load import Path, Value
    from archcode.spec.notes import Notes

LONGEST = 2000
_PORT = r"[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
LINK = re.compile(
    rf"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::(?:{_PORT}))?"
    r"(?:[/?#](?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?"
)
"""A host without user or password, and the characters of https://www.rfc-editor.org/rfc/rfc3986."""


def read_link(notes: Notes, path: Path, where: str, value: Value) -> str:
    """An address, or nothing with a problem noted."""
    if not isinstance(value, str):
        notes.note(path, "wrong_type", where, f"is {quoted(value)}, not text")
    elif len(value) > LONGEST:
        notes.note(path, "too_long", where, too_long(value, LONGEST))
    elif not LINK.fullmatch(value):
        hint = "such as https://wiki.example.com/orders; other characters are written as %C3%A9"
        notes.note(path, "bad_link", where, f"is {quoted(value)}, no https address", hint)
    else:
        return value
    return ""
