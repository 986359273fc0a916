#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/fuzz/run.sh SECONDS [TARGET...]: runs the fuzz targets of build/fuzz (or of TWINFIRM_FUZZ_BUILD), two at once or
# as many as TWINFIRM_FUZZ_JOBS says, each from tests/fuzz/seeds, from what stands beside the checkout, and from what it
# found before (build/fuzz/corpus). Fails if one of them crashes; the input then stands in build/fuzz.
# The figures of each run go to FIGURES, if that names a file (tests/figures/results/fuzz.jsonl).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=${1:?seconds for each target}
shift
[ $# -gt 0 ] || set -- csv_reader_fuzz csv_import_fuzz text_table_fuzz encoding_fuzz cell_text_fuzz xlsx_zip_fuzz \
    xlsx_xml_fuzz project_fuzz specification_fuzz
build=${TWINFIRM_FUZZ_BUILD:-build/fuzz}
commit=$(git rev-parse --short HEAD)

# Small files only: a fuzzer is fast on them.
small() { find "$@" -type f -size -8k 2>/dev/null || true; }
seeds_of() {
    small "tests/fuzz/seeds/$1"
    case $1 in
        text_table_fuzz | encoding_fuzz) small tests/data data/samples ../shared/hard/csv ../shared/corpus ;;
        specification_fuzz) small tests data/samples | grep '\.json$' || true ;;
        xlsx_zip_fuzz) small tests/data ../shared/hard/xlsx ;;
    esac
}

longest() {
    case $1 in
        cell_text_fuzz) echo 128 ;;
        encoding_fuzz | project_fuzz) echo 256 ;;
        csv_reader_fuzz | csv_import_fuzz) echo 1024 ;;
        *) echo 8192 ;;
    esac
}

# put FILE CORPUS [PREFIX]: a seed under the name of its content.
put() {
    local copy
    copy=$(mktemp "$2/seed-XXXXXX")
    { printf '%b' "${3:-}"; cat "$1"; } >"$copy"
    mv "$copy" "$2/$(sha1sum <"$copy" | cut -c1-40)"
}

# The parts of workbooks, each behind the letter that chooses it, and texts behind the bytes that choose a dialect.
further_seeds() {
    local target=$1 corpus=$2 file part letter
    case $target in
        xlsx_xml_fuzz)
            while IFS= read -r file; do
                for part in 'xl/worksheets/sheet1.xml F' 'xl/sharedStrings.xml G' 'xl/styles.xml H' 'xl/workbook.xml I' \
                    'xl/_rels/workbook.xml.rels J' '_rels/.rels K'; do
                    letter=${part#* }
                    unzip -p "$file" "${part% *}" 2>/dev/null | head -c 6000 >"$corpus/part" || true
                    [ -s "$corpus/part" ] && put "$corpus/part" "$corpus" "$letter"
                done
            done < <(small tests/data ../shared/hard/xlsx | grep '\.xlsx$')
            rm -f "$corpus/part"
            ;;
        csv_import_fuzz)
            while IFS= read -r file; do
                put "$file" "$corpus" '\x40'
            done < <(small data/samples ../shared/hard/csv ../shared/corpus | grep '\.csv$')
            ;;
        csv_reader_fuzz)
            while IFS= read -r file; do
                put "$file" "$corpus" '\x00\x01\x07'
            done < <(small data/samples ../shared/hard/csv ../shared/corpus | grep '\.csv$')
            ;;
    esac
}

fuzz() {
    local target=$1 corpus=$build/corpus/$1 log=$build/$1.log seed found=0
    local -a dictionary=()
    mkdir -p "$corpus"
    while IFS= read -r seed; do
        [ -n "$seed" ] && put "$seed" "$corpus"
    done < <(seeds_of "$target")
    further_seeds "$target" "$corpus"
    [ -f "tests/fuzz/$target.dict" ] && dictionary=("-dict=tests/fuzz/$target.dict")
    # Without the entropic schedule, whose bookkeeping takes more time than these targets.
    "$build/bin/$target" -entropic=0 -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=30 -print_final_stats=1 \
        -max_len="$(longest "$target")" \
        "${dictionary[@]}" -artifact_prefix="$build/$target-" "$corpus" >"$log" 2>&1 || found=1
    local runs
    runs=$(grep -o 'stat::number_of_executed_units: *[0-9]*' "$log" | grep -o '[0-9]*$' || echo 0)
    printf '%s: %s runs, %s\n' "$target" "$runs" "$([ $found -eq 0 ] && echo 'no finding' || echo 'A FINDING')"
    if [ -n "${FIGURES:-}" ]; then
        printf '{"date": "%s", "commit": "%s", "target": "%s", "seconds": %s, "runs": %s, "findings": %s}\n' \
            "$(date +%F)" "$commit" "$target" "$seconds" "$runs" "$found" >>"$FIGURES"
    fi
    [ $found -eq 0 ] || { tail -40 "$log"; return 1; }
}
export -f fuzz longest seeds_of small put further_seeds
export seconds build commit
printf '%s\n' "$@" | xargs -P "${TWINFIRM_FUZZ_JOBS:-2}" -I{} bash -c 'fuzz {}'
