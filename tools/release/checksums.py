"""Writes SHA256SUMS of a folder's files, as sha256sum -c reads it."""

import hashlib
import os
import sys

NAME = "SHA256SUMS"


def main(folder):
    lines = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name != NAME and os.path.isfile(path):
            with open(path, "rb") as file:
                lines.append("%s  %s\n" % (hashlib.sha256(file.read()).hexdigest(), name))
    with open(os.path.join(folder, NAME), "w", encoding="ascii", newline="\n") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main(sys.argv[1])
