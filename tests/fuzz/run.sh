#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/fuzz/run.sh SECONDS [TARGET...]: runs the fuzz targets of build/fuzz, two at once, each from the seeds for it and from
# what it found before (build/fuzz/corpus). Fails if one of them crashes; the input then stands in build/fuzz.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=${1:?seconds for each target}
shift
[ $# -gt 0 ] || set -- text_table_fuzz specification_fuzz xlsx_zip_fuzz xlsx_xml_fuzz

# Small files only: a fuzzer is fast on them.
small() { find "$@" -type f -size -8k 2>/dev/null || true; }
seeds_of() {
    case $1 in
        text_table_fuzz) small tests/data data/samples ../shared/hard/csv ../shared/corpus ;;
        specification_fuzz) small tests data/samples | grep '\.json$' || true ;;
        xlsx_zip_fuzz) small tests/data ../shared/hard/xlsx ;;
    esac
}

fuzz() {
    local target=$1 corpus=build/fuzz/corpus/$1 seed
    mkdir -p "$corpus"
    while IFS= read -r seed; do
        [ -n "$seed" ] && cp -n "$seed" "$corpus/$(sha1sum <"$seed" | cut -c1-40)"
    done < <(seeds_of "$target")
    build/fuzz/bin/"$target" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=30 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$target-" "$corpus" >"build/fuzz/$target.log" 2>&1 ||
        { tail -40 "build/fuzz/$target.log"; return 1; }
    printf '%s: %s\n' "$target" "$(grep -o 'stat::number_of_executed_units: *[0-9]*' "build/fuzz/$target.log")"
}
export -f fuzz seeds_of small
export seconds
printf '%s\n' "$@" | xargs -P 2 -I{} bash -c 'fuzz {}'
