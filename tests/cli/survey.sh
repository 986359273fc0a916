#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

# A synthetic status survey with the true values of its population.
cli 0 demo --out demo --firms 8000 --years 2016-2019 --status-survey
file=demo/status_survey.csv
expect "two thousand factories" test "$(tail -n +2 $file | wc -l)" -eq 2000
design="--strata 층 --weight 가중치"

cli 0 survey $file $design --population-size "층 모집단" --items 스마트공장 --by 규모,권역 --kind proportion \
    --interval wilson --test chi2 --out a
for name in estimates.csv tests.csv survey.json; do expect "$name is written" test -s "a/$name"; done
expect "the columns of estimates.csv" \
    grep -q "item,level,by,n,estimate,std_error,cv,ci_low,ci_high,margin,deff,flag," a/estimates.csv
expect "overall, four sizes and two areas, two levels each" test "$(tail -n +2 a/estimates.csv | wc -l)" -eq 14
expect "the interval holds the truth" awk -F, '
    FNR == NR {if ($1 ~ /스마트공장/ && $4 == "") truth = $5; next}
    $2 == "도입" && $3 == "" {held = $8 <= truth && truth <= $9} END {exit !held}' \
    demo/status_survey_truth.csv a/estimates.csv
expect "two tests" test "$(tail -n +2 a/tests.csv | wc -l)" -eq 2
expect "by size adoption differs" awk -F, '$3 == "규모" && $11 < 1e-6 {found = 1} END {exit !found}' a/tests.csv

# The order of rows and the way of writing do not matter.
{ head -n 1 $file; tail -n +2 $file | sort -t, -k6,6n; } >sorted.csv
cli 0 survey sorted.csv $design --population-size "층 모집단" --items 스마트공장 --by 규모,권역 --kind proportion \
    --interval wilson --test chi2 --out b
for name in estimates.csv tests.csv; do expect "the same bytes of $name" cmp "a/$name" "b/$name"; done

# Every kind, coding, base and policy is understood.
for kind in mean total quantile:0.5 ratio:종사자수; do
    cli 0 survey $file $design --items 투자액 --kind $kind --base 스마트공장=도입 --out b
done
cli 0 survey $file $design --items 종사자수 --by 권역 --test t --df design --out b
cli 0 survey $file $design --items "중요성 인식,데이터 수집" --kind proportion --coding 1/2 --out b
expect "a share for yes alone" test "$(tail -n +2 b/estimates.csv | wc -l)" -eq 2
cli 0 survey $file $design --multiple "목적=목적: 생산효율+목적: 품질+목적: 비용" --base 스마트공장=도입 --coding marked \
    --lang ko --out b
expect "three answers" test "$(grep -c '^목적,\|^.목적,' b/estimates.csv)" -eq 3
cli 0 survey $file --population-size "층 모집단" --strata 층 --cluster 업종 --lonely average --items 종사자수 --out b
cli 0 survey $file --weight 가중치 --population-size 8000 --items 종사자수 --json --out b
expect "one JSON object" grep -q '"estimates"' stdout
printf '권역,모집단\n수도권,4100\n비수도권,3900\n' >area.csv
printf '규모,모집단\n소상공인,3000\n소기업,2700\n중기업,2000\n중견기업,300\n' >size.csv
cli 0 survey $file $design --items 종사자수 --margin 권역=area.csv --margin 규모=size.csv --json --out b
expect "the weights meet the margins" awk '/"population":/ {d = $2 - 8000; ok = d < 1e-6 && d > -1e-6; exit} END {exit !ok}' stdout

# What cannot be done is named, with its file.
cli 2 survey $file $design --items nothing --out b
expect "the file is named" grep -q "status_survey.csv" stderr
cli 3 survey $file $design --items "중요성 인식" --kind proportion --coding auto --out b
cli 3 survey $file $design --items 층 --out b
cli 2 survey $file $design --items 종사자수 --kind median --out b
cli 2 survey $file $design --items 종사자수 --test t --out b
cli 2 survey $file $design --out b
awk 'NR == 3 {sub(/,[0-9.]+,[0-9]+$/, ",,100")} {print}' $file >gap.csv
cli 3 survey gap.csv --weight 가중치 --items 종사자수 --out b
cut -d, -f1,2,6,17,18 $file | awk -F, 'NR < 5 {print} END {print "F9,혼자,5,2,9"}' >lonely.csv
cli 1 survey lonely.csv --strata 층 --weight 가중치 --population-size "층 모집단" --items 종사자수 --out b

# Tables of a project.
cli 0 new p.twinfirm
cli 2 import $file --project p.twinfirm --table survey
cli 0 import $file --project p.twinfirm --table survey --answer "level_word:9:고도화=5"
cli 0 survey survey --project p.twinfirm $design --items 종사자수 --out c
cli 0 survey $file $design --items 종사자수 --out d
expect "file and table agree" cmp c/estimates.csv d/estimates.csv

# Allocation.
printf '층,모집단,비율\n소상공인,100903,0.087\n소기업,44410,0.285\n중기업,15837,0.542\n중견기업,2123,0.857\n' >strata.csv
for rule in proportional power neyman; do
    cli 0 allocate strata.csv --stratum 층 --population 모집단 --share 비율 --size 5000 --rule $rule --minimum 30 --out e
    expect "$rule: five thousand" awk -F, 'END {exit $3 != 5000}' e/allocation.csv
done
cli 0 allocate $file --stratum 층 --size 500 --json --out e
cli 2 allocate strata.csv --stratum 층 --population 모집단 --size 5000 --rule neyman --out e
cli 2 allocate strata.csv --stratum 층 --population 모집단 --size 200000 --out e

# Market.
cli 0 market --first 156.5 --last 346.8 --years 2024-2028 --json --out f
expect "22.0 % a year" grep -q '"rate": 0.2200' stdout
expect "five years" test "$(tail -n +2 f/growth.csv | wc -l)" -eq 5
cli 0 market --last 346.8 --rate 22 --intervals 4
cli 2 market --last 346.8 --rate 22
cli 2 market
printf '출처,시장,연도,값,환율,증가율\nA,스마트제조,2028,346.8,1263,22.0\nB,스마트제조,2028,438000,,\n' >sources.csv
cli 0 market --sources sources.csv --out f
expect "two sources" test "$(tail -n +2 f/sources.csv | wc -l)" -eq 2

# Technology level.
{
    echo "연도,국가,분야,기술수준,기술격차,최고기술국"
    printf '%s\n' 2019,US,,100,0,US 2019,KR,,72.3,2.5,US 2019,CN,,66.0,3.1,US
    printf '%s\n' 2024,US,,100,0,US 2024,KR,,76.5,2.0,US 2024,CN,,78.3,1.9,US
} >level.csv
cli 0 technology level.csv --lang ko --out g
expect "a change in percentage points" grep -q "+4.2%p" stdout
expect "the group" grep -q "추격" stdout
for name in levels.csv changes.csv gaps.csv; do expect "$name is written" test -s "g/$name"; done
sed 's/72.3/172.3/' level.csv >wrong.csv
cli 3 technology wrong.csv --out g

# Stages of adoption.
cli 0 demo --out events --firms 3000 --years 2014-2019 --events
cli 0 stages events/adoptions.csv --out h
expect "shares" grep -q "year,programme,level,count,base,share" h/stage_shares.csv
expect "transitions" grep -q "before_to_after,0,1," h/transitions.csv
cli 0 stages events/firms.csv --json --out h
cli 2 stages strata.csv --out h
finish
