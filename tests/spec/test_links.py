"""`link` of a component: an https address, or refused at its place."""

from __future__ import annotations

import re

import pytest

from archcode import SpecError, dump, json_schema, parse

HEAD = "region: us-east-1\ncomponents:\n"
GOOD = [
    "https://wiki.example.com/orders",
    "https://example.com",
    "https://example.com:8443/a/b?c=d&e=f#g",
    "https://xn--bcher-kva.example/%C3%A9(1)'",
    "https://example.com?q=1",
    "https://example.com:65535",
    f"https://example.com/{'a' * 1980}",
]
BAD = [
    "http://example.com",
    "HTTPS://example.com",
    "javascript:alert(1)",
    "https:javascript:alert(1)",
    "https://",
    "https:///etc/passwd",
    "https://example.com:65536",
    "https://example.com:99999/a",
    "data:text/html,x",
    "//example.com",
    "https://user:password@example.com/",
    "https://good.example@evil.example/",
    "https://example.com\\\\@evil.example",
    "https://exa mple.com",
    "https://example.com/a b",
    "https://example.com/\\u0022onclick=alert(1)",
    "https://example.com/<script>",
    "https://example.com/\\n",
    "https://example.com/\\u202E",
    "https://ex\\u00E4mple.com",
    "https://example.com/\\u00E9",
    "https://example.com/%zz",
    "https://example.com:999999/",
    "https://-example.com/",
    " https://example.com",
    "",
]


def told(value: str) -> list[tuple[str, str, int, int]]:
    with pytest.raises(SpecError) as raised:
        parse(f"{HEAD}  a: {{type: sqs.queue, link: {value}}}\n")
    return [(f.rule, f.where, f.line, f.column) for f in raised.value.findings]


@pytest.mark.parametrize("link", GOOD)
def test_an_https_address_is_kept_as_it_is(link):
    spec = parse(f'{HEAD}  a: {{type: sqs.queue, link: "{link}"}}\n')

    assert spec.components["a"].link == link
    assert parse(dump(spec)) == spec


@pytest.mark.parametrize("link", BAD)
def test_anything_else_is_refused_at_its_place(link):
    assert told(f'"{link}"') == [("bad_link", "a.link", 3, 30)]


def test_a_link_has_bounds_and_is_text():
    assert told(f"https://example.com/{'a' * 1981}") == [("too_long", "a.link", 3, 30)]
    assert told("7") == [("wrong_type", "a.link", 3, 30)]
    assert told("[a]") == [("wrong_type", "a.link", 3, 30)]


def test_a_refusal_says_what_would_do():
    with pytest.raises(SpecError) as raised:
        parse(f"{HEAD}  a: {{type: sqs.queue, link: 'javascript:alert(1)'}}\n")
    (finding,) = raised.value.findings

    assert finding.message == 'is "javascript:alert(1)", no https address'
    assert "https://wiki.example.com/orders" in finding.hint


def test_the_schema_takes_and_refuses_the_same():
    types = json_schema()["$defs"]["Component"]["allOf"]
    (pattern,) = {kind["then"]["properties"]["link"]["pattern"] for kind in types}

    assert all(re.search(pattern, link) for link in GOOD)
    assert not [link for link in BAD if re.search(pattern, link)]
