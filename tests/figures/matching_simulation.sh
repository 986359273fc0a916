#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# matching_simulation.sh BUILD_FOLDER [REPLICATIONS]: runs the simulation of the matching and weighting estimators (2,000
# samples of each design) and writes tests/figures/results/matching_simulation.csv. A broken run goes on where it stopped.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
exec "$build/bin/twinfirm_matching_simulation" "$here/results/matching_simulation.csv" "${2:-2000}" \
    "$(git -C "$here" rev-parse --short HEAD)" "$(date -I)"
