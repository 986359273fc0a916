#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the matched difference-in-differences find the truth, and does the naive number not?

For each seed and method: the synthetic ministry files of all 163,273 firms, the whole study, and z = (estimate -
truth) / SE of ln sales for k = 0..3 years since adoption, beside the adopters' own before/after change.

    tests/figures/recover_truth.py CLI OUT [--seeds 1,2,3] [--firms N] [--methods nearest,full,ipw,...] [--check]

The method `study` is the study file as it is. Writes OUT/recover_truth.json with commit and date; what is done is not
run again. With --check everything is run, and the program fails where an estimate is 3 standard errors or more from the truth.
"""
import argparse, csv, datetime, json, math, pathlib, shutil, subprocess, sys

arguments = argparse.ArgumentParser()
arguments.add_argument("cli")
arguments.add_argument("out", type=pathlib.Path)
arguments.add_argument("--seeds", default="1,2,3")
arguments.add_argument("--firms", default="163273")
arguments.add_argument("--methods", default="study")
arguments.add_argument("--check", action="store_true")
options = arguments.parse_args()

# What each method changes of the study's matching. CEM and exact matching need no score.
METHODS = {
    "study": None,
    "nearest": {"method": "nearest", "caliper": 0.2},
    "replacement": {"method": "nearest", "caliper": 0.2, "replace": True},
    "optimal": {"method": "optimal", "caliper": 0.2},
    "full": {"method": "full"},
    "quick": {"method": "quick"},
    "subclass": {"method": "subclass", "subclasses": 20},
    "cem": {"method": "cem"},
    "kernel": {"method": "kernel"},
    **{name: {"method": "weighting", "weighting": name} for name in ("ipw", "entropy", "cbps")},
}


def study_file(folder, method):
    """The study of the folder, or one by another method beside it."""
    if METHODS[method] is None:
        return folder / "study.json"
    study = json.loads((folder / "study.json").read_text())
    matching = study["specification"].setdefault("matching", {})
    matching.update({"caliper": None, "exact": [], **METHODS[method]})
    file = folder / f"study-{method}.json"
    file.write_text(json.dumps(study, ensure_ascii=False))
    return file


# A test looks at the program as it is now, not at what was made or measured once.
if options.check:
    shutil.rmtree(options.out, ignore_errors=True)
options.out.mkdir(parents=True, exist_ok=True)
commit = "unknown"
if shutil.which("git"):
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    commit = head.stdout.strip() or commit
record_file = options.out / "recover_truth.json"
record = json.loads(record_file.read_text()) if record_file.exists() else {}

wanted = []
for seed in options.seeds.split(","):
    data = options.out / f"data{seed}"
    for method in options.methods.split(","):
        key = f"{commit} {options.firms} {seed} {method}"
        wanted.append(key)
        if key in record:
            continue
        result = options.out / f"result{seed}-{method}"
        if not (data / "truth_average.csv").exists():
            subprocess.run([options.cli, "demo", "--out", data, "--seed", seed, "--firms", options.firms], check=True,
                           capture_output=True)
        subprocess.run([options.cli, "run", study_file(data, method), "--out", result, "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(data / "truth_average.csv", encoding="utf-8-sig") as file:
            truth = {int(row["event_time"]): float(row["ln_sales"]) for row in csv.DictReader(file)
                     if row["cohort"] == "all"}
        evaluation = json.loads((result / "result.json").read_text())
        rows = []
        for row in evaluation["effects"]:
            k = row["event_time"]
            if (row["outcome"], row["estimator"], row["group"]["breakdown"]) != ("sales", "did", "") or k not in truth:
                continue
            effect = row["effect"]
            naive = next(b["ratio_of_sums"] for b in evaluation["before_after"]
                         if b["outcome"] == "sales" and b["event_time"] == k and b["group"]["breakdown"] == "")
            rows.append({"k": k, "truth": truth[k], "estimate": effect["estimate"], "std_error": effect["std_error"],
                         "z": (effect["estimate"] - truth[k]) / effect["std_error"], "naive": naive["estimate"],
                         "naive_low": naive["ci_low"], "naive_high": naive["ci_high"],
                         "truth_percent": math.exp(truth[k]) - 1})
        run = json.loads((result / "run.json").read_text())
        record[key] = {"date": datetime.date.today().isoformat(), "rows": rows, "seconds": run["seconds"],
                       "peak_memory_bytes": run["peak_memory_bytes"]}
        record_file.write_text(json.dumps(record, indent=1) + "\n")

for key, entry in record.items():
    print(key, entry["date"], entry["seconds"], entry["peak_memory_bytes"] // 2**20, "MiB")
    for row in entry["rows"]:
        covers = row["naive_low"] <= row["truth_percent"] <= row["naive_high"]
        print(f"  k={row['k']}: {row['estimate']:.4f} ({row['std_error']:.4f}), truth {row['truth']:.4f}, z {row['z']:+.2f};"
              f" naive {100 * row['naive']:+.1f} % [{100 * row['naive_low']:.1f}, {100 * row['naive_high']:.1f}],"
              f" truth {100 * row['truth_percent']:+.1f} % {'inside' if covers else 'outside'}")

if options.check:
    far = [key for key in wanted if len(record[key]["rows"]) < 4 or
           not all(abs(row["z"]) < 3 for row in record[key]["rows"])]
    if far:
        sys.exit("3 standard errors or more from the truth, or without it: " + ", ".join(far))
