#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# window_gaps.sh BUILD_FOLDER [DEMO_FOLDER]: how long the window keeps its user waiting; adds to
# tests/figures/results/window_gaps.csv. What stands there for this commit already is not measured again. The demo folder
# (163,273 firms; kept for the next time) is written where it is not there yet. To be run on a quiet machine: the load
# before each part is in the file. GROUP_NICE=-15 (by root, where Linux schedules by session) lets the benchmark go before
# the sessions of others on a machine that is shared.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
demo="${2:-}"
out="$here/results/window_gaps.csv"
group_nice="${GROUP_NICE:-0}"
commit="${COMMIT:-$(git -C "$here" rev-parse --short HEAD)}"
[ -f "$out" ] || echo "commit,date,load,group_nice,part,phase,seconds,longest_ms,p99_ms,turns,own_ms,queued_ms,other_longest_ms" > "$out"

measure() {
  local part="$1" load lines
  shift
  grep -q "^$commit,[^,]*,[^,]*,$group_nice,$part," "$out" && return 0
  load="$(cut -d' ' -f1 /proc/loadavg)"
  lines="$("$@" 2>/dev/null | grep -E "^[a-z]+,[^,]+,[0-9.]+,")"
  sed "s/^/$commit,$(date -I),$load,$group_nice,/" <<< "$lines" >> "$out"
}

benchmark() {
  setsid -w bash -c '[ "$0" = 0 ] || echo "$0" > /proc/$$/autogroup; exec "$@"' "$group_nice" \
    "$build/bin/twinfirm_window_benchmark" "$@"
}

start_five_times() {
  for _ in 1 2 3 4 5; do benchmark start; done
}

measure start start_five_times
measure rows benchmark rows
measure study benchmark study 163273 ${demo:+"$demo"}
