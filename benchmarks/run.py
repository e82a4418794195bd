"""Print every figure, or those whose name begins with ONLY; fail where one is short."""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    *("evaluating", "pages", "submitting", "surveying", "replaying", "explaining"),
    *("queueing", "loading"),
)


def main() -> int:
    """Give each part a process of its own: Django is set up once in each."""
    commands = ([sys.executable, "-m", f"benchmarks.{part}"] for part in PARTS)
    codes = [subprocess.run(command, check=False).returncode for command in commands]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
