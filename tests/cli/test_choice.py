"""Which findings are told, and which fail: options, and the files of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from archcode.review import Choice

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
  idle: {type: sns.topic}
flows:
  - shop -> orders: {rate: 100/s, size: 2 KB}
  - orders -> worker: {batch: 11, function_response_types: [ReportBatchItemFailures]}
"""
ERROR, OTHER = "fifo_batch_above_10", "unconnected_component"
WARNED = SPEC.replace("batch: 11", "batch: 10")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def told(archcode):
    """The exit code and the rules that are told of a spec."""

    def run(*options, path="specs/a.yaml", text=SPEC, command="validate"):
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        ended = archcode(command, path, *options)
        lines = [line for line in ended.err.splitlines() if line.endswith("]")]
        return ended.code, [line.rpartition("[")[2][:-1] for line in lines]

    return run


def test_without_a_choice_all_is_told(told):
    assert told() == (1, [OTHER, ERROR])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", ERROR], (1, [ERROR])),
        (["--select", OTHER], (0, [OTHER])),
        (["--select", f"{ERROR}, {OTHER}"], (1, [OTHER, ERROR])),
        (["--select", ERROR, "--select", OTHER], (1, [OTHER, ERROR])),
        (["--select", "fifo_*"], (1, [ERROR])),
        (["--select", "*"], (1, [OTHER, ERROR])),
        (["--ignore", ERROR], (0, [OTHER])),
        (["--ignore", "*_10,*component"], (0, [])),
        (["--select", "fifo_*,un*", "--ignore", "*10"], (0, [OTHER])),
    ],
)
def test_options_choose_rules(options, expected, told):
    assert told(*options) == expected


@pytest.mark.parametrize("command", ["validate", "render"])
@pytest.mark.parametrize(
    ("level", "code", "warned"),
    [("error", 1, 0), ("warning", 1, 1), ("info", 1, 1), ("never", 0, 0)],
)
def test_the_level_decides_on_the_exit_code(command, level, code, warned, told):
    options = [] if command == "validate" else ["-f", "md", "--anyway"]

    assert told("--fail-on", level, *options, command=command)[0] == code
    assert told("--fail-on", level, *options, command=command, text=WARNED)[0] == warned


def test_a_rendering_that_writes_nothing_fails_at_any_level(told):
    assert told("--fail-on", "never", "-f", "md", command="render")[0] == 1


def test_a_note_fails_at_the_level_of_notes_only(told):
    text = (
        WARNED.replace("  idle: {type: sns.topic}\n", "")
        .replace("    fifo_queue: true\n", "")
        .replace("fifo_queue: true, ", "")
    )
    text = text.replace("rate: 100/s", "rate: 1/s")

    assert told(text=text) == (0, ["unfilled_batch"])
    assert told("--fail-on", "warning", text=text)[0] == 0
    assert told("--fail-on", "info", text=text)[0] == 1


def test_what_cannot_be_read_is_told_whatever_is_chosen(told):
    text = SPEC.replace("100/s", "100")

    assert told("--select", OTHER, text=text) == (1, ["missing_unit"])
    assert told("--ignore", "*", text=text) == (1, ["missing_unit"])
    assert told("--fail-on", "never", text=text) == (0, ["missing_unit"])


