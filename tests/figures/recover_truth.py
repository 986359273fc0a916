#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the matched difference-in-differences find the truth, and does the naive number not?

For each seed: the synthetic ministry files of all 163,273 firms, the whole study, and z = (estimate - truth) / SE of
ln sales for k = 0..3 years since adoption, beside the adopters' own before/after change.

    tests/figures/recover_truth.py CLI OUT [--seeds 1,2,3] [--firms N]

Writes OUT/recover_truth.json with commit and date. A seed that is done is not run again.
"""
import argparse, csv, datetime, json, math, pathlib, subprocess

arguments = argparse.ArgumentParser()
arguments.add_argument("cli")
arguments.add_argument("out", type=pathlib.Path)
arguments.add_argument("--seeds", default="1,2,3")
arguments.add_argument("--firms", default="163273")
options = arguments.parse_args()
options.out.mkdir(parents=True, exist_ok=True)
commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
record_file = options.out / "recover_truth.json"
record = json.loads(record_file.read_text()) if record_file.exists() else {}

for seed in options.seeds.split(","):
    key = f"{commit} {options.firms} {seed}"
    if key in record:
        continue
    data, result = options.out / f"data{seed}", options.out / f"result{seed}"
    subprocess.run([options.cli, "demo", "--out", data, "--seed", seed, "--firms", options.firms], check=True,
                   capture_output=True)
    subprocess.run([options.cli, "run", data / "study.json", "--out", result, "--quiet"], check=True,
                   capture_output=True)
    with open(data / "truth_average.csv", encoding="utf-8-sig") as file:
        truth = {int(row["event_time"]): float(row["ln_sales"]) for row in csv.DictReader(file) if row["cohort"] == "all"}
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
    record[key] = {"date": datetime.date.today().isoformat(), "rows": rows,
                   "seconds": json.loads((result / "run.json").read_text())["seconds"],
                   "peak_memory_bytes": json.loads((result / "run.json").read_text())["peak_memory_bytes"]}
    record_file.write_text(json.dumps(record, indent=1) + "\n")

for key, entry in record.items():
    print(key, entry["date"], entry["seconds"], entry["peak_memory_bytes"] // 2**20, "MiB")
    for row in entry["rows"]:
        covers = row["naive_low"] <= row["truth_percent"] <= row["naive_high"]
        print(f"  k={row['k']}: {row['estimate']:.4f} ({row['std_error']:.4f}), truth {row['truth']:.4f}, z {row['z']:+.2f};"
              f" naive {100 * row['naive']:+.1f} % [{100 * row['naive_low']:.1f}, {100 * row['naive_high']:.1f}],"
              f" truth {100 * row['truth_percent']:+.1f} % {'inside' if covers else 'outside'}")
