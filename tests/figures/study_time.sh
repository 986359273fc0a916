#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# study_time.sh BUILD_FOLDER DEMO_FOLDER [TIMES]: the full study of 163,273 firms over 8 years, from the project file to the
# text of result.json, TIMES times (5); adds to tests/figures/results/study_time.csv. The demo folder (kept for the next
# time) is written where it is not there yet. To be run on a quiet machine: the load before is in the file.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
demo="${2:?DEMO_FOLDER}"
out="$here/results/study_time.csv"
commit="${COMMIT:-$(git -C "$here" rev-parse --short HEAD)}"
[ -f "$demo/study.json" ] || "$build/bin/twinfirm-cli" demo --out "$demo"
[ -f "$out" ] || echo "commit,date,load,seconds,processor_seconds,peak_mb" > "$out"
load="$(cut -d' ' -f1 /proc/loadavg)"
"$build/bin/twinfirm_study_benchmark" "$demo" "${3:-5}" |
  sed -nE "s/^full study +([0-9.]+) s, processor +([0-9.]+) s .*peak ([0-9]+) MB$/$commit,$(date -I),$load,\1,\2,\3/p" >> "$out"
