#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# disclosure.sh BUILD_FOLDER: measures disclosure control and writes tests/figures/results/disclosure.csv.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="${1:?BUILD_FOLDER}"
exec "$build/bin/twinfirm_disclosure_figures" "$here/results/disclosure.csv" \
    "$(git -C "$here" rev-parse --short HEAD)" "$(date -I)"
