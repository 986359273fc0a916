#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Imports while system calls fail at random: io_faults.sh CLI [RUNS]. Needs fiu-run (Debian: fiu-utils).
# After each run the project opens without faults and holds the old table or the new one, whole; a run that failed said
# so with an exit code from 1 to 4 and a message that names a file. FIGURES=FOLDER writes io_faults.json there.
. "$(dirname "$0")/fault_session.sh"
cli=$(readlink -f "$1")
runs=${2:-100}
trap 'rm -rf "$folder"' EXIT
points=(rw/pwrite rw/write sync/fsync sync/fdatasync rw/pread rw/read oc/open dir/unlink dir/rename rw/ftruncate '*')
chances=(0.7 0.3 0.1 0.02)
work=$folder/work
mkdir "$work" "$folder/before"
project=$work/a.twinfirm
whole=0
failed=0
tried_again=0

printf 'id,n\n%s\n' "$(seq 1 500 | sed 's/$/,7/')" >"$folder/old.csv"
# More than the page cache, so that the import writes before it commits.
awk 'BEGIN { print "id,a,b"; for (i = 0; i < 20000; ++i) print i "," i % 977 "," (i * 7919) % 100003 }' >"$folder/new.csv"
"$cli" new "$folder/before/a.twinfirm" >/dev/null &&
    "$cli" import "$folder/old.csv" --project "$folder/before/a.twinfirm" --table t >/dev/null || exit 2

for ((run = 0; run < runs; ++run)); do
    point=${points[run % ${#points[@]}]}
    chance=${chances[(run / ${#points[@]}) % ${#chances[@]}]}
    rm -rf "${work:?}"/* && cp "$folder/before/a.twinfirm" "$project"
    code=0
    fiu-run -x -f '' -c "enable_random name=posix/io/$point,probability=$chance" \
        "$cli" --lang en import "$folder/new.csv" --project "$project" --table t >"$folder/out" 2>"$folder/log" || code=$?
    what="run $run ($point, $chance, exit code $code)"
    [ $code -le 4 ] || fault "$what: no exit code of ours: $(cat "$folder/log")"
    "$cli" export-table t --project "$project" --out "$folder/t.csv" >/dev/null 2>"$folder/after" ||
        fault "$what: the project does not open: $(cat "$folder/after")"
    stored=$(rows "$folder/t.csv")
    rm -f "$folder/t.csv"
    case $stored in
        500) [ $code -ne 0 ] || fault "$what: success without the new table" ;;
        20000)
            whole=$((whole + 1))
            [ $code -eq 0 ] || grep -q "did not confirm" "$folder/log" || fault "$what: denies what it wrote"
            ;;
        *) fault "$what: $stored rows" ;;
    esac
    if [ $code -ne 0 ]; then
        failed=$((failed + 1))
        grep -q "$folder" "$folder/log" || fault "$what: the message names no file: $(cat "$folder/log")"
        "$cli" import "$folder/new.csv" --project "$project" --table t >/dev/null 2>"$folder/after" ||
            fault "$what: the next import fails: $(cat "$folder/after")"
        tried_again=$((tried_again + 1))
    fi
    [ "$(ls -A "$work")" = a.twinfirm ] || fault "$what: left behind: $(ls -A "$work")"
done
echo "$runs runs: $failed failed, $whole with the new table, the others with the old one; $failures failures"
figures io_faults "\"runs\": $runs, \"failed_with_message\": $failed, \"new_table\": $whole, \"imported_afterwards\": $tried_again"
finish
