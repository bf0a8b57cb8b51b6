"""The platforms that the tool is published for, and what Python and npm call them."""

import collections

# cpu, npm_os and npm_libc are what npm compares; wheel is the end of the wheel's tag, {glibc} what the executable asks for.
Platform = collections.namedtuple("Platform", "runtime npm npm_os cpu npm_libc wheel debian")

PLATFORMS = {
    platform.runtime: platform
    for platform in [
        Platform("linux-x64", "linux-x64", "linux", "x64", "glibc", "manylinux_{glibc}_x86_64", "amd64"),
        Platform("linux-arm64", "linux-arm64", "linux", "arm64", "glibc", "manylinux_{glibc}_aarch64", "arm64"),
        Platform("linux-musl-x64", "linux-x64-musl", "linux", "x64", "musl", "musllinux_1_2_x86_64", None),
        Platform("win-x64", "win32-x64", "win32", "x64", None, "win_amd64", None),
        # What .NET 10 runs on.
        Platform("osx-x64", "darwin-x64", "darwin", "x64", None, "macosx_14_0_x86_64", None),
        Platform("osx-arm64", "darwin-arm64", "darwin", "arm64", None, "macosx_14_0_arm64", None),
    ]
}
