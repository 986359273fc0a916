#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 --lang ko run "$samples/demo3000/study.json" --out first
for file in result.json run.json tables/balance.csv charts/love_plot.json; do
    expect "$file is written" test -s "first/$file"
done
LC_ALL=C cli 0 run "$samples/demo3000/study.json" --out second --threads 1
expect "the same bytes in another locale and with one thread" cmp first/result.json second/result.json
cli 0 verify first/result.json --project first/study.twinfirm
sed 's/"firms": 3000/"firms": 3001/' first/result.json >changed.json
cli 1 verify changed.json --project first/study.twinfirm
expect "the difference is named" grep -q "/data/firms" stdout

cli 0 demo --out made --firms 400 --seed 3
cli 0 demo --out made_again --firms 400 --seed 3
expect "the same seed gives the same files" diff -r made made_again
finish
