"""Run one command; prints seconds on the clock, seconds of CPU, memory and exit code.

    python -IS benchmarks/launch.py LOG COMMAND [ARGUMENT...]

A process of its own with next to nothing in it: until a command has begun, Linux counts the
memory of whoever started it as the command's.
"""

import os
import sys
from time import perf_counter


def main() -> None:
    """Start the command with its errors in a log, and wait for it and all it waited for."""
    log, *command = sys.argv[1:]
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = (
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, log, writing, 0o644),
    )
    start = perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, used = os.wait4(child, 0)
    wall = perf_counter() - start
    # macOS counts the largest resident set in bytes, Linux in kilobytes.
    rss = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(wall, used.ru_utime + used.ru_stime, rss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
