#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills imports at random moments, half of them in the commit: kill_import.sh [BUILD_DIR] [KILLS]
# Exit 0: after every kill the project opened, and the import was whole or absent.
set -eu
build=${1:-build/release}
kills=${2:-200}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
TWINFIRM_KILLS=$kills "$build/bin/twinfirm_store_tests" --gtest_filter='KillTest.*' --gtest_output="json:$log"
grep -E '"(kills|whole|notices)":' "$log"
