#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 demo --out made --firms 900 --seed 4
cli 0 --lang en run made/study.json --out batch --project study.twinfirm --batch region --format html --pictures ""
expect "the national report" test -s batch/report.html
expect "an index" test -s batch/index.csv
groups=$(($(wc -l <batch/index.csv) - 1))
expect "a report a group" test "$(ls batch/groups/*/report.html | wc -l)" -eq "$groups"
expect "with its tables" test "$(ls batch/groups/*/tables/press_process.csv | wc -l)" -eq "$groups"
expect "the groups are provinces" grep -q '^경기,' batch/index.csv
expect "a small one is told of" test "$(grep -c ',no,' batch/index.csv)" -gt 0
small=$(grep ',no,' batch/index.csv | head -n 1 | sed 's/.*,//' | tr -d '\r')
expect "and says why it has no effects" grep -q "too few matched adopters" "batch/$small/report.html"
expect "one joint protection" grep -q '"recovered": 0' batch/result.json
expect "the reports of the groups are recorded" grep -a -q '"name":"groups/01_[^"]*/report.html"' study.twinfirm
cli 0 verify batch/result.json --project study.twinfirm

# Reports under an older protection do not stay beside new ones.
cli 0 run made/study.json --out batch --project study.twinfirm --format csv --pictures ""
expect "no report of the batch stays behind" test ! -e batch/groups -a ! -e batch/index.csv
expect "nor was one written" test ! -e batch/report.pdf
cli 2 run made/study.json --out other --batch no_such_column
cli 2 run made/study.json --out other --format docx
cli 2 run made/study.json --out other --dpi 100
finish
