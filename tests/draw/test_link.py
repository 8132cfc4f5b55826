"""Only https leaves the spec, in plain characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archcode.render._link import https


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org:8443/a/b?c=d&e=%20f#g", "https://example.org:8443/a/b?c=d&e=%20f#g"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/a b\n`$'(|", "https://example.org/a%20b%0A%60%24%27%28%7C"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        # ü is C3 BC in UTF-8, and xn--mnchen-3ya is München to resolvers
        ("https://münchen.de/ü", "https://xn--mnchen-3ya.de/%C3%BC"),
    ],
)
def test_addresses_are_written_in_plain_characters(link, written):
    assert https(link) == written


@pytest.mark.parametrize(
    "link",
    [
        *("", "http://example.org", "javascript:alert(1)", "HTTPS//x", "https:/example.org"),
        *("https://", "https:///etc/passwd", "https://user@example.org", "https://a b/"),
        *("https://example.org:99999/", "https://example.org:x/", "https://-/", "https://\\x"),
        " https://example.org",
    ],
)
def test_no_other_kind_is_an_address(link):
    assert https(link) == ""


@given(st.text())
@example("\ud800")
def test_what_is_written_means_nothing_to_any_format(tail):
    found = https("https://example.org/" + tail)

    assert re.fullmatch(r"https://example\.org/[A-Za-z0-9._~/?#:@!&*+,;=%-]*", found)
    assert https(found) == found
