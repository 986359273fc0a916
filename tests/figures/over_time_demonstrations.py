#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of a study over time see, and what they do not.

Four made-up registers: `plain` (the truth can be found), `zero` (adoption does nothing), `hidden` (a trait nobody measured
raises growth and the chance to adopt) and `dip` (firms adopt because the year of adoption is good). For each: the matched and the
staggered effect beside the truth, leads, test of trends before adoption, placebo two years earlier, breakdown by relative
magnitudes and Rosenbaum's Gamma.

    tests/figures/over_time_demonstrations.py CLI OUT [--seeds 1] [--firms 163273]

Writes OUT/over_time_demonstrations.json. The data are made once for each kind and seed.
"""
import argparse, csv, json, math, pathlib, subprocess

arguments = argparse.ArgumentParser()
arguments.add_argument("cli")
arguments.add_argument("out", type=pathlib.Path)
arguments.add_argument("--seeds", default="1")
arguments.add_argument("--firms", default="163273")
arguments.add_argument("--kinds", default="plain,zero,hidden,dip")
options = arguments.parse_args()

KINDS = {"plain": [], "zero": ["--effect", "0"], "hidden": ["--hidden", "3"], "dip": ["--same-year-selection"]}


def study_of(folder):
    study = json.loads((folder / "study.json").read_text())
    specification = study["specification"]
    specification["outcomes"] = [o for o in specification["outcomes"] if o["key"] == "sales"]
    specification["breakdowns"] = [b for b in specification["breakdowns"] if b["key"] == "size"]
    specification["process_kpis"] = []
    specification["staggered"] = {"enabled": True, "score_covariates": True}
    specification["over_time"] = {"tests": True, "placebo_years": 2, "alternatives": True}
    file = folder / "study-over-time.json"
    file.write_text(json.dumps(study, ensure_ascii=False))
    return file


def truth_of(folder):
    with open(folder / "truth_average.csv", encoding="utf-8-sig") as file:
        return {int(row["event_time"]): float(row["ln_sales"]) for row in csv.DictReader(file) if row["cohort"] == "all"}


def measured(result, truth):
    over_time = result["over_time"]
    path = over_time["matched"][0]
    staggered = over_time["staggered"][0]
    dynamic = next(a for a in staggered["aggregates"] if a["kind"] == "dynamic")
    leads = [p for p in path["by"] if p["at"] < 0]
    after = [p for p in path["by"] if p["at"] >= 0]
    return {
        "matched": [{"k": p["at"], "estimate": p["estimate"], "std_error": p["std_error"],
                     "z": (p["estimate"] - truth.get(p["at"], 0)) / p["std_error"]} for p in leads + after],
        "staggered": [{"k": p["at"], "estimate": p["estimate"], "std_error": p["std_error"],
                       "z": (p["estimate"] - truth.get(p["at"], 0)) / p["std_error"]}
                      for p in dynamic["by"] if p["std_error"] is not None and -3 <= p["at"] <= 3],
        "pretrend_matched": path["tests"]["pretrend"]["p_value"],
        "pretrend_staggered": staggered["tests"]["pretrend"]["p_value"],
        "breakdown_matched": path["tests"]["relative_magnitudes"][-1]["breakdown"],
        "breakdown_staggered": staggered["tests"]["relative_magnitudes"][-1]["breakdown"],
        "slope": [path["tests"]["trend"][key] for key in ("slope", "ci_low", "ci_high")],
        "placebos": [{"design": p["design"], "estimate": p["effect"]["estimate"], "p_value": p["effect"]["p_value"]}
                     for p in over_time["placebos"]],
        "gamma": result["sensitivity"][0]["largest_gamma"] if result["sensitivity"] else None,
        "designs": {d["design"]: d["effect"]["estimate"] for d in over_time["designs"]},
        "truth": truth,
    }


options.out.mkdir(parents=True, exist_ok=True)
record = {}
for kind in options.kinds.split(","):
    for seed in options.seeds.split(","):
        folder = options.out / f"{kind}{seed}"
        if not (folder / "truth_average.csv").exists():
            subprocess.run([options.cli, "demo", "--out", folder, "--seed", seed, "--firms", options.firms, *KINDS[kind]],
                           check=True, capture_output=True)
        result = options.out / f"result-{kind}{seed}"
        subprocess.run([options.cli, "run", study_of(folder), "--out", result, "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        found = measured(json.loads((result / "result.json").read_text()), truth_of(folder))
        record[f"{kind} {seed}"] = found
        text = lambda value: "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
        print(f"{kind}, seed {seed}: p before {text(found['pretrend_matched'])} matched, "
              f"{text(found['pretrend_staggered'])} staggered; breakdown {text(found['breakdown_matched'])}; "
              f"Gamma {text(found['gamma'])}; a year {' '.join(text(v) for v in found['slope'])}")
        for design in ("matched", "staggered"):
            for row in found[design]:
                print(f"  {design} k={row['k']:+d}: {row['estimate']:.4f} ({row['std_error']:.4f}), "
                      f"truth {found['truth'].get(row['k'], 0):.4f}, z {row['z']:+.2f}")
        for row in found["placebos"]:
            print(f"  placebo {row['design']}: {text(row['estimate'])}, p {text(row['p_value'])}")
        print("  designs: " + ", ".join(f"{name} {text(value)}" for name, value in found["designs"].items()))
(options.out / "over_time_demonstrations.json").write_text(json.dumps(record, indent=1) + "\n")
