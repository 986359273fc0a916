#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 demo --out demo --firms 8000 --years 2016-2019 --status-survey
cli 0 survey-report demo/survey_study.json --lang ko --out ko
for name in result.json report.pdf report.hwpx report.xlsx report.html tables/survey_adoption.csv tables/suppliers.csv \
    charts/technology_levels.png; do
    expect "$name is written" test -s "ko/$name"
done
expect "the report's words are Korean" grep -q "기술수준" ko/report.html
cli 0 survey-report demo/survey_study.json --lang en --out en
expect "the same numbers in both languages" cmp ko/result.json en/result.json
cli 0 verify ko/result.json --data demo
sed -i '2s/^F[0-9]*/F9999999/; 3d' demo/status_survey.csv
cli 1 verify ko/result.json --data demo

cli 0 suppliers demo/supplied.csv --register demo/suppliers.csv --effects demo/supplier_effects.csv --out s
expect "a supplier outside the register is told" grep -q "register" stderr
expect "suppliers.csv has its columns" \
    grep -q "supplier,firms,events,levels,n,mean,std_error,shrunken,shrunken_error,ci_low,ci_high,withheld" s/suppliers.csv
cli 2 suppliers demo/supplied.csv --supplier nothing --out s
sed 's/"status"/"staus"/' demo/survey_study.json >wrong.json
cli 2 survey-report wrong.json --out w
expect "the key is named" grep -q "staus" stderr

# Skewed means.
cli 0 survey demo/status_survey.csv --strata 층 --weight 가중치 --items 투자액 --base 스마트공장=도입 --by 업종 --out a
expect "the symmetric interval is warned of" grep -q "skew" stderr
cli 0 survey demo/status_survey.csv --strata 층 --weight 가중치 --items 투자액 --base 스마트공장=도입 --interval skew --out a
expect "the interval is longer above" awk -F, 'NR == 2 {exit !($9 - $5 > $5 - $8)}' a/estimates.csv
finish
