#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C at several moments of an import: cancel_import.sh CLI [ROWS [TIMES]]. Each time the program ends within half a
# second with exit code 130 and the project is as before, byte for byte. FIGURES=FOLDER writes cancel_import.json there.
. "$(dirname "$0")/fault_session.sh"
cli=$(readlink -f "$1")
count=${2:-1000000}
times=${3:-12}
trap 'rm -rf "$folder"' EXIT
project=$folder/a.twinfirm
cancelled=0
slowest=0

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

awk -v n="$count" 'BEGIN { print "id,year,region,sales,rate"
    for (i = 0; i < n; ++i) print "F" i "," 2014 + i % 6 ",경기도," (i * 7919) % 1000003 "," (i % 1000) / 10 }' \
    >"$folder/new.csv"
printf 'id,n\n%s\n' "$(seq 1 500 | sed 's/$/,7/')" >"$folder/old.csv"
"$cli" new "$project" >/dev/null && "$cli" import "$folder/old.csv" --project "$project" --table t >/dev/null || exit 2
cp "$project" "$folder/before"

whole=1000000
for ((i = 0; i < 2; ++i)); do
    cp "$folder/before" "$project"
    begin=$(milliseconds)
    "$cli" import "$folder/new.csv" --project "$project" --table t >/dev/null 2>&1 || fault "the import itself fails"
    took=$(($(milliseconds) - begin))
    [ $took -lt $whole ] && whole=$took
done

for ((i = 0; i < times; ++i)); do
    cp "$folder/before" "$project"
    "$cli" import "$folder/new.csv" --project "$project" --table t >"$folder/out" 2>"$folder/log" &
    job=$!
    # The last moment is well before the end: what has been committed cannot be cancelled.
    sleep "$(awk -v w=$whole -v i=$i -v n="$times" 'BEGIN { print w * (i + 0.5) / n * 0.85 / 1000 }')"
    begin=$(milliseconds)
    kill -INT $job
    code=0
    wait $job || code=$?
    took=$(($(milliseconds) - begin))
    [ $code -eq 0 ] && continue  # it was over before
    cancelled=$((cancelled + 1))
    [ $took -gt $slowest ] && slowest=$took
    [ $code -eq 130 ] || fault "exit code $code: $(cat "$folder/log")"
    [ $took -le 500 ] || fault "cancelling took $took ms"
    cmp -s "$project" "$folder/before" || fault "the project has changed"
    others=$(ls -A "$folder" | grep 'a.twinfirm.' || true)
    [ -z "$others" ] || fault "left behind: $others"
done
[ $cancelled -ge $((times / 4)) ] || fault "only $cancelled of $times imports were still running"
echo "$count rows: $cancelled imports cancelled, at most $slowest ms; $failures failures"
figures cancel_import "\"rows\": $count, \"cancelled\": $cancelled, \"slowest_milliseconds\": $slowest"
finish
