#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

# The cases within the program, on the machine at hand.
cli 0 validate --out table.csv
expect "the columns of the table" \
    grep -q "family,case,quantity,reference,ours,digits,required,rule,numbers,pass,exception" table.csv
expect "no comparison fails" test "$(grep -c ',false,' table.csv)" -eq 0
for family in nist logit_certified logit matchit balance matching_ai sens; do
    expect "$family is compared" grep -q "^$family," table.csv
done
cli 0 validate --out table.md
expect "the table as Markdown" grep -q "^## nist" table.md
cli 0 validate --json --out table.json
expect "the same JSON in the file" cmp table.json stdout

# A wrong number is found, and the exit code says so.
cp -r "$samples/../validation" changed
sed -i 's/1\.0021168/1.0021169/' changed/nist/certified.json
cli 1 validate --reference changed --out failed.csv
expect "the line that fails" grep -q "^nist,Norris,coefficients,.*,false," failed.csv
cli 1 validate --reference changed --json

# Nothing to compare; a place that cannot be written.
mkdir nothing
cli 3 validate --reference nothing
cli 4 validate --out /nowhere/table.csv
finish
