#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Flips single bits of a project file: bit_flips.sh STORE_TESTS [FLIPS]. Each changed file is refused with a reason or
# holds what it held (the bit was in a free part of a page). FIGURES=FOLDER writes bit_flips.json there.
. "$(dirname "$0")/fault_session.sh"
trap 'rm -rf "$folder"' EXIT
TWINFIRM_FLIPS=${2:-1000} "$1" --gtest_brief=1 --gtest_filter='DamageTest.NoBitFlipIsSilent' \
    --gtest_output="json:$folder/log" || fault "see above"
echo "$(property flips) flips: $(property refused) refused, $(property without_effect) without effect, $(property silent) silent"
figures bit_flips "\"flips\": $(property flips), \"refused\": $(property refused), \"without_effect\": $(property without_effect), \"silent\": $(property silent)"
finish
