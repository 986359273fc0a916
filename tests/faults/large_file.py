#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the memory of an import stay the same however large the file is?

    tests/faults/large_file.py CLI [--megabytes 130,5000] [--out tests/figures/results/large_file.json]

For each size: a synthetic panel of 14 columns is written to a folder for temporary files (which needs about three times
that room), imported, and removed. Records rows, seconds and the peak of the resident memory; a size that is recorded for
this commit is not tried again. Fails beyond 300 MB, or if the table has not all rows.
"""
import argparse, datetime, json, os, pathlib, re, subprocess, sys, tempfile, time

HEADER = "기업ID,사업자등록번호,기업명,시도,산업코드,설립일,연도,매출액(백만원),수출액,고용인원,연구개발비율,수출여부,구축수준,비고\n"
REGIONS = ["서울특별시", "부산광역시", "경기도", "경상남도", "충청북도", "전라북도"]
NAMES = ["가나정밀", "다라테크", "마바산업", "사아전자", "자차기계", "카타화학"]
LEVELS = ["기초1", "기초2", "중간1", "중간2", "고도화"]
BLOCK = 20_000  # rows that differ in more than their firm


def write_file(path, size):
    """Returns the number of rows."""
    ends = []
    for i in range(BLOCK):
        sales = i * 7919 % 90_000
        money = f'"{sales // 1000},{sales % 1000:03}"' if sales >= 1000 else str(sales)
        remark = '"점검, 확인 필요"' if i % 5 == 0 else ""
        ends.append(f",{100 + i % 800:03}-00-{i % 100_000:05},{NAMES[i % 6]}{i % 1000} 주식회사,{REGIONS[i % 6]},"
                    f"C{10 + i % 24},{1970 + i % 45}-{1 + i % 12:02}-{1 + i % 28:02},{2014 + i % 4},{money},"
                    f"{i * 104_729 % 1_000_000},{i * 31 % 500},{i % 1000 / 100:.2f},{'YN'[i % 2]},{LEVELS[i % 5]},"
                    f"{remark}\n")
    rows = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER)
        while file.tell() < size:
            file.write("".join(f"F{(rows + i) // 4}{end}" for i, end in enumerate(ends)))
            rows += BLOCK
    return rows


def run(program, *command):
    """Output, seconds and peak memory in MB of one command."""
    begin = time.monotonic()
    child = subprocess.Popen([program, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(output)
    return output, time.monotonic() - begin, usage.ru_maxrss / 1024


arguments = argparse.ArgumentParser()
arguments.add_argument("cli", type=pathlib.Path)
arguments.add_argument("--megabytes", default="130,5000")
arguments.add_argument("--out", type=pathlib.Path)
arguments.add_argument("--commit", help="what CLI was built from (default: HEAD)")
options = arguments.parse_args()
root = pathlib.Path(__file__).resolve().parents[2]
head = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
commit = options.commit or head.stdout.strip()
record = json.loads(options.out.read_text()) if options.out and options.out.exists() else []
failed = False

for megabytes in (int(text) for text in options.megabytes.split(",")):
    if any((entry["commit"], entry["megabytes"]) == (commit, megabytes) for entry in record):
        continue
    with tempfile.TemporaryDirectory() as folder:
        file, project = pathlib.Path(folder) / "panel.csv", pathlib.Path(folder) / "a.twinfirm"
        rows = write_file(file, megabytes * 1_000_000)
        bytes_written = file.stat().st_size
        run(options.cli, "new", project)
        audit, seconds, peak = run(options.cli, "--json", "--quiet", "import", file, "--project", project, "--table", "t",
                                   "--key-file", pathlib.Path(folder) / "key", "--answer", "level_word:13:고도화=4")
        stored = int(re.search(r'"rows_stored": (\d+)', audit).group(1))
    entry = {"date": datetime.date.today().isoformat(), "commit": commit, "megabytes": megabytes, "bytes": bytes_written,
             "rows": rows, "rows_stored": stored, "seconds": round(seconds, 1), "peak_megabytes": round(peak, 1)}
    print(entry, flush=True)
    failed = failed or stored != rows or peak > 300
    record.append(entry)
    if options.out:
        options.out.write_text(json.dumps(record, indent=1) + "\n")
sys.exit(1 if failed else 0)
