# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts beside it: cli CODE ARGUMENTS... runs the program and expects that exit code.
set -u
program=$1
samples=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

cli() {
    local expected=$1 code=0
    shift
    "$program" "$@" >stdout 2>stderr || code=$?
    if [ "$code" -ne "$expected" ]; then
        echo "exit code $code instead of $expected: twinfirm-cli $*"
        cat stdout stderr
        failures=$((failures + 1))
    fi
}

expect() {
    local what=$1
    shift
    if ! "$@" >/dev/null 2>&1; then
        echo "not so: $what"
        failures=$((failures + 1))
    fi
}

finish() {
    [ "$failures" -eq 0 ] || exit 1
}
