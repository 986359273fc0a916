#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

# A panel of 90 firms over six years; every third adopts in 2019 or 2020, with an effect of 2.
awk 'BEGIN {
    print "firm,year,adopted,size,sales"
    for (i = 1; i <= 90; ++i) for (y = 2016; y <= 2021; ++y) {
        g = i % 3 == 0 ? 2019 + i % 2 : 0
        noise = (i * 37 + y * 101) % 17 / 17
        print "K" (1000 + i) "," y "," g "," i % 5 "," 10 + i % 7 + y - 2016 + noise + (g && y >= g ? 2 : 0)
    }
}' >panel.csv
keys="--id firm --time year --first-treated adopted"
columns="$keys --outcome sales"

cli 0 did panel.csv $columns --out a
for file in att_gt.csv aggregates.csv pretrend.json; do expect "$file is written" test -s "a/$file"; done
expect "the columns of att_gt.csv" grep -q "group,time,att,std_error,ci_low,ci_high,band_low,band_high,n," a/att_gt.csv
expect "two groups and five years" test "$(tail -n +2 a/att_gt.csv | wc -l)" -eq 10
expect "an overall effect near 2" awk -F, '$1 ~ /simple/ && $3 > 1.8 && $3 < 2.2 {found = 1} END {exit !found}' \
    a/aggregates.csv

# However the years and the firms that never adopt are written, the numbers are the same.
awk -F, 'NR > 1 && $3 == 0 {$3 = ""} {print $1 "," $2 "," $3 "," $4 "," $5}' panel.csv >empty.csv
awk -F, 'NR > 1 {$2 = $2 ".0"; $3 = $3 ".0"} {print $1 "," $2 "," $3 "," $4 "," $5}' panel.csv >decimal.csv
awk -F, 'NR > 1 {$3 = $3 ? $3 "년" : "미도입"} {print $1 "," $2 "," $3 "," $4 "," $5}' panel.csv >text.csv
{ head -n 1 panel.csv; tail -n +2 panel.csv | sort -t, -k5,5; } >sorted.csv
for kind in empty decimal text sorted; do
    cli 0 did $kind.csv $columns --threads 2 --out $kind
    for file in att_gt.csv aggregates.csv; do
        expect "$kind: the same bytes of $file" cmp "a/$file" "$kind/$file"
    done
done

# Every choice is understood.
for estimator in dr reg ipw; do cli 0 did panel.csv $columns --formula "~ size" --estimator $estimator --out b; done
cli 0 did panel.csv $columns --control not-yet --base universal --anticipation 1 --panel pairs --out b
cli 0 did panel.csv $keys --balance-e 1 --placebo 1 --bootstrap 0 --outcome "log(sales)" --out b
expect "the placebo is told" grep -q '"years_earlier": 1' b/pretrend.json
cli 0 did panel.csv $columns --json --out b
expect "one JSON object" grep -q '"pretrend_p_value"' stdout

# What cannot be done is named.
cli 2 did panel.csv $keys --outcome nothing --out b
cli 2 did panel.csv $columns --control sometimes --out b
{ cat panel.csv; tail -n 1 panel.csv; } >repeated.csv
cli 3 did repeated.csv $columns --out b
awk -F, 'NR > 1 && $3 == 0 {$3 = 2021} {print $1 "," $2 "," $3 "," $4 "," $5}' panel.csv >everybody.csv
cli 1 did everybody.csv $columns --out b
cli 0 did everybody.csv $columns --control not-yet --out b

# Sensitivity: pairs, a risk ratio, a result of match with its file.
printf 'pair,d\n1,3\n2,-1.5\n3,4\n4,2.5\n5,2\n6,6\n7,1\n8,0\n' >pairs.csv
cli 0 sensitivity --pairs pairs.csv --column d --gammas 1,1.5,2 --out c
expect "three Gammas" test "$(grep -c '"gamma":' c/sensitivity.json)" -eq 3
cli 0 sensitivity --evalue 3.9 --ci 1.8,8.7 --out c
expect "the published E-value" grep -q '"estimate": 7.263' c/sensitivity.json
cli 0 sensitivity --mean-difference 0.293 --std-error 0.1 --sd 1 --out c
lalonde="$samples/lalonde.csv"
cli 0 match "$lalonde" --formula "treat ~ age + educ + race + re74" --outcomes re78 --out pairs
cli 0 sensitivity --match pairs --file "$lalonde" --outcome re78 --benchmark re74,race --multiples 1,2 --out c
expect "four bounds" test "$(grep -c '"covariate":' c/sensitivity.json)" -eq 4
cli 2 sensitivity --match pairs --file "$lalonde" --outcome re78 --benchmark nothing --out c
head -n 200 "$lalonde" >other.csv
cli 3 sensitivity --match pairs --file other.csv --outcome re78 --out c
cli 2 sensitivity --pairs pairs.csv --column d --gammas 0.5 --out c
cli 2 sensitivity --out c
finish
