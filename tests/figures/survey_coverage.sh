#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# survey_coverage.sh BUILD_FOLDER [SAMPLES]: 2,000 samples of 5,000 from a made-up status survey; writes
# tests/figures/results/survey_coverage.csv.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
out="$here/results/survey_coverage.csv"
"$build/bin/twinfirm_survey_coverage" "${2:-2000}" "$out" "${COMMIT:-$(git -C "$here" rev-parse --short HEAD)}" "$(date -I)"
