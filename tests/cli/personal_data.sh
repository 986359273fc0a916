#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# After an import no person is found in the bytes that it left behind.
. "$(dirname "$0")/session.sh"

export XDG_DATA_HOME="$PWD/data-home" TMPDIR="$PWD/tmp"
mkdir tmp
canaries=()
{
  printf '사업자등록번호,기업명,대표자,휴대전화,이메일,주소,담당자 연락처,비고,매출액(백만원)\n'
  for i in $(seq 10 29); do
    printf '124-1%d-0%d91,카나리상점%d,나%d카나리,010-77%d-8899,canary%d@example.kr,서울 카나리로 %d,02-9%d-1234,담당 80010%d-1234567,%d\n' \
      $((i % 10)) $((i + 30)) $i $i $i $i $i $i $((i % 9 + 1)) $i
    canaries+=("124-1$((i % 10))-0$((i + 30))91" "1241$((i % 10))0$((i + 30))91" "카나리상점$i" "나$i카나리" "010-77$i" "canary$i@" \
      "카나리로 $i" "02-9$i-1234" "80010$((i % 9 + 1))-1234567")
  done
  printf '124-10-00991,카나리상점99,나99카나리,,,,,,읽을 수 없음\n'
} >persons.csv
cli 0 new p.twinfirm
mkdir work
sync_listing() { find . -type f ! -name persons.csv ! -path './data-home/*'; }
cli 0 inspect persons.csv --json
cli 0 import persons.csv --project p.twinfirm --table t --json --save-plan plan.json
cp stdout work/audit.json; cp stderr work/audit.err
cli 0 export-table t --project p.twinfirm --out work/exported.csv
rm -f stdout stderr
found=0
while IFS= read -r file; do
  for canary in "${canaries[@]}" 카나리상점99 나99카나리; do
    if grep -aqF -- "$canary" "$file"; then
      echo "$canary in $file" >&2
      found=$((found + 1))
    fi
  done
done < <(sync_listing)
expect "no canary is left behind" test "$found" -eq 0
expect "the key is the user's alone" test "$(stat -c %a data-home/twinfirm/pseudonym.key)" = 600
expect "dropped columns are named" grep -q '"대표자"' work/audit.json
cli 0 import work/exported.csv --project p.twinfirm --table again
cli 0 export-table again --project p.twinfirm --out work/again.csv
expect "exported and imported again, the same" cmp work/exported.csv work/again.csv
cli 0 import persons.csv --project p.twinfirm --table other --key-file own.key
cli 0 export-table other --project p.twinfirm --out work/other.csv
expect "another key gives other pseudonyms" bash -c '! cmp -s work/exported.csv work/other.csv'
chmod 644 own.key
cli 4 import persons.csv --project p.twinfirm --table other2 --key-file own.key
finish
