"""How the command line helps, ends and colours."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from archcode.cli import app

PRICES = ["prices show", "prices regions", "prices diff", "prices verify", "prices update"]
COMMANDS = [
    "render",
    "validate",
    "estimate",
    "explain",
    "failure-modes",
    "limits",
    "compare",
    "sweep",
    "decide",
    "scenarios",
    "sensitivity",
    "services",
    *PRICES,
    "schema",
    "init",
]
SPECS = Path(__file__).parents[2] / "specs"
ANSI = re.compile(r"\x1b\[")
ORDERS = str(SPECS / "order-fanout.yaml")
BAD = b"region: us-east-1\ncomponents: {a: {type: sqs.que}}\n"


def _process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "archcode", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def _on_a_terminal(*arguments, **environment):
    """What a command prints when a terminal reads it."""
    master, slave = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CI")}
    with subprocess.Popen(
        [sys.executable, "-m", "archcode", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**kept, "TERM": "xterm", **environment},
    ) as process:
        os.close(slave)
        parts = []
        try:
            while part := os.read(master, 65536):
                parts.append(part)
        except OSError:  # Linux says so when the other end is closed
            pass
        process.wait(30)
    os.close(master)
    return b"".join(parts).decode()


def test_help_lists_every_command(archcode):
    ended = archcode("--help")

    assert ended.code == 0
    listed = re.findall(r"^  ([a-z-]+)  +\S", ended.out.partition("Commands:")[2], re.MULTILINE)
    assert listed == [
        *dict.fromkeys(command.split()[0] for command in COMMANDS if " " not in command),
        "prices",
    ]
    assert "Exit codes: 0 clean, 1 findings at error level, 2 wrong usage, 3 internal" in ended.out
    assert "..." not in ended.out.partition("Commands:")[2]


def test_no_command_is_missing_here():
    root = typer.main.get_command(app.build())
    names = []
    for name, command in root.commands.items():
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]

    assert sorted(names) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_examples(command, option, archcode):
    ended = archcode(*command.split(), option)

    assert ended.code == 0
    assert ended.out.startswith(f"Usage: archcode {command} ")
    examples = ended.out.partition("  Examples:\n")[2]
    assert f"\n    archcode {command}" in examples
    assert [line for line in examples.splitlines() if line.count("archcode ") > 1] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_argument_and_option_is_explained(command):
    found = typer.main.get_command(app.build())
    for name in command.split():
        found = found.commands[name]

    assert found.params
    assert [param.name for param in found.params if not param.help] == []


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(line.strip(), id=line.strip())
        for command in COMMANDS
        for line in (Path(app.__file__).parent / f"{re.sub('[ -]', '_', command)}.py")
        .read_text("utf-8")
        .splitlines()
        if line.startswith("      archcode ") and command != "prices update"  # it needs AWS
    ],
)
def test_every_example_works(example, archcode, tmp_path, monkeypatch):
    (tmp_path / "specs").mkdir()
    for path in SPECS.glob("*.yaml"):
        (tmp_path / "specs" / path.name).write_bytes(path.read_bytes())
    shutil.copytree(SPECS.parent / "pricing", tmp_path / "pricing")
    (tmp_path / "agreement.yaml").write_text(
        "title: Enterprise agreement\ndiscounts: {sqs.queue: 20%}\n"
    )
    monkeypatch.chdir(tmp_path)
    arguments = example.split()[1:]
    if arguments[0] == "render":
        arguments += ["--format", "md,json"]

    assert archcode(*arguments).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ""),
        (["nothing"], "No such command 'nothing'."),
        (["validate"], "Missing argument 'SPEC...'."),
        (["validate", "--regoin", "x", "-"], "No such option: --regoin"),
        (["estimate", "a", "b"], "Got unexpected extra argument(s) (b)"),
        (["estimate", "-", "--format", "xml"], "'xml' is not one of 'table', 'json', 'csv', 'md'."),
        (["prices"], ""),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments, said, archcode):
    ended = archcode(*arguments)

    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.terminal


def test_a_clean_spec_is_exit_code_0(archcode):
    assert archcode("validate", SPECS / "order-fanout.yaml").code == 0
    assert archcode("estimate", SPECS / "order-fanout.yaml").code == 0


@pytest.mark.parametrize("command", ["validate", "estimate", "limits", "render"])
def test_a_bad_spec_is_exit_code_1(command, archcode):
    ended = archcode(command, "-", stdin=BAD)

    assert ended.code == 1
    assert ended.err.endswith("1 error\n")
    assert ended.err.startswith('<stdin>:2:24: error: a.type "sqs.que" is no known type')


@pytest.mark.parametrize(
    ("stage", "command"),
    [
        ("archcode.spec.parse.parse", "validate"),
        ("archcode.topology.propagate", "validate"),
        ("archcode.estimate.price", "estimate"),
        ("archcode.rules.findings", "estimate"),
        ("archcode.render.table.render", "estimate"),
        ("archcode.headroom.headroom_of", "limits"),
        ("archcode.render.markdown.render", "render"),
    ],
)
def test_an_internal_error_is_one_line_and_exit_code_3(
    stage, command, archcode, monkeypatch, tmp_path
):
    def fail(*_args, **_options):
        raise ZeroDivisionError("a stage\nbroke")

    monkeypatch.setattr(stage, fail)
    monkeypatch.delenv("ARCHCODE_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    options = ["-f", "md"] if command == "render" else []
    ended = archcode(command, ORDERS, *options)

    assert ended.code == 3
    assert "Traceback" not in ended.terminal
    assert ended.err.endswith(
        "archcode: internal error: a stage broke (ARCHCODE_DEBUG=1 shows where)\n"
    )
    assert [*tmp_path.rglob("*.md")] == []


def test_a_missing_price_file_is_no_crash(archcode, monkeypatch):
    monkeypatch.setattr("archcode.cli._io.read_prices", lambda _folder, _service: None)
    ended = archcode("estimate", ORDERS)

    assert ended.code == 0
    assert "at least $0.00" in ended.out
    assert "price_unknown" in ended.err


def test_debugging_shows_the_place_of_an_internal_error(archcode, monkeypatch):
    def fail(_text):
        raise ZeroDivisionError

    monkeypatch.setattr("archcode.spec.parse.parse", fail)
    monkeypatch.setenv("ARCHCODE_DEBUG", "1")

    with pytest.raises(ZeroDivisionError):
        archcode("validate", ORDERS)


def test_pipes_get_no_colour():
    ended = _process("estimate", ORDERS)

    assert ended.returncode == 0
    assert not ANSI.search(ended.stdout + ended.stderr)


def test_a_terminal_gets_colour(tmp_path):
    (tmp_path / "a.yaml").write_bytes(BAD)

    assert "\x1b[31;1merror\x1b[0m" in _on_a_terminal("validate", str(tmp_path / "a.yaml"))
    assert "\x1b[1mOrder fan-out\x1b[0m" in _on_a_terminal("estimate", ORDERS)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_may_refuse_colour(environment, tmp_path):
    (tmp_path / "a.yaml").write_bytes(BAD)

    for arguments in (["validate", str(tmp_path / "a.yaml")], ["estimate", ORDERS]):
        assert not ANSI.search(_on_a_terminal(*arguments, **environment))


def test_a_reader_that_leaves_early_is_no_error():
    command = [sys.executable, "-m", "archcode", "services"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        told = process.stderr.read()

    assert process.returncode == 0
    assert told == b""


def test_the_version_is_the_version(archcode):
    from archcode import __version__

    assert archcode("--version").out == f"archcode {__version__}\n"
    assert _process("--version").stdout == f"archcode {__version__}\n"


HEAVY = ("typer", "click", "pydantic", "yaml", "pygraphviz", "reportlab", "diagrams", "matplotlib")


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], HEAVY),
        (["--help"], HEAVY[2:]),
        (["validate", ORDERS], HEAVY[4:]),
        (["estimate", ORDERS], HEAVY[4:]),
    ],
)
def test_starts_without_what_it_does_not_need(arguments, absent):
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('LOADED', *sorted(sys.modules), file=sys.stderr))\n"
        "from archcode.__main__ import main\n"
        f"sys.argv = ['archcode', *{arguments!r}]\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False
    )
    loaded = set(ended.stderr.partition("LOADED")[2].split())

    assert ended.returncode == 0
    assert "archcode" in loaded
    assert loaded.isdisjoint(absent)
