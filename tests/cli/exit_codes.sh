#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/session.sh"

cli 0 --help
cli 0 --version
cli 0 inspect --help
cli 2
cli 2 no-such-command
cli 2 --json=true --lang=ko match
expect "bad usage is a JSON object as well" grep -q '"code": "cli_usage"' stdout
cli 2 demo --out d --years 2012-2019x
cli 2 demo --out d --firms 3000000
expect "numbers are written out" grep -q "2000000" stderr
cli 0 match --help
expect "choices are shown by name" grep -q -- "--order closest|data" stdout
expect "no numbers behind the names" sh -c '! grep -q -- "->" stdout'
printf 'x' >a_file
cli 4 match "$samples/lalonde.csv" --formula "treat ~ age" --out a_file/results
cli 2 match "$samples/lalonde.csv" --formula "treat ~" --out out
cli 2 match "$samples/lalonde.csv" --formula "treat ~ nothing_of_that_name" --out out
cli 2 match "$samples/lalonde.csv" --formula "treat ~ age" --estimand ATE --out out
cli 4 inspect no_such_file.csv
expect "the message names the file" grep -q "no_such_file.csv" stderr
cli 4 --json inspect no_such_file.csv
expect "the error is a JSON object with its code" grep -q '"code": "file_not_found"' stdout
printf 'y,x,z\n0,1,3\n0,2,1\n0,3,2\n1,4,1\n1,5,3\n1,6,2\n' >separated.csv
cli 1 --lang en match separated.csv --formula "y ~ x + z" --out out
expect "the separating covariate is named" grep -q "x" stderr
expect "nothing is matched" test ! -e out/pairs.csv
: >empty.csv
cli 3 inspect empty.csv
printf 'not a project' >foreign.twinfirm
cli 3 import "$samples/lalonde.csv" --project foreign.twinfirm --table t
expect "a foreign file is left as it is" grep -qx 'not a project' foreign.twinfirm
cli 0 new a.twinfirm
cli 2 export-table no_such_table --project a.twinfirm --out t.csv
cli 4 new /no/such/folder/a.twinfirm
finish
