#!/usr/bin/env bash
# Makes what is released: tools/release/build.sh [--runtime RID] [--output FOLDER] [PART...]
#
#   archive    the executable with licences and bill of materials
#   wheel      the Python package
#   npm        the npm packages: the launcher, and the executable of the platform
#   deb        the Debian package (where dpkg-deb is)
#   packages   the NuGet packages, the dotnet tool among them
#
# Without parts all of them, into artifacts/release, for the platform that it runs on, whose executable is natively compiled (gcc or clang, and
# zlib1g-dev). Executables of other platforms hold a trimmed .NET runtime instead. Needs the .NET SDK and Python 3.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

own=$(dotnet msbuild src/TinyReorder.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
runtime=$own output=artifacts/release parts=()
while [ $# -gt 0 ]; do
  case $1 in
    --runtime) runtime=${2:?--runtime needs a runtime identifier, such as linux-arm64}; shift 2 ;;
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    archive | wheel | npm | deb | packages) parts+=("$1"); shift ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(archive wheel npm deb packages)

around=()
for part in "${parts[@]}"; do
  case $part in
    packages)
      for project in Core Build Cli; do
        dotnet pack "src/TinyReorder.$project" -c Release -o "$output" --nologo -v quiet
      done ;;
    deb)
      if command -v dpkg-deb >/dev/null && [[ $runtime == linux-x64 || $runtime == linux-arm64 ]]; then
        around+=(deb)
      else
        echo "no .deb: it needs dpkg-deb, and Linux with glibc" >&2
      fi ;;
    *) around+=("$part") ;;
  esac
done
if [ ${#around[@]} -gt 0 ]; then
  published=artifacts/publish/$runtime
  # What the analyzers say of the sources the usual build tells.
  dotnet publish src/TinyReorder.Cli -c Release -r "$runtime" -o "$published" -p:RunAnalyzers=false --nologo -v quiet
  native=(); [ "$runtime" != "$own" ] || native=(--native)
  python3 tools/release/release.py --runtime "$runtime" "${native[@]}" --published "$published" --output "$output" "${around[@]}"
fi
python3 tools/release/checksums.py "$output"
