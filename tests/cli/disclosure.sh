#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 demo --out made --firms 500 --seed 4
cli 0 --lang en run made/study.json --out protected --project study.twinfirm
expect "the protection is told of" grep -q "0 recovered by the audit" stdout
expect "and stands in the result" grep -q '"recovered": 0' protected/result.json
expect "no list of firms leaves" test ! -e protected/lists
cli 0 verify protected/result.json --project study.twinfirm

# Overriding needs a reason, which stands in the result and in the record.
cli 2 run made/study.json --out open --project study.twinfirm --no-protect
cli 2 run made/study.json --out open --project study.twinfirm --no-protect --reason " "
cli 2 run made/study.json --out open --project study.twinfirm --reason "why"
expect "nothing was written" test ! -e open/result.json
cli 0 --lang ko run made/study.json --out open --project study.twinfirm --no-protect --reason "위원회 승인 12호"
expect "the reason in the result" grep -q "위원회 승인 12호" open/result.json
expect "the lists of firms" test -n "$(ls open/lists)"
expect "the same design" test "$(grep '"specification_hash"' protected/result.json | head -n 1)" = "$(grep '"specification_hash"' open/result.json | head -n 1)"
expect "more numbers" test "$(grep -c '"X"' open/result.json)" -lt "$(grep -c '"X"' protected/result.json)"
cli 0 verify open/result.json --project study.twinfirm
expect "both exports are recorded" test "$(grep -a -o '"kind":"export"' study.twinfirm | wc -l)" -ge 2
expect "with the reason" grep -a -q '"protected":false,"reason":"위원회 승인 12호"' study.twinfirm
expect "and the digest of each file" grep -a -q "\"name\":\"result.json\",\"sha256\":\"$(sha256sum open/result.json | cut -d' ' -f1)" study.twinfirm

# Protected again into the same folder: the lists of firms do not stay behind.
cli 0 run made/study.json --out open --project study.twinfirm
expect "no list stays behind" test -z "$(ls open/lists 2>/dev/null)"
finish
