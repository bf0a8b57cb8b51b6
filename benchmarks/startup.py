"""Processor time and memory of whole runs of the tool: python3 benchmarks/startup.py MODEL... -- TOOL [--and TOOL]

A TOOL is a command line in one word, such as "dotnet tinyreorder.dll". Each run is a process of its own; the tools take turns, and the median of
the runs is printed.
"""

import os
import shlex
import statistics
import subprocess
import sys
import tempfile

RUNS = 5


def run(line):
    """Milliseconds of processor time, and the most memory in MB."""
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(line, stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("%s fails" % " ".join(line))
    return 1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024


def main(words):
    split = words.index("--")
    models, tools = words[:split], [shlex.split(tool) for tool in words[split + 1:] if tool != "--and"]
    with tempfile.TemporaryDirectory() as folder:
        for model in models:
            for command in (["analyze", model], ["optimize", model, "--header", folder]):
                runs = [[] for _ in tools]
                for _ in range(RUNS):
                    for tool, results in zip(tools, runs):
                        results.append(run(tool + command))
                for tool, results in zip(tools, runs):
                    milliseconds, megabytes = (statistics.median(column) for column in zip(*results))
                    names = (os.path.basename(model), command[0], os.path.basename(tool[-1]))
                    print("%-36s %-9s %-24s %7.0f ms %6.0f MB" % (*names, milliseconds, megabytes), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
