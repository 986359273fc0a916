#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man page of twinfirm-cli, made of its own help, so that it names what the program takes.

    packaging/man_page.py PROGRAM LANGUAGE DATE
"""
import re, subprocess, sys

HEADINGS = {"en": ("NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS", {}),
            "ko": ("이름", "사용법", "명령", "종료 코드", {"Options": "옵션", "Positionals": "인수"})}
EXIT = {"en": (("0", "done"), ("1", "the analysis could not be done"), ("2", "wrong usage or specification"),
               ("3", "bad input file or project"), ("4", "cannot read or write"), ("130", "cancelled")),
        "ko": (("0", "완료"), ("1", "분석할 수 없음"), ("2", "잘못된 사용법 또는 명세"),
               ("3", "읽을 수 없는 입력 파일 또는 프로젝트"), ("4", "읽기 또는 쓰기 실패"), ("130", "취소"))}


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.splitlines())


def help_of(program, language, *command):
    return subprocess.run([program, "--lang", language, *command, "--help"], capture_output=True, text=True,
                          check=True).stdout


def entries(text):
    """Lines `  term   text`, with text that continues below: (term, text) each, under the titles above them."""
    titles, current = [], None
    for line in text.splitlines():
        if re.match(r"^\S.*:$", line):
            current = []
            titles.append((line[:-1], current))
        elif current is not None and (match := re.match(r"^  (\S.*?)(?:\s{2,}(\S.*))?$", line)):
            current.append([match.group(1), match.group(2) or ""])
        elif current and line.strip():
            current[-1][1] = (current[-1][1] + " " + line.strip()).strip()
    return titles


def main(program, language, date):
    name, synopsis, commands, exit_status, words = HEADINGS[language]
    title_of = lambda title: roff(words.get(title, title))
    top = help_of(program, language)
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    summary = top.splitlines()[0]
    out = [f'.TH TWINFIRM\\-CLI 1 "{date}" "TwinFirm {version}"', f".SH {name}", f"twinfirm\\-cli \\- {roff(summary)}",
           f".SH {synopsis}", ".B twinfirm\\-cli", f"[\\fI{title_of('Options')}\\fR] \\fI{roff(commands)}\\fR ..."]
    titles = entries(top)
    for title, lines in titles[:-1]:
        out.append(f".SH {title_of(title)}")
        for term, text in lines:
            out += [".TP", f"\\fB{roff(term)}\\fR", roff(text)]
    out.append(f".SH {commands}")
    for command, text in titles[-1][1]:
        out += [f".SS {command}", roff(text)]
        for title, lines in entries(help_of(program, language, command)):
            out += [".PP", f"{title_of(title)}:"]
            for term, what in lines:
                out += [".TP", f"\\fB{roff(term)}\\fR", roff(what)]
    out.append(f".SH {exit_status}")
    for code, meaning in EXIT[language]:
        out += [".TP", f"\\fB{code}\\fR", roff(meaning)]
    print("\n".join(out))


main(*sys.argv[1:])
