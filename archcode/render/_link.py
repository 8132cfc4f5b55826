"""Addresses that a file may hold: https, and in characters that mean nothing to any format."""

import re

_ADDRESS = re.compile(r"https://([^/?#@:\\\s]+)(:[0-9]{1,5})?([/?#].*)?", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?#:@!&*+,;=")
_LAST_PORT = 65_535


def https(link: str) -> str:
    """The address with what is no plain character in it as %xx, or nothing of any other kind."""
    found = _ADDRESS.fullmatch(link)
    if not found:
        return ""
    host, port = _host(found[1]), found[2] or ""
    if not _HOST.fullmatch(host) or int(port[1:] or 0) > _LAST_PORT:
        return ""
    return f"https://{host}{port}{_encoded(found[3] or '')}"


def _host(name: str) -> str:
    """A name in letters of ASCII, as resolvers know it."""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _encoded(text: str) -> str:
    """Of several `#` the first begins the fragment; escapes stay what they are."""
    parts, at = [], 0
    while at < len(text):
        kept = _ESCAPE.match(text, at)
        piece = kept[0] if kept else text[at]
        second = piece == "#" and "#" in parts
        parts.append(piece if (kept or piece in _PLAIN) and not second else _bytes(piece))
        at += len(piece)
    return "".join(parts)


def _bytes(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
