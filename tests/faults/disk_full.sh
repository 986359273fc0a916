#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Projects on full disks: disk_full.sh CLI [MEGABYTES...]. Needs the right to mount tmpfs (3, 5, 8 and 13 MB) in a name
# space of its own: root, or a kernel that lets users have one.
# Two ways to run out of space: it is known before the import, or it comes in the middle. Either way the program says
# so with exit code 4, the project holds what it held, nothing is left beside it, and the import goes through as soon
# as there is room. FIGURES=FOLDER writes disk_full.json there.
if [ -z "${TWINFIRM_OWN_MOUNTS:-}" ]; then
    TWINFIRM_OWN_MOUNTS=yes exec unshare --map-root-user --mount bash "$0" "$@"
fi
. "$(dirname "$0")/fault_session.sh"
cli=$(readlink -f "$1")
shift
[ $# -gt 0 ] || set -- 3 5 8 13
sizes=$*
disk=$folder/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null; rm -rf "$folder"' EXIT
project=$disk/a.twinfirm
known=0
midway=0

# leave BYTES: fills the disk but for that much.
leave() {
    rm -f "$disk/ballast"
    local free
    free=$(($(stat -f -c '%a * %S' "$disk")))
    fallocate -l $((free - $1)) "$disk/ballast" 2>/dev/null || head -c $((free - $1)) /dev/zero >"$disk/ballast"
}

# hold_table NAME ROWS: the project has that table with so many rows, and nothing stands beside it.
hold_table() {
    "$cli" export-table "$1" --project "$project" --out "$folder/out.csv" --raw >/dev/null 2>"$folder/log" ||
        fault "$size MB: $1 cannot be read: $(cat "$folder/log")"
    [ "$(rows "$folder/out.csv")" -eq "$2" ] || fault "$size MB: $1 has $(rows "$folder/out.csv") rows, not $2"
    rm -f "$folder/out.csv"
    local others
    others=$(ls -A "$disk" | grep -vx -e ballast -e a.twinfirm || true)
    [ -z "$others" ] || fault "$size MB: left behind: $others"
}

# refused CODE ARGUMENTS...: the command fails with exit code 4 and that code, and its message names the project.
refused() {
    local code=$1 exit_code=0
    shift
    "$cli" --json --lang en "$@" >"$folder/answer" 2>"$folder/log" || exit_code=$?
    [ $exit_code -eq 4 ] || fault "$size MB: exit code $exit_code of $*: $(cat "$folder/answer" "$folder/log")"
    grep -q "\"code\": \"$code\"" "$folder/answer" || fault "$size MB: $code expected: $(cat "$folder/answer")"
    grep -q "$disk" "$folder/answer" || fault "$size MB: the message does not name the file: $(cat "$folder/answer")"
}

for size in "$@"; do
    mount -t tmpfs -o size="${size}m" tmpfs "$disk" || exit 2
    printf 'id,n\n%s\n' "$(seq 1 500 | sed 's/$/,7/')" >"$folder/old.csv"
    # Short cells: the table takes more room than 1.5 times the file.
    count=$((size * 30000))
    awk -v n=$count 'BEGIN { print "a,b"; for (i = 0; i < n; ++i) print i % 9 "," i % 7 }' >"$folder/new.csv"
    bytes=$(stat -c %s "$folder/new.csv")

    leave 20000
    refused disk_full new "$project"
    [ "$(ls -A "$disk")" = ballast ] || fault "$size MB: left behind: $(ls -A "$disk")"
    rm "$disk/ballast"
    "$cli" new "$project" >/dev/null && "$cli" import "$folder/old.csv" --project "$project" --table old >/dev/null ||
        fault "$size MB: no project"

    for free in $((bytes / 2)) $((bytes * 2)); do
        for table in new old; do
            leave $free
            if [ $free -lt "$bytes" ]; then
                refused disk_space_short import "$folder/new.csv" --project "$project" --table $table
                grep -Eq '[0-9]+ MB needed, [0-9]+ MB free' "$folder/answer" || fault "$size MB: sizes are missing"
                known=$((known + 1))
            else
                refused disk_space_short import "$folder/new.csv" --project "$project" --table $table
                midway=$((midway + 1))
            fi
            hold_table old 500
        done
    done
    leave 0
    refused disk_full export-table old --project "$project" --out "$disk/exported.csv"
    hold_table old 500

    rm "$disk/ballast"
    "$cli" import "$folder/new.csv" --project "$project" --table new >/dev/null 2>"$folder/log" ||
        fault "$size MB: with room again: $(cat "$folder/log")"
    hold_table new $count
    hold_table old 500
    umount "$disk"
done
echo "disks of $sizes MB: $known imports refused before, $midway in the middle; $failures failures"
figures disk_full "\"megabytes\": [${sizes// /, }], \"refused_before\": $known, \"refused_midway\": $midway"
finish
