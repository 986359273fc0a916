#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 demo --out made --firms 900 --seed 4
cli 0 --lang en balance made/study.json --project study.twinfirm
cp stdout shown
expect "the flow of the firms" grep -q -i "matched" shown
expect "the balance" grep -q "Standardized mean difference\|SMD" shown
expect "that nothing is recorded" grep -q "no outcome\|No outcome" shown
expect "no effect" test "$(grep -c -i "confidence" shown)" -eq 0
cli 0 --json balance made/study.json --project study.twinfirm
cp stdout alone.json
expect "no effects in JSON either" test "$(grep -c '"effects"\|"before_after"' alone.json)" -eq 0

# The design can still be locked before any result was seen, and the run has the same balance.
cli 0 --json lock made/study.json --project study.twinfirm
expect "locked before results" grep -q '"before_results": true' stdout
cli 0 run made/study.json --out out --project study.twinfirm --format csv --pictures ""
if command -v python3 >/dev/null; then
    expect "the balance of the run" python3 -c "
import json
a, b = json.load(open('alone.json')), json.load(open('out/result.json'))
assert all(a[k] == b[k] for k in ('flow', 'size', 'reasons', 'cohorts', 'overlap', 'balance'))"
fi
cli 2 balance made/study.json
cli 4 balance made/none.json --project study.twinfirm
finish
