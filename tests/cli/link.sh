#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables are linked after their names were dropped, nothing is linked by a guess, and a study takes its tables as they are keyed.
. "$(dirname "$0")/session.sh"

export XDG_DATA_HOME="$PWD/data-home"
cat >firms.csv <<'CSV'
기업ID,사업자등록번호,기업명,주소,시도,설립연도,도입연도
F1,124-81-00998,(주)카나리정밀,서울 중구 을지로 1,서울,2001,2016
F2,120-81-47521,카나리기계,강원도 춘천시 2,강원,2002,
F3,124-10-00991,카나리상회,경기 수원시 영통구 3,경기,2003,
F4,220-81-62517,카나리기계,부산 중구 4,부산,2004,
CSV
cat >panel.csv <<'CSV'
사업자번호,연도,시도,매출액(백만원)
1248100998,2014,서울,10
1248100998,2015,부산,11
1208147521,2014,강원특별자치도,20
1018109147,2014,서울,40
개인,2014,서울,50
CSV
cat >names.csv <<'CSV'
상호,공장주소,종업원수
카나리정밀 주식회사,서울시 중구 9,10
카나리기계,강원특별자치도 춘천시 9,20
카나리 상회,경기도 수원시 영통구 9,30
CSV
cli 0 new p.twinfirm
cli 0 import firms.csv --project p.twinfirm --table firms --save-plan plan.json
python3 - <<'PY' || exit 1
import json
plan = json.load(open("plan.json"))
for column in plan["columns"]:
    if column["field"] in ("firm_name", "address"):
        column["protection"] = "drop"
json.dump(plan, open("plan.json", "w"), ensure_ascii=False)
PY
cli 0 import firms.csv --project p.twinfirm --table firms --plan plan.json
expect "the kept key is told" grep -q firm_name_key stdout
cli 0 import panel.csv --project p.twinfirm --table panel
cli 0 link firms panel --project p.twinfirm --by brn --out cases.csv --json
expect "one firm has several years" grep -q '"one_to_many": {' stdout
expect "every case is in the file" grep -q '^conflict,sido,1,2,1,1,' cases.csv
expect "a word is no key" grep -q '^right_without_key' cases.csv
expect "no number in the file" bash -c '! grep -Eq "1241000991|1018109147|124-10" cases.csv'
expect "no name in the project" bash -c '! grep -aq 카나리상회 p.twinfirm'
cli 0 import names.csv --project p.twinfirm --table names
cli 0 link names firms --project p.twinfirm --by name
expect "a name of two firms is ambiguous" grep -Eq '(모호함|ambiguous).*1.*1.*2' stdout
cli 0 link names firms --project p.twinfirm --by name+address --json
expect "names and places are one firm's" bash -c 'tr -d " \n" <stdout | grep -q "\"one_to_one\":{\"keys\":3,"'
cli 4 link names firms --project p.twinfirm --by name --key-file nowhere.key
cli 3 link names firms --project p.twinfirm --by crn
cli 2 link names firms --project p.twinfirm --by colour
cli 2 link names nothing --project p.twinfirm --by name
cli 0 quality panel --project p.twinfirm --register firms --out quality.csv
cli 0 demo --out demo --firms 2000 --events
expect "the study names the adoptions" grep -q '"adoption_table": "adoptions"' demo/study.json
cli 0 run demo/study.json --out results
expect "re-adoptions are told" grep -q adoption_repeated results/result.json
finish
