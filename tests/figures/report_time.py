#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""report_time.py CLI STUDY.json [RUNS]: seconds to write the reports of a study (PDF, XLSX, HWPX) and its charts (PNG
at 300 dpi, SVG, PDF), as run.json tells them; the median of some runs with the load of the machine. Adds a line to
tests/figures/results/report_time.jsonl. A run whose line stands there for this commit is not made again."""
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
target = here / "results" / "report_time.jsonl"


def measure(cli, study, options, runs):
    seconds, charts, pictures, processor = [], 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs):
            out = pathlib.Path(folder) / str(run)
            before = os.times()
            subprocess.run([cli, "run", study, "--out", out, "--project", f"{folder}/study.twinfirm", "--quiet"] + options,
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            after = os.times()
            processor.append(after.children_user + after.children_system - before.children_user - before.children_system)
            seconds.append(json.loads((out / "run.json").read_text())["seconds"]["write"])
            charts = len(list((out / "charts").glob("*.json")))
            pictures = sum(1 for file in (out / "charts").iterdir() if file.suffix != ".json")
    return {"write_seconds": round(statistics.median(seconds), 2), "least": round(min(seconds), 2),
            "processor_seconds_of_the_run": round(statistics.median(processor), 2), "charts": charts, "pictures": pictures}


def main():
    cli, study = os.path.abspath(sys.argv[1]), sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    commit = os.environ.get("COMMIT") or subprocess.run(["git", "-C", here, "rev-parse", "--short", "HEAD"], check=True,
                                                        capture_output=True, text=True).stdout.strip()
    known = [json.loads(line) for line in target.read_text().splitlines()] if target.exists() else []
    for what, options in (("reports and charts", []), ("reports alone", ["--pictures", ""]),
                          ("press release and a report for each province", ["--pictures", "", "--report", "press-release",
                                                                           "--batch", "region"])):
        study_name = pathlib.Path(study).parent.name
        if any(row["commit"] == commit and row["what"] == what and row["study"] == study_name for row in known):
            continue
        load = round(os.getloadavg()[0], 1)
        row = {"what": what, "study": study_name, "runs": runs, **measure(cli, study, options, runs), "load": load,
               "commit": commit, "date": datetime.date.today().isoformat()}
        with target.open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(json.dumps(row))


main()
