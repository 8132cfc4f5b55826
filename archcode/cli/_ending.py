"""How the command line ends: 0, 1, 2, 3 or 130, never with a traceback."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from archcode.errors import ArchcodeError, PriceListError, SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def guarded(call: Callable[[], object]) -> None:
    """Make a call; every way out has its exit code."""
    # One short run: collecting cycles costs a tenth of it and frees nothing.
    gc.disable()
    # Looking for plugins of other packages costs 5 ms, and one could change what a spec means.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        call()
    except UsageError as error:
        _end(f"archcode: {error}", 2)
    except (SpecError, PriceListError) as error:
        _end(f"archcode: {error}", 1)
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
