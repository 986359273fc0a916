#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# group_simulation.sh BUILD_FOLDER [REPLICATIONS]: runs the simulation of the tests of groups (2,000 samples of each
# design) and writes tests/figures/results/group_simulation.csv.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
exec "$build/bin/twinfirm_group_simulation" "$here/results/group_simulation.csv" "${2:-2000}" \
    "$(git -C "$here" rev-parse --short HEAD)" "$(date -I)"
