"""``python -m tinyreorder``: the command line tool itself, for where scripts of packages are not on the PATH."""

import os
import subprocess
import sys

from ._executable import executable


def main():
    line = [executable()] + sys.argv[1:]
    if os.name == "posix":
        # The tool takes the place of this process: signals and exit code are its own.
        os.execv(line[0], line)
    try:
        return subprocess.run(line).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
