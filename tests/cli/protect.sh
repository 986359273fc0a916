#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cat >counts.csv <<'CSV'
규모,유형,업체수
10인 미만,가,40
10인 미만,나,2
10인 미만,다,30
10인 이상,가,25
10인 이상,나,18
10인 이상,다,12
CSV
cli 0 --lang ko protect counts.csv --out shown.csv --audit audit.json
expect "the table with its margins, an empty line and the legend" test "$(wc -l <shown.csv)" -eq 15
expect "four cells are hidden" test "$(grep -c ',X$' shown.csv)" -eq 4
expect "the small one" grep -q "^10인 미만,나,X$" shown.csv
expect "no total" grep -q "^합계,합계,127$" shown.csv
expect "the legend" grep -q "X: 비밀보호" shown.csv
expect "the audit recovers nothing" grep -q '"recovered": 0' audit.json
expect "why the cell is hidden" grep -q '"reason": "frequency"' audit.json
expect "the table does not tell which cell is the sensitive one" test "$(grep -c sensitive shown.csv)" -eq 0

# The order of rows does not matter, the language does for the words only.
{ head -n 1 counts.csv; tail -n +2 counts.csv | sort -r; } >turned.csv
cli 0 --lang ko protect turned.csv --out turned_shown.csv
expect "the same bytes" cmp shown.csv turned_shown.csv
cli 0 --lang en protect counts.csv --out english.csv
expect "the English legend" grep -q "X: withheld" english.csv
expect "the English total" grep -q "^Total,Total,127$" english.csv

# Sums with the largest contributions, a hierarchy of regions.
cat >sums.csv <<'CSV'
province,district,industry,count,value,largest,second
A,a1,metal,9,900,150,130
A,a1,food,8,760,140,120
A,a2,metal,10,1100,160,140
A,a2,food,3,5000,4700,200
B,b1,metal,20,2100,180,170
B,b1,food,11,1000,160,150
CSV
cli 0 --lang en protect sums.csv --dimension province:district --dimension industry --out sums_shown.csv --audit sums.json
expect "the dominated cell is hidden" grep -q "^A,a2,food,X$" sums_shown.csv
expect "by the p% rule" grep -q '"reason": "p_percent"' sums.json
expect "and not recovered" grep -q '"recovered": 0' sums.json
expect "counts are not written beside the sums" grep -q "^.*province,district,industry,value$" sums_shown.csv
expect "nine codes by three" test "$(grep -c ',' sums_shown.csv)" -ge 19

# Linked tables as cells and sums.
cat >linked.json <<'JSON'
{"cells": {"a": {"value": 2}, "b": {"value": 30}, "c": {"value": 50}, "all": {"value": 82}, "x": {"value": 60},
           "y": {"value": 22}},
 "sums": [["all", ["a", "b", "c"]], ["all", ["x", "y"]]]}
JSON
cli 0 --json protect linked.json --out linked.csv
expect "one cell more" grep -q '"complementary": 1' stdout
expect "the small cell and the next" test "$(grep -c '^[ab],X$' linked.csv)" -eq 2

# Overriding needs a reason, which stands in both files.
cli 2 protect counts.csv --out open.csv --override " "
cli 0 protect counts.csv --out open.csv --audit open.json --override "위원회 승인 12호"
expect "every number" test "$(grep -c ',X$' open.csv)" -eq 0
expect "the reason in the table" grep -q "위원회 승인 12호" open.csv
expect "the reason in the audit" grep -q "위원회 승인 12호" open.json
expect "what is given away" grep -q '"audit": "shown"' open.json

# Other rules; what is wrong.
cli 0 protect counts.csv --out strict.csv --minimum 26 --dominance 1,60 --p-percent 20
expect "more is hidden" test "$(grep -c ',X$' strict.csv)" -gt 4
cli 2 protect counts.csv --out x.csv --count 없음
cli 2 protect counts.csv --out x.csv --minimum 0
cli 2 protect counts.csv --out x.csv --dominance 3,80
cli 3 protect counts.csv --out x.csv --count 규모
cli 4 protect nowhere.csv --out x.csv
cat counts.csv counts.csv | awk 'NR == 1 || !/업체수/' >twice.csv
cli 3 protect twice.csv --out x.csv
echo '{"cells": []}' >bad.json
cli 3 protect bad.json --out x.csv
expect "nothing was written" test ! -e x.csv
cli 4 protect counts.csv --out /nowhere/x.csv
finish
