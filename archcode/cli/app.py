"""The list of commands, and how the command line ends: 0, 1, 2 or 3, never with a traceback."""

from __future__ import annotations

import gc
import os
import sys

import typer

from archcode.cli import (
    estimate,
    init,
    prices,
    render,
    schema,
    services,
    validate,
)
from archcode.errors import ArchcodeError, SpecError, UsageError

APP = typer.Typer(
    name="archcode",
    help="One YAML topology of AWS messaging services in; limits, sizes, monthly cost and a"
    " picture out.",
    epilog="Exit codes: 0 clean, 1 findings at error level, 2 wrong usage, 3 internal error.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from archcode._version import __version__

        typer.echo(f"archcode {__version__}")
        raise typer.Exit


@APP.callback()
def _root(
    *,
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_version
    ),
) -> None:
    """Settle what a messaging architecture costs, whether it fits, and what it looks like."""


APP.command("render", short_help="Draw, size and price specs.")(render.render)
APP.command("validate", short_help="Check specs against services' limits.")(validate.validate)
APP.command("estimate")(estimate.estimate)
APP.command("services")(services.services)
APP.add_typer(prices.APP, name="prices")
APP.command("schema")(schema.schema)
APP.command("init")(init.init)


def run() -> None:
    """Run the command line; every way out has its exit code."""
    # One short run: collecting cycles costs a tenth of it and frees nothing.
    gc.disable()
    # Plugins of other packages cost 20 ms and could change what a spec means.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        APP(prog_name="archcode")
    except UsageError as error:
        _end(f"archcode: {error}", 2)
    except SpecError as error:
        _end(f"archcode: {error}", 1)
    except BrokenPipeError:
        # The reader has gone (`archcode … | head`): there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _end("archcode: stopped", 130)
    except ArchcodeError as error:
        _end(f"archcode: {error}", 3)
    except Exception as error:
        # A user gets a sentence, never a traceback.
        if os.environ.get("ARCHCODE_DEBUG"):
            raise
        fact = " ".join(str(error).split())[:200] or "no reason given"
        _end(f"archcode: internal error: {fact} (ARCHCODE_DEBUG=1 shows where)", 3)
    finally:
        # The interpreter collects once more on its way out, which takes 25 ms and frees nothing.
        gc.freeze()


def _end(message: str, code: int) -> None:
    sys.stderr.write(f"{message}\n")
    sys.exit(code)
