#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills imports at random moments, half of them in the commit: kill_import.sh STORE_TESTS [KILLS]
# After every kill the project opened, the import was whole or absent, no empty table and no file was left, and the next
# start said what had been undone. The store knows one journal mode only (a rollback journal; projects in write-ahead
# mode are refused as damaged), so there is no second one to try. FIGURES=FOLDER writes kill_import.json there.
. "$(dirname "$0")/fault_session.sh"
trap 'rm -rf "$folder"' EXIT
TWINFIRM_KILLS=${2:-200} "$1" --gtest_brief=1 --gtest_filter='KillTest.*' --gtest_output="json:$folder/log" ||
    fault "see above"
echo "kills $(property kills), then the import was whole $(property whole) times, undone and told $(property notices)"
figures kill_import "\"journal_modes\": [\"delete\"], \"kills\": $(property kills), \"whole\": $(property whole), \"told\": $(property notices)"
finish
