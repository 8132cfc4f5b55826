"""Text inside XML."""


def escape(text: str) -> str:
    """Text that is safe inside an element and inside an attribute."""
    kept = "".join(c for c in text if _carried(ord(c)))
    for plain, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        kept = kept.replace(plain, safe)
    return kept


def _carried(code: int) -> bool:
    """Whether XML 1.0 can carry a character (w3.org/TR/xml/#charsets)."""
    if code < 0x20:
        return code in {0x9, 0xA, 0xD}
    return not (0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE)