FILES = {
    "archcode.toml": f'ignore = ["{ERROR}"]\n',
    "specs/archcode.toml": f'ignore = ["{ERROR}"]\n',
    "pyproject.toml": f'[project]\nname = "x"\n[tool.archcode]\nignore = ["{ERROR}"]\n',
    "specs/pyproject.toml": f'[tool]\narchcode.ignore = ["{ERROR}"]\n',
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_above_the_spec_holds_for_it(name, told):
    Path("specs").mkdir()
    Path(name).write_text(FILES[name])

    assert told() == (0, [OTHER])


def test_the_nearest_file_wins(told):
    Path("specs").mkdir()
    Path("archcode.toml").write_text(f'ignore = ["{ERROR}"]')
    Path("specs/archcode.toml").write_text(f'ignore = ["{OTHER}"]')
    Path("specs/pyproject.toml").write_text('[tool.archcode]\nignore = ["*"]')

    assert told() == (1, [ERROR])
    assert told(path="a.yaml") == (0, [OTHER])


def test_a_pyproject_without_a_table_of_ours_is_passed_over(told):
    Path("specs").mkdir()
    Path("archcode.toml").write_text(f'ignore = ["{ERROR}"]')
    for text in ("[tool.other]\nignore = 1\n", "[tool]\nother.a = 1\n", "this is no TOML"):
        Path("specs/pyproject.toml").write_text(text)

        assert told() == (0, [OTHER])


def test_the_command_line_wins(told):
    Path("archcode.toml").write_text(
        f'select = ["{ERROR}"]\nignore = ["{OTHER}"]\nfail_on = "never"\n'
    )

    assert told() == (0, [ERROR])
    assert told("--select", "*") == (0, [ERROR])
    assert told("--select", "*", "--ignore", ERROR) == (0, [OTHER])
    assert told("--fail-on", "error") == (1, [ERROR])


def test_a_named_file_holds_in_place_of_the_nearest(told):
    Path("archcode.toml").write_text('ignore = ["*"]\n')
    Path("other.toml").write_text(f'select = ["{OTHER}"]\n')

    assert told("--config", "other.toml") == (0, [OTHER])
    assert told("--config", "other.toml", command="estimate") == (0, [OTHER])


def test_rules_are_ignored_in_some_files_only(told):
    Path("archcode.toml").write_text(
        f'[per_file_ignores]\n"specs/old-*" = ["{ERROR}"]\n"b.yaml" = ["un*"]\n'
    )

    assert told() == (1, [OTHER, ERROR])
    assert told(path="specs/old-a.yaml") == (0, [OTHER])
    assert told(path="specs/b.yaml") == (1, [ERROR])
    assert told(path="specs/b.yaml", text=WARNED, command="estimate") == (0, [])


def test_standard_input_has_the_file_of_the_current_folder(archcode):
    Path("archcode.toml").write_text('ignore = ["*"]\n[per_file_ignores]\n"*" = ["*"]\n')

    assert archcode("validate", "-", stdin=SPEC.encode()).code == 0


WRONG = {
    "no TOML": (
        "ignore = [",
        "archcode.toml: is no TOML: ",
    ),
    "no text": ("ignore = ['\ud800']", "archcode.toml: is no UTF-8 text from byte 11"),
    "an unknown key": ("ignroe = []", 'archcode.toml: has no key "ignroe"; did you mean ignore?'),
    "an unknown rule": (
        'ignore = ["fifo_batch_above_1"]',
        'archcode.toml: ignore: "fifo_batch_above_1" is no rule; did you mean fifo_batch_above_10?',
    ),
    "an unknown rule for a file": (
        '[per_file_ignores]\n"a.yaml" = ["zzz"]',
        'archcode.toml: a.yaml: "zzz" is no rule; archcode explain lists them',
    ),
    "no list": (
        f'ignore = "{ERROR}"',
        'archcode.toml: ignore is "fifo_batch_above_10", not a list such as ["unfilled_batch"]',
    ),
    "no list of texts": (
        "select = [1]",
        'archcode.toml: select is a list, not a list such as ["unfilled_batch"]',
    ),
    "an unknown level": (
        'fail_on = "warnings"',
        'archcode.toml: fail_on is "warnings"; did you mean warning?',
    ),
    "no table of files": (
        "per_file_ignores = []",
        "archcode.toml: per_file_ignores is a list, not a table",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_cannot_be_understood_is_wrong_usage(name, archcode):
    text, said = WRONG[name]
    Path("archcode.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    Path("a.yaml").write_text(SPEC)
    ended = archcode("validate", "a.yaml")

    assert ended.code == 2
    assert ended.err.startswith(f"archcode: {said}")
    assert ended.err.count("\n") == 1


def test_a_table_of_a_pyproject_that_is_none_is_wrong_usage(archcode):
    Path("pyproject.toml").write_text("[tool]\narchcode = 1\n")
    Path("a.yaml").write_text(SPEC)
    ended = archcode("validate", "a.yaml")

    assert (ended.code, ended.err) == (
        2,
        "archcode: pyproject.toml: tool.archcode is 1, not a table\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--select", "fifo_batch_above"],
            '--select: "fifo_batch_above" is no rule; did you mean fifo_batch_above_10?',
        ),
        (["--ignore", "zz*"], '--ignore: "zz*" is no rule; archcode explain lists them'),
        (["--ignore", "a?*"], '--ignore: "a?*" is no rule; archcode explain lists them'),
        (["--ignore", ","], '--ignore: "" is no rule; archcode explain lists them'),
        (["--config", "none.toml"], "none.toml: No such file or directory"),
        (["--config", "."], ".: Is a directory"),
        (["--config", "pyproject.toml"], "pyproject.toml: has no table [tool.archcode]"),
    ],
)
def test_a_choice_that_cannot_be_is_wrong_usage(arguments, said, archcode):
    Path("a.yaml").write_text(SPEC)
    Path("pyproject.toml").write_text("[project]\n")
    ended = archcode("validate", "a.yaml", *arguments)

    assert (ended.code, ended.err) == (2, f"archcode: {said}\n")


@pytest.mark.parametrize(
    ("choice", "rule", "taken"),
    [
        (Choice(), "a_b", True),
        (Choice(select=("a_b",)), "a_b", True),
        (Choice(select=("a_b",)), "a_c", False),
        (Choice(select=("a_*",)), "a_c", True),
        (Choice(select=("a*c",)), "a_bc", True),
        (Choice(select=("a*c",)), "a_cb", False),
        (Choice(select=("*",), ignore=("*b",)), "a_b", False),
        (Choice(select=("a.b",)), "a_b", False),
    ],
)
def test_a_star_is_any_text(choice, rule, taken):
    assert choice.takes(rule) is taken
