#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that can be asked of the sample at once: each part is in the result, and verify finds the same numbers.
. "$(dirname "$0")/session.sh"

cli 0 --lang ko run "$samples/demo3000/study_full.json" --out full
for outcome in sales export employment accidents regular_jobs wage_per_head labour_productivity operating_profit survival; do
    expect "$outcome has an effect" grep -q "\"outcome\": \"$outcome\"" full/result.json
done
for breakdown in size sales_band industry level legal_class region solution programme cohort support size_level; do
    expect "$breakdown divides the adopters" grep -q "\"breakdown\": \"$breakdown\"" full/result.json
done
for part in staggered matched placebos designs attrition responses ranking band_shifts support margins heterogeneity sensitivity; do
    expect "$part is in the result" grep -q "\"$part\": \[$" full/result.json
done
for chart in ranking_sales_by_industry band_shift_sales_by_sales_band staggered_sales event_study_survival; do
    expect "$chart is drawn" test -s "full/charts/$chart.json"
done
cli 0 verify full/result.json --project full/study.twinfirm
finish
