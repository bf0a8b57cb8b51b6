#!/usr/bin/env node
"use strict";

const { spawnSync } = require("child_process");
const { constants } = require("os");
const { executable } = require("./index.js");

let run;
try {
  run = spawnSync(executable(), process.argv.slice(2), { stdio: "inherit" });
  if (run.error) throw run.error;
} catch (error) {
  console.error(`tinyreorder : error: ${error.message}`);
  process.exit(70);
}
process.exit(run.signal ? 128 + constants.signals[run.signal] : run.status);
