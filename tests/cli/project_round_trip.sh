#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 new "평가 자료.twinfirm"
cli 4 new "평가 자료.twinfirm"
cli 0 --lang ko import "$samples/demo3000/panel.csv" --project "평가 자료.twinfirm" --table panel --save-plan plan.json
expect "the audit says how many rows were read and stored" grep -q "21485" stdout
cli 0 import "$samples/demo3000/panel.csv" --project "평가 자료.twinfirm" --table panel --plan plan.json
cli 0 export-table panel --project "평가 자료.twinfirm" --out exported.csv
expect "every row is there and a header" test "$(wc -l <exported.csv)" -eq 21486

# Text that a spreadsheet would run as a formula goes out with an apostrophe and comes back without it.
printf 'code,remark\n001,=1+1\n002,@x\n003,plain\n' >formulas.csv
cli 0 import formulas.csv --project "평가 자료.twinfirm" --table formulas
cli 0 export-table formulas --project "평가 자료.twinfirm" --out guarded.csv
expect "formulas are guarded" grep -q "'=1+1" guarded.csv
cli 0 import guarded.csv --project "평가 자료.twinfirm" --table formulas_again
cli 0 export-table formulas_again --project "평가 자료.twinfirm" --out raw.csv --raw
expect "and come back as they were" grep -q "001,=1+1" raw.csv

# What was exported comes in again as the same values.
cli 0 import exported.csv --project "평가 자료.twinfirm" --table again
cli 0 export-table again --project "평가 자료.twinfirm" --out exported_again.csv
expect "exported twice, the same bytes" cmp exported.csv exported_again.csv
finish
