#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

formula="treat ~ age + educ + race + married + nodegree + re74 + re75"
lalonde="$samples/lalonde.csv"

# 0.2 SD of all units on the probability: 113 pairs.
cli 0 match "$lalonde" --formula "$formula" --distance logit --caliper 0.2 --caliper-sd all --outcomes re78 --out a
expect "113 pairs" test "$(tail -n +2 a/pairs.csv | wc -l)" -eq 113
for file in units pairs coefficients balance effects; do expect "$file.csv is written" test -s "a/$file.csv"; done
expect "the check found nothing" grep -q '"violations": 0' a/summary.json

# Every choice is understood.
for order in largest smallest closest data random; do
    cli 0 match "$lalonde" --formula "$formula" --order "$order" --out b
done
for discard in none treated control both; do
    cli 0 match "$lalonde" --formula "$formula" --discard "$discard" --out b
done
for se in auto cr0 cr1 two-way hc1; do
    cli 0 match "$lalonde" --formula "$formula" --outcomes re78,re78-re75 --se "$se" --by race --out b
done
cli 0 match "$lalonde" --formula "$formula" --estimand ATC --replace --adjust regression --outcomes re78 --out b
cli 0 match "$lalonde" --formula "$formula" --ratio 3 --exact race,married --missing-outcome unit --caliper 0.01 \
    --caliper-unit raw --distance logit --out b
cli 2 match "$lalonde" --formula "$formula" --order sideways --out b

# With a record key the order of the file's rows changes no pair and no number.
{ head -n 1 "$lalonde"; tail -n +2 "$lalonde" | sort -t, -k3,3 -k1,1; } >sorted.csv
cli 0 match "$lalonde" --formula "$formula" --id id --caliper 0.2 --outcomes re78 --out first --threads 1
cli 0 match sorted.csv --formula "$formula" --id id --caliper 0.2 --outcomes re78 --out second --threads 2
for file in coefficients balance effects; do
    expect "$file.csv has the same bytes" cmp "first/$file.csv" "second/$file.csv"
done
finish
