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

# Squares and products have figures of their own beside those of the covariates.
largest() { awk '/"after": \{/ {on = 1} on && /"largest_smd"/ {print $2; exit}' "$1/summary.json"; }
cli 0 match "$lalonde" --formula "$formula" --out plain
cli 0 match "$lalonde" --formula "$formula" --balance-interactions --out squares
expect "the figures of squares and products" grep -q '"interactions"' squares/summary.json
expect "the covariates' largest difference is the same" test "$(largest plain)" = "$(largest squares)"

# With a record key the order of the file's rows changes no pair and no number.
{ head -n 1 "$lalonde"; tail -n +2 "$lalonde" | sort -t, -k3,3 -k1,1; } >sorted.csv
cli 0 match "$lalonde" --formula "$formula" --id id --caliper 0.2 --outcomes re78 --out first --threads 1
cli 0 match sorted.csv --formula "$formula" --id id --caliper 0.2 --outcomes re78 --out second --threads 2
for file in coefficients balance effects; do
    expect "$file.csv has the same bytes" cmp "first/$file.csv" "second/$file.csv"
done

# Weights, doubly robust estimates, matching with replacement, resampling: what holds together is done.
ipw="--method weighting --outcomes re78"
for weights in ipw overlap entropy cbps; do
    for adjust in none regression aipw ipwra; do
        cli 0 match "$lalonde" --formula "$formula" $ipw --weights "$weights" --adjust "$adjust" --by married --out c
    done
done
cli 0 match "$lalonde" --formula "$formula" $ipw --weights overlap --out c
expect "overlap weights estimate the ATO" grep -q "ATO,weighted_difference" c/effects.csv
cli 0 match "$lalonde" --formula "$formula" $ipw --out c
expect "the ATT by inverse probability weights" grep -q "ATT,weighted_difference,1214.07" c/effects.csv
expect "its error counts the score" grep -q ",m-estimation," c/effects.csv
cli 0 match "$lalonde" --formula "$formula" $ipw --estimand ATE --se hc3 --out c
for se in auto ai ai-homoscedastic ai-estimated two-way; do
    for estimand in ATT ATC ATE; do
        cli 0 match "$lalonde" --formula "$formula" --replace --estimand "$estimand" --se "$se" --outcomes re78 --out c
    done
done
cli 0 match "$lalonde" --formula "$formula" --replace --ties keep --tie-tolerance 1e-12 --distance logit \
    --se ai-homoscedastic --outcomes re78 --out c
expect "all ties kept: the effect" grep -q ",1968.7997" c/effects.csv
expect "all ties kept: its error" grep -q ",1085.8155" c/effects.csv
cli 0 match "$lalonde" --formula "$formula" --replace --distance mahalanobis --adjust bias --variance-neighbors 1 \
    --outcomes re78 --by married --out c
expect "bias corrected" grep -q "bias_corrected" c/effects.csv
for se in bootstrap permutation hc0 hc3; do
    cli 0 match "$lalonde" --formula "$formula" --caliper 0.2 --se "$se" --replications 200 --outcomes re78 --out c
    expect "$se" grep -q ",$se," c/effects.csv
done

# What does not is refused by a usage error.
cli 2 match "$lalonde" --formula "$formula" --se ai --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" --adjust bias --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" --adjust aipw --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" --replace --se bootstrap --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" --replace --se permutation --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" --replace --caliper 0.2 --se ai-estimated --outcomes re78 --out d
cli 2 match "$lalonde" --formula "$formula" $ipw --se cr1 --out d
cli 2 match "$lalonde" --formula "$formula" $ipw --caliper 0.2 --out d
cli 2 match "$lalonde" --formula "$formula" --ties keep --out d
cli 2 match "$lalonde" --formula "$formula" --replace --ties keep --tie-tolerance -1 --out d
expect "nothing is written then" test ! -e d/effects.csv

# Sets and kernel weights: every method for every estimand, each with its own settings.
for method in full quick subclass cem kernel none; do
    for estimand in ATT ATE ATC; do
        cli 0 match "$lalonde" --formula "$formula" --method "$method" --estimand "$estimand" --outcomes re78 --by married \
            --out d
        expect "$method $estimand: the check found nothing" grep -q '"violations": 0' d/summary.json
        expect "$method $estimand is named" grep -q ",$estimand,difference_in_means" d/effects.csv
    done
done
cli 0 match "$lalonde" --formula "treat ~ race + married + nodegree" --method exact --outcomes re78 --out d
cli 0 match "$lalonde" --formula "$formula" --method cem --cutpoints "age=q4,educ=8.5;11.5;12.5,re74=4,re75=sturges" \
    --group race=white+hispan --out d
cli 0 match "$lalonde" --formula "$formula" --method cem --k2k --out d
expect "50 pairs within the strata" test "$(tail -n +2 d/pairs.csv | wc -l)" -eq 50
cli 0 match "$lalonde" --formula "$formula" --method full --min-controls 0.5 --max-controls 4 --balance-interactions --out d
expect "squares are in the balance" grep -q "I(re75^2)" d/balance.csv
cli 0 match "$lalonde" --formula "$formula" --method subclass --subclasses 10 --min-n 2 --out d
cli 0 match "$lalonde" --formula "$formula" --method kernel --kernel gaussian --bandwidth 0.5 --out d
cli 0 match "$lalonde" --formula "$formula" --method optimal --caliper smallest --out d
expect "nobody is lost" test "$(tail -n +2 d/pairs.csv | wc -l)" -eq 185
cli 0 match "$lalonde" --formula "$formula" --method optimal --distance mahalanobis --out d
cli 1 match "$lalonde" --formula "$formula" --method subclass --subclasses 500 --out d
cli 2 match "$lalonde" --formula "$formula" --method cem --cutpoints income=4 --out d
cli 2 match "$lalonde" --formula "$formula" --method cem --cutpoints age=wide --out d
cli 2 match "$lalonde" --formula "$formula" --method kernel --caliper 0.2 --out d
cli 2 match "$lalonde" --formula "$formula" --caliper wide --out d
finish
