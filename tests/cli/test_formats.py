"""Findings for programs: JSON of a documented shape, SARIF that its schema takes, commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from jsonschema.validators import Draft4Validator

from archcode.model import Finding, Severity
from archcode.render import findings_github, findings_json, findings_sarif
from archcode.review import Checked, Ignored, Replacement

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "bad_input" / "cases"
SCHEMA = json.loads((ROOT / "tests" / "sarif" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
SARIF = Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
SPEC = """\
region: us-east-1
components:
  shop: {type: client}
  orders:
    type: sqs.queue
    fifo_queue: true
    visibility_timeout: 18
    redrive_policy: {dead_letter_target: missed, max_receive_count: 5}
  missed: {type: sqs.queue, fifo_queue: true, message_retention_period: 14 d}
  worker: {type: lambda.function, duration: 80 ms}
  idle: {type: sns.topic}  # archcode: ignore[unconnected_component] comes later
flows:
  - shop -> orders: {rate: 100/s, size: 2 KB}
  - orders -> worker: {batch: 11, function_response_types: [ReportBatchItemFailures]}
"""
BAD = SPEC.replace("100/s", "100")
SPEC_KEYS = ["file", "components", "errors", "warnings", "infos", "ignored"]
FINDING = ["rule", "severity", "where", "message", "hint", "line", "column", "remedy"]
HOSTILE = Finding(
    "wrong_type",
    Severity.INFO,
    "",
    'is "\r\n::error::%0A<b>,:\u202e\x1b漢\U0001f600"',
    "say: 100%, or\nless",
    1,
    2,
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/a.yaml").write_text(SPEC)
    Path("specs/b.yaml").write_text(BAD)


def say(archcode, format, *arguments, **options):
    return archcode("validate", *(arguments or ["specs"]), "--format", format, **options)


def test_json_is_one_document_of_all_specs(archcode):
    ended = say(archcode, "json")
    found = json.loads(ended.out)

    assert ended.code == 1
    assert ended.err == (
        "specs/a.yaml: 1 error, 1 ignored in 5 components\nspecs/b.yaml: 1 error\n"
    )
    assert [*found] == ["schema_version", "specs", "findings", "ignored"]
    assert [[*spec] for spec in found["specs"]] == [SPEC_KEYS, SPEC_KEYS]
    assert [[*spec.values()] for spec in found["specs"]] == [
        ["specs/a.yaml", 5, 1, 0, 0, 1],
        ["specs/b.yaml", None, 1, 0, 0, 0],
    ]
    assert [(f["file"], f["rule"], f["line"]) for f in found["findings"]] == [
        ("specs/a.yaml", "fifo_batch_above_10", 14),
        ("specs/b.yaml", "missing_unit", 13),
    ]
    assert [(f["file"], f["rule"], f["reason"]) for f in found["ignored"]] == [
        ("specs/a.yaml", "unconnected_component", "comes later"),
    ]
    assert all([*finding] == ["file", *FINDING] for finding in found["findings"])
    assert all([*finding] == ["file", *FINDING, "reason"] for finding in found["ignored"])


def test_the_page_on_findings_names_every_key_and_no_other():
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    shape = findings_json.document([Checked("a", (HOSTILE,), (Ignored(HOSTILE, "why"),), 1)])
    sections = {"JSON": shape, "`specs[]`": shape["specs"][0], "`findings[]`": shape["ignored"][0]}
    for title, values in sections.items():
        part = page.split(f"# {title}\n")[1].split("\n#")[0]
        rows = re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE)
        named = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]

        assert named == sorted(values, key=named.index), title
    assert f"`schema_version` is `{findings_json.SCHEMA_VERSION}`" in page


def test_sarif_is_what_its_schema_takes(archcode):
    ended = say(archcode, "sarif")
    document = json.loads(ended.out)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]

    SARIF.validate(document)
    assert ended.code == 1
    assert ended.err == (
        "specs/a.yaml: 1 error, 1 ignored in 5 components\nspecs/b.yaml: 1 error\n"
    )
    assert [rule["id"] for rule in rules] == [
        "fifo_batch_above_10", "missing_unit", "unconnected_component",
    ]  # fmt: skip
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("fifo_batch_above_10", "error"),
        ("unconnected_component", "warning"),
        ("missing_unit", "error"),
    ]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (rule,) = [rule for rule in rules if rule["id"] == "fifo_batch_above_10"]
    assert rule["shortDescription"] == {"text": "FIFO batch above 10"}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["helpUri"].startswith("https://docs.aws.amazon.com/")
    assert "{batch: 11}" in rule["help"]["text"]


def test_sarif_says_where_why_and_how(archcode):
    first, ignored, _ = json.loads(say(archcode, "sarif").out)["runs"][0]["results"]

    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "specs/a.yaml"},
                "region": {"startLine": 14, "startColumn": 31},
            }
        }
    ]
    assert first["message"]["text"] == (
        "orders -> worker.batch a batch of 11 is above 10, the most of a FIFO queue\nsay batch: 10"
    )
    assert first["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 14, "startColumn": 31, "endLine": 14, "endColumn": 33},
            "insertedContent": {"text": "10"},
        }
    ]
    assert "suppressions" not in first
    assert ignored["suppressions"] == [{"kind": "inSource", "justification": "comes later"}]


def test_a_fingerprint_stays_while_lines_move(archcode):
    def prints():
        results = json.loads(say(archcode, "sarif", "specs/a.yaml").out)["runs"][0]["results"]
        return [result["partialFingerprints"] for result in results]

    before = prints()
    Path("specs/a.yaml").write_text("# a new line\n" + SPEC)

    assert prints() == before
    assert len({json.dumps(p) for p in before}) == len(before)


def test_two_findings_alike_have_two_fingerprints():
    twice = Checked("a.yaml", (HOSTILE, HOSTILE.at(3, 4)), (), 2)
    (run,) = findings_sarif.document([twice])["runs"]
    first, second = (r["partialFingerprints"] for r in run["results"])

    assert first != second


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_sarif_takes_every_bad_spec(name, archcode):
    ended = say(archcode, "sarif", CASES / f"{name}.yaml")

    SARIF.validate(json.loads(ended.out))
    assert ended.code == 1


def test_sarif_takes_hostile_text_and_has_no_line_0():
    fix = Replacement((1, 2), (1, 3), "x\n")
    nowhere = HOSTILE.at(0, 0)
    checked = Checked("ä b\\%:c.yaml", (HOSTILE, nowhere), (), None, {HOSTILE: fix})
    document = json.loads(findings_sarif.render([checked]))
    first, second = document["runs"][0]["results"]

    SARIF.validate(document)
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "%C3%A4%20b/%25%3Ac.yaml"
    )
    assert second["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 1,
    }
    assert first["message"]["text"].startswith(HOSTILE.message)


def test_a_spec_elsewhere_has_an_absolute_address(archcode, tmp_path, monkeypatch):
    Path("here").mkdir()
    monkeypatch.chdir("here")
    spec = tmp_path / "specs" / "a.yaml"
    (run,) = json.loads(say(archcode, "sarif", "../specs/a.yaml").out)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert place == {"uri": f"file://{spec}"}
    assert json.loads(say(archcode, "json", spec).out)["specs"][0]["file"] == str(spec)


def test_a_path_below_the_current_folder_is_relative(archcode, tmp_path):
    found = json.loads(say(archcode, "json", tmp_path / "specs" / "a.yaml").out)

    assert found["specs"][0]["file"] == "specs/a.yaml"


def test_github_gets_a_command_for_each_finding(archcode):
    ended = say(archcode, "github")

    assert ended.out == (
        "::error file=specs/a.yaml,line=14,col=31,title=fifo batch above 10::orders -> worker.batch"
        " a batch of 11 is above 10, the most of a FIFO queue [fifo_batch_above_10]%0A"
        "hint: say batch: 10\n"
        "::error file=specs/b.yaml,line=13,col=28,title=missing unit::shop -> orders.rate is 100, a"
        " rate without a unit; write it like 350/s, 20k/min, 5M/day [missing_unit]\n"
    )


def test_github_text_begins_no_command_of_its_own():
    text = findings_github.render([Checked("a,b:c%\n.yaml", (HOSTILE,), (), 1)])

    assert text.count("\n") == 1
    assert text.startswith(
        "::notice file=a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=wrong type::is"
        ' "%0D%0A::error::%250A<b>,:'
    )
    assert text.endswith("[wrong_type]%0Ahint: say: 100%25, or%0Aless\n")


@pytest.mark.parametrize("format", ["json", "sarif", "github"])
def test_the_same_specs_give_the_same_bytes(format, archcode):
    first, second = (say(archcode, format) for _ in range(2))

    assert first == second
    assert "\x1b" not in first.out


@pytest.mark.parametrize("format", ["json", "sarif", "github"])
def test_standard_input_has_a_name(format, archcode):
    ended = say(archcode, format, "-", stdin=SPEC.encode())

    assert {"json": '"<stdin>"', "sarif": "%3Cstdin%3E", "github": "file=<stdin>"}[
        format
    ] in ended.out
    assert ended.err == "-: 1 error, 1 ignored in 5 components\n"


def test_clean_specs_are_documents_without_findings(archcode):
    Path("specs/a.yaml").write_text(SPEC.replace("batch: 11", "batch: 10"))

    assert say(archcode, "github", "specs/a.yaml").out == ""
    assert json.loads(say(archcode, "json", "specs/a.yaml").out)["findings"] == []
    document = json.loads(say(archcode, "sarif", "specs/a.yaml", "--ignore", "*").out)
    SARIF.validate(document)
    assert document["runs"][0]["results"] == []


def test_never_failing_lets_a_pipeline_upload_the_document(archcode):
    ended = say(archcode, "sarif", "specs", "--fail-on", "never")

    assert ended.code == 0
    assert len(json.loads(ended.out)["runs"][0]["results"]) == 3
