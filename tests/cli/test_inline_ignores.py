"""Comments that ignore findings: they need a reason, a rule that there is, and something to do."""

from __future__ import annotations

import pytest
from support import PRICES

import archcode as public
from archcode.model import Severity
from archcode.review import Choice, Ignored, review

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
flows:
  - shop -> orders: {rate: 100/s, size: 2 KB}
  - orders -> worker: {batch: 11, function_response_types: [ReportBatchItemFailures]}
"""
FOUND = (
    "<stdin>:13:31: error: orders -> worker.batch a batch of 11 is above 10, the most of a FIFO"
    " queue [fifo_batch_above_10]\n    hint: say batch: 10\n"
)
FLOW = "{batch: 11, function_response_types: [ReportBatchItemFailures]}"


def reviewed(text, choice=None):
    estimate = public.price(public.propagate(public.parse(text)), PRICES)
    return review(estimate, choice) if choice else review(estimate)


def with_comment(comment):
    return SPEC.replace(FLOW, f"{FLOW}  {comment}")


def test_the_spec_has_one_finding(archcode):
    ended = archcode("validate", "-", stdin=SPEC.encode())

    assert (ended.code, ended.err, ended.out) == (1, FOUND, "-: 1 error in 4 components\n")


@pytest.mark.parametrize(
    "text",
    [
        with_comment("# archcode: ignore[fifo_batch_above_10] it is a test"),
        SPEC.replace(
            "  - orders", "  # archcode: ignore[fifo_batch_above_10] it is a test\n  - orders"
        ),
    ],
)
def test_an_ignored_finding_is_only_counted(text, archcode):
    ended = archcode("validate", "-", stdin=text.encode())

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "-: no findings, 1 ignored in 4 components\n"
    (ignored,) = reviewed(text).ignored
    assert (ignored.finding.rule, ignored.reason) == ("fifo_batch_above_10", "it is a test")


def test_it_holds_for_estimates_pictures_and_programs_alike(archcode, tmp_path):
    text = with_comment("# archcode: ignore[fifo_batch_above_10] it is a test")
    estimate = public.price(public.propagate(public.parse(text)), PRICES)
    rendered = archcode("render", "-", "-f", "md", "-o", tmp_path, stdin=text.encode())

    assert public.findings(estimate) == ()
    assert (rendered.code, rendered.err) == (0, "")
    assert "no findings, 1 ignored in 4 components\n" in rendered.out
    assert archcode("estimate", "-", stdin=text.encode()).err == ""


PROBLEMS = {
    "no reason": (
        "# archcode: ignore[fifo_batch_above_10]",
        (
            "13:88: warning: this comment gives no reason, so it ignores nothing"
            " [ignore_without_reason]\n    hint: say why behind the bracket\n"
        ),
        True,
    ),
    "no rule": (
        "# archcode: ignore it",
        (
            "13:88: warning: this comment names no rule, so it ignores nothing"
            " [ignore_without_rule]\n    hint: write # archcode: ignore[rule_name] and the reason\n"
        ),
        True,
    ),
    "a misspelt rule": (
        "# archcode: ignore[fifo_batch_above_11] why",
        (
            '13:107: warning: "fifo_batch_above_11" is no rule [unknown_rule_in_ignore]\n'
            "    hint: did you mean fifo_batch_above_10?\n"
        ),
        True,
    ),
    "a rule like no other": (
        "# archcode: ignore[x] why",
        (
            '13:107: warning: "x" is no rule [unknown_rule_in_ignore]\n'
            "    hint: archcode explain lists them\n"
        ),
        True,
    ),
    "nothing to ignore": (
        "# archcode: ignore[fifo_batch_above_10, unfilled_batch] why",
        (
            "13:128: warning: this comment ignores unfilled_batch, but line 13 has none"
            " [unused_ignore]\n"
            "    hint: take it out\n"
        ),
        False,
    ),
    "what cannot be ignored": (
        "# archcode: ignore[fifo_batch_above_10, unknown_key] why",
        (
            "13:128: warning: this comment ignores unknown_key, but line 13 has none"
            " [unused_ignore]\n"
            "    hint: take it out: what cannot be read cannot be ignored\n"
        ),
        False,
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_says_what_is_wrong_with_a_comment(name, archcode):
    comment, said, told = PROBLEMS[name]
    ended = archcode("validate", "-", stdin=with_comment(comment).encode())

    assert ended.err == (FOUND if told else "") + f"<stdin>:{said}"
    assert ended.code == (1 if told else 0)


def test_a_comment_behind_everything_is_unused():
    (finding,) = reviewed(
        SPEC.replace("batch: 11", "batch: 10") + "# archcode: ignore[unfilled_batch] why"
    ).findings

    assert finding.message == "this comment ignores unfilled_batch, but no line follows it"
    assert finding.severity is Severity.WARNING


def test_a_comment_is_used_though_its_rule_is_not_chosen():
    text = with_comment("# archcode: ignore[fifo_batch_above_10] why")

    assert reviewed(text, Choice(ignore=("fifo_batch_above_10",))).findings == ()
    assert reviewed(text, Choice(ignore=("fifo_batch_above_10",))).ignored == ()


def test_the_same_rule_twice_on_a_line_is_ignored_twice():
    text = SPEC.replace(
        "worker: {type: lambda.function, duration: 80 ms}",
        "worker: {type: lambda.function, duration: 80 ms}\n  other: {type: lambda.function}",
    ).replace(FLOW, f"{FLOW}\n  - orders -> other: {FLOW}")
    lines = text.replace(FLOW, f"{FLOW} # archcode: ignore[fifo_batch_above_10] a test")
    found = reviewed(lines)

    assert [i.finding.line for i in found.ignored] == [14, 15]
    assert all(isinstance(ignored, Ignored) for ignored in found.ignored)


def test_errors_of_the_language_are_told_all_the_same(archcode):
    text = SPEC.replace("rate: 100/s", "rate: 100") + "\n"
    text = text.replace("size: 2 KB}", "size: 2 KB}  # archcode: ignore[missing_unit] why")
    ended = archcode("validate", "-", stdin=text.encode())

    assert ended.code == 1
    assert "[missing_unit]" in ended.err
    assert "ignore" not in ended.err
