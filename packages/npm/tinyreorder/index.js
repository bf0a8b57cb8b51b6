"use strict";

// The packages with executables, by process.platform, process.arch and, on Linux, the C library.
const PACKAGES = {
  "linux x64 glibc": "@tinyreorder/linux-x64",
  "linux x64 musl": "@tinyreorder/linux-x64-musl",
  "linux arm64 glibc": "@tinyreorder/linux-arm64",
  "win32 x64": "@tinyreorder/win32-x64",
  "darwin x64": "@tinyreorder/darwin-x64",
  "darwin arm64": "@tinyreorder/darwin-arm64",
};

function platform() {
  if (process.platform !== "linux") return `${process.platform} ${process.arch}`;
  process.report.excludeNetwork = true;
  // Node.js names the version of glibc in its report where it runs on one.
  const { glibcVersionRuntime } = process.report.getReport().header;
  return `linux ${process.arch} ${glibcVersionRuntime ? "glibc" : "musl"}`;
}

/** The path of the executable for this machine. Throws where there is none. */
function executable() {
  const name = PACKAGES[platform()];
  if (!name) throw new Error(`there is no executable for ${platform()}; "dotnet tool install --global tinyreorder" runs wherever .NET does`);
  try {
    return require.resolve(`${name}/tinyreorder${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    throw new Error(`the package ${name} is not installed; install tinyreorder without --omit=optional (--no-optional)`);
  }
}

module.exports = { executable };
