# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts beside it: a folder of their own, a count of what was not as it should be, and the figures.
set -u
here=$(dirname "$(readlink -f "$0")")
root=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
failures=0

fault() {
    echo "not so: $*"
    failures=$((failures + 1))
}

# rows FILE: data rows of a CSV file with a header; 0 if there is none.
rows() {
    if [ -f "$1" ]; then echo $(($(wc -l <"$1") - 1)); else echo 0; fi
}

# figures NAME 'JSON MEMBERS': written with date and commit (COMMIT, if the program is not HEAD's), if FIGURES names a
# folder.
figures() {
    [ -n "${FIGURES:-}" ] || return 0
    printf '{"date": "%s", "commit": "%s", %s, "failures": %s}\n' "$(date +%F)" \
        "${COMMIT:-$(git -C "$root" rev-parse --short HEAD)}" "$2" "$failures" >"$FIGURES/$1.json"
}

# property NAME: what a GoogleTest recorded in $folder/log.
property() { grep -o "\"$1\": *\"[0-9]*" "$folder/log" | grep -o '[0-9]*$' | head -1; }

finish() {
    [ "$failures" -eq 0 ] || exit 1
}
