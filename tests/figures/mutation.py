#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Would the tests notice a small fault in the code? One change after the other to a source file, in a copy of HEAD.

    tests/figures/mutation.py NAME --sources src/base/decimal.cpp ... --tests tests/base/decimal_test.cpp ... [--count 120]
    tests/figures/mutation.py parsers stats          the named sets below need no --sources and --tests

A mutant compiles its one file (with little optimisation, without sanitizers), links the test programs that hold the
given tests only (none of the label long; of the label reference where the results stand beside the checkout), and runs
them until one fails. It is killed if a test fails, crashes or takes too long; mutants that do not
compile are not counted. Results go to tests/figures/results/mutation_NAME.jsonl, a line each; a mutant that stands
there is not tried again. --again draws none and tries the survivors once more, where their lines still stand. A
survivor that cannot change any result gets the reason as "equivalent" in its line, by hand, and is left alone. Prints
the score, with and without the equivalent ones, and the survivors.
"""
import argparse, datetime, io, json, os, pathlib, random, re, resource, shutil, subprocess, sys, tarfile, tempfile, time

SETS = {
    "parsers": (
        [f"src/ingest/{name}.cpp" for name in ("csv_reader", "record_repair", "table_layout", "cell_reading",
                                               "cell_reader", "korean_amount", "conversion_rule")]
        + [f"src/base/{name}.cpp" for name in ("decimal", "calendar", "number_text")],
        [f"tests/base/{name}_test.cpp" for name in ("decimal", "calendar", "number_text")]
        + [f"tests/ingest/{name}_test.cpp" for name in ("csv_reader", "record_repair", "table_layout", "cell_reading",
                                                        "cell_reader", "csv_import", "region_and_industry")]),
}
for module in ("stats", "matching", "balance", "effects"):
    # The published reference results that are these modules' tests stand in a room of their own.
    SETS[module] = ([f"src/{module}/*.cpp"], [f"tests/{module}/*_test.cpp", "tests/validation/*_test.cpp"])

# What is changed into what. Operators with spaces around them are operators; templates and references have none.
CHANGES = [
    (r" < ", (" <= ", " > ")), (r" > ", (" >= ", " < ")), (r" <= ", (" < ",)), (r" >= ", (" > ",)),
    (r" == ", (" != ",)), (r" != ", (" == ",)), (r" && ", (" || ",)), (r" \|\| ", (" && ",)),
    (r" \+ ", (" - ",)), (r" - ", (" + ",)), (r" \* ", (" / ",)), (r" / ", (" * ",)), (r" % ", (" * ",)),
    (r" \+= ", (" -= ",)), (r" -= ", (" += ",)), (r" \*= ", (" /= ",)), (r" /= ", (" *= ",)),
    (r"\+\+", ("--",)), (r"--", ("++",)), (r"!(?=[\w(*])", ("",)), (r"(?<=\()-(?=\w)", ("",)),
    (r"\btrue\b", ("false",)), (r"\bfalse\b", ("true",)),
    (r"\bstd::min\b", ("std::max",)), (r"\bstd::max\b", ("std::min",)),
    (r"\bstd::abs\(", ("(",)), (r"\bstd::sqrt\(", ("(",)), (r"\bstd::log\(", ("(",)), (r"\bstd::exp\(", ("(",)),
    (r"(?<![\w.'])(\d+)(?![\w.'])", ("NUMBER",)), (r"(?<![\w.'])\d+\.\d+(?![\w.'])", ("NUMBER",)),
    (r"\b(?:break|continue);", (";",)), (r"(?<=\? )[^:?]+(?= : )", ("OTHER",)),
]
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\[^\'\n]+|\\\'|[^\'\\\n])\'|^\s*#[^\n]*|'
                      r"\b(?:static_assert|template|using|namespace)\b[^\n]*", re.S | re.M)


def mutants_of(path, text):
    """All changes to one file as (path, begin, end, new text)."""
    hidden = NOT_CODE.sub(lambda match: re.sub(r"[^\n]", "\0", match.group()), text)
    for pattern, replacements in CHANGES:
        for match in re.finditer(pattern, hidden):
            old = text[match.start():match.end()]
            for new in replacements:
                if new == "NUMBER":
                    new = str(int(old) + 1) if old.isdigit() else str(float(old) * 1.5 + 0.25)
                elif new == "OTHER":  # a ? b : c always takes c
                    after = re.match(r" : ([^;,:?\n()]+)", hidden[match.end():])
                    if not after or "\0" in after.group(1) + hidden[match.start():match.end()]:
                        continue
                    new = after.group(1)
                yield path, match.start(), match.end(), new


class Copy:
    """The files of HEAD under a folder of its own, with a build beside them."""

    def __init__(self, folder, root, tests):
        self.tree, self.build = folder / "tree", folder / "build"
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=root, capture_output=True, check=True).stdout
        modules = {pathlib.PurePath(test).parts[1] for test in tests}
        names = set()
        for entry in tarfile.open(fileobj=io.BytesIO(archive)):
            parts = pathlib.PurePath(entry.name).parts
            is_test = entry.name.endswith("_test.cpp") and parts[0] == "tests" and parts[1] in modules
            if not entry.isfile() or (is_test and entry.name not in tests):
                continue
            names.add(entry.name)
            self.write(entry.name, archive_bytes(archive, entry))
        for file in list(self.tree.rglob("*")):
            if file.is_file() and str(file.relative_to(self.tree)) not in names:
                file.unlink()
        if (root.parent / "shared").exists() and not (folder / "shared").exists():
            (folder / "shared").symlink_to(root.parent / "shared")
        self.programs = sorted({"twinfirm_" + pathlib.PurePath(test).parts[1]
                                + ("_reference" if test.endswith("_reference_test.cpp") else "") + "_tests"
                                for test in tests})

    def write(self, name, data):
        file = self.tree / name
        if not file.exists() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def configure(self):
        subprocess.run(["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, "-DCMAKE_BUILD_TYPE=Debug",
                        "-DCMAKE_CXX_FLAGS=-w -O1 -D_GLIBCXX_ASSERTIONS", "-DCMAKE_CXX_FLAGS_DEBUG=", "-DTWINFIRM_WITH_QT=OFF",
                        "-DCMAKE_SUPPRESS_REGENERATION=ON",  # no search for new files at every mutant
                        "-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold"], check=True, stdout=subprocess.DEVNULL)

    def compile(self):
        return subprocess.run(["ninja", "-C", self.build, *self.programs], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=os.environ | {"CCACHE_DISABLE": "1"})

    def tests_pass(self, seconds, order):
        for program in order(self.programs):
            try:
                done = subprocess.run([self.build / "bin" / program, "--gtest_brief=1", "--gtest_fail_fast"],
                                      cwd=self.tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      timeout=seconds, preexec_fn=bound_memory)
            except subprocess.TimeoutExpired:
                return False
            if done.returncode != 0:
                return False
        return True


def bound_memory():
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


def archive_bytes(archive, entry):
    return archive[entry.offset_data:entry.offset_data + entry.size]


def expand(root, patterns):
    names = sorted({str(file.relative_to(root)) for pattern in patterns for file in root.glob(pattern)})
    reference = (root.parent / "shared").exists()
    return [name for name in names if not name.endswith("_long_test.cpp")
            and (reference or not name.endswith("_reference_test.cpp"))]


def run(name, sources, tests, options, root):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True,
                            text=True).stdout.strip()
    folder = pathlib.Path(options.work or pathlib.Path(tempfile.gettempdir()) / f"twinfirm-mutation-{name}")
    results = root / "tests/figures/results" / f"mutation_{name}.jsonl"
    record = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    copy = Copy(folder, root, tests)
    copy.configure()
    built = copy.compile()
    if built.returncode != 0:
        sys.exit(built.stdout.decode()[-3000:])
    begin = time.monotonic()
    if not copy.tests_pass(3600, list):
        sys.exit("the tests do not pass before anything is changed")
    seconds = max(20, 5 * (time.monotonic() - begin))

    candidates = [mutant for path in sources for mutant in mutants_of(path, (copy.tree / path).read_text())]
    random.Random(options.seed).shuffle(candidates)

    def describe(mutant):
        path, first, last, new = mutant
        source = (copy.tree / path).read_text()
        line = source.count("\n", 0, first)
        lines = [each.strip() for each in source.splitlines()]
        return {"date": datetime.date.today().isoformat(), "commit": commit, "file": path, "line": line + 1,
                "place": first - source.rfind("\n", 0, first) - 1, "old": source[first:last].strip(),
                "new": new.strip(), "code": lines[line], "earlier": lines[:line].count(lines[line])}

    def key(entry):
        return entry["file"], entry["code"], entry["earlier"], entry["place"], entry["new"]

    known = {key(entry): entry for entry in record}
    if options.again:
        alive = {key(entry) for entry in record if entry["outcome"] == "survived" and "equivalent" not in entry}
        candidates = [mutant for mutant in candidates if key(describe(mutant)) in alive]
    judged = 0
    for path, first, last, new in candidates:
        if judged >= options.count and not options.again:
            break
        entry = describe((path, first, last, new))
        source = (copy.tree / path).read_text()
        before = known.get(key(entry))
        if before and not options.again:
            judged += before["outcome"] != "not compiled"
            continue
        try:
            (copy.tree / path).write_text(source[:first] + new + source[last:])
            if copy.compile().returncode != 0:
                entry["outcome"] = "not compiled"
            else:
                own = f"twinfirm_{pathlib.PurePath(path).parts[1]}_tests"
                nearest = lambda programs: sorted(programs, key=lambda program: program != own)
                entry["outcome"] = "survived" if copy.tests_pass(seconds, nearest) else "killed"
        finally:
            (copy.tree / path).write_text(source)
        judged += entry["outcome"] != "not compiled"
        if before:
            record.remove(before)
        record.append(entry)
        known[key(entry)] = entry
        write(results, record)
        print(f"{judged}/{len(candidates) if options.again else options.count} {entry['outcome']}: {path}:{entry['line']} '{entry['old']}' -> '{entry['new']}'",
              flush=True)
    if options.clean:
        shutil.rmtree(folder)
    report(name, record)


def write(results, record):
    results.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in record))


def report(name, record):
    killed = sum(entry["outcome"] == "killed" for entry in record)
    survivors = [entry for entry in record if entry["outcome"] == "survived"]
    alive = [entry for entry in survivors if "equivalent" not in entry]
    print(f"{name}: {killed + len(survivors)} mutants, {killed} killed, {len(survivors) - len(alive)} equivalent, score "
          f"{killed / max(1, killed + len(survivors)):.3f}, of those that are not equivalent "
          f"{killed / max(1, killed + len(alive)):.3f}")
    for entry in survivors:
        print(f"  {'equivalent, ' + entry['equivalent'] + ': ' if 'equivalent' in entry else ''}{entry['file']}:{entry['line']} '{entry['old']}' -> '{entry['new']}': {entry['code']}")


arguments = argparse.ArgumentParser()
arguments.add_argument("names", nargs="+")
arguments.add_argument("--sources", nargs="+")
arguments.add_argument("--tests", nargs="+")
arguments.add_argument("--count", type=int, default=120)
arguments.add_argument("--seed", type=int, default=1)
arguments.add_argument("--again", action="store_true", help="try the survivors once more")
arguments.add_argument("--work", help="where the copy stands (default: a folder for temporary files)")
arguments.add_argument("--clean", action="store_true", help="remove the copy at the end")
chosen = arguments.parse_args()
top = pathlib.Path(__file__).resolve().parents[2]
for chosen_name in chosen.names:
    chosen_sources, chosen_tests = SETS.get(chosen_name, (None, None))
    run(chosen_name, expand(top, chosen.sources or chosen_sources), expand(top, chosen.tests or chosen_tests), chosen, top)
