"""Packs an executable of the tool for one platform; build.sh calls it. The same executable gives the same bytes."""

import argparse
import os

import archive
import deb
import notices
import npm
import sbom
import wheel
from platforms import PLATFORMS
from project import Release

PARTS = {"archive": archive.write, "wheel": wheel.write, "npm": npm.write, "deb": deb.write}


def main():
    line = argparse.ArgumentParser(description=__doc__)
    line.add_argument("--runtime", required=True, choices=sorted(PLATFORMS))
    line.add_argument("--native", action="store_true", help="the executable is natively compiled")
    line.add_argument("--published", required=True, help="the folder with the executable")
    line.add_argument("--output", required=True, help="the folder to write to")
    line.add_argument("parts", nargs="+", choices=sorted(PARTS))
    options = line.parse_args()

    release = Release(PLATFORMS[options.runtime], options.native, options.published)
    texts = dict(notices.of(release), **{"sbom.cdx.json": sbom.of(release)})
    os.makedirs(options.output, exist_ok=True)
    for part in options.parts:
        for path in PARTS[part](release, texts, options.output):
            print("%-60s %10d" % (os.path.relpath(path), os.path.getsize(path)))


if __name__ == "__main__":
    main()
