// SPDX-License-Identifier: GPL-3.0-or-later
// Time of looking a file over and of the typed, audited import of a million rows, beside the plain import of the
// sqlite3 shell into typed columns in the same run.
#include <fmt/core.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/base/random.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/store/project.h"

namespace {

using namespace twinfirm;

double seconds_of(const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Fourteen columns: identifiers, Korean texts, codes, amounts with and without separators, shares, dates, words.
void write_firms(const std::filesystem::path& path, std::size_t rows) {
    Random random(1);
    std::ofstream out(path, std::ios::binary);
    std::string text =
        "기업ID,사업자등록번호,기업명,시도,산업코드,설립일,연도,매출액(백만원),수출액,고용인원,연구개발비율,수출여부,"
        "구축수준,"
        "비고\n";
    const char* const regions[] = {"서울특별시", "부산광역시", "경기도", "경상남도", "충청북도", "전라북도"};
    const char* const names[] = {"가나정밀", "다라테크", "마바산업", "사아전자", "자차기계", "카타화학"};
    const char* const levels[] = {"기초1", "기초2", "중간1", "중간2", "고도화"};
    for (std::size_t i = 0; i < rows; ++i) {
        const auto firm = i / 4;
        const std::uint64_t sales = random.below(90'000);
        text += fmt::format("F{:06},{:03}-00-{:05},{}{} 주식회사,{},C{},{}-{:02}-{:02},{},", firm, 100 + firm % 800,
                            firm % 100'000, names[firm % 6], firm % 1000, regions[firm % 6], 10 + firm % 24,
                            1970 + firm % 45, 1 + firm % 12, 1 + firm % 28, 2014 + i % 4);
        text += sales >= 1000 ? fmt::format("\"{},{:03}\",", sales / 1000, sales % 1000) : fmt::format("{},", sales);
        text += fmt::format("{},{},{:.2f},{},{},", random.below(1'000'000), random.below(500),
                            static_cast<double>(random.below(1000)) / 100, random.below(2) == 0 ? "Y" : "N",
                            levels[random.below(5)]);
        if (random.below(5) == 0) text += "\"점검, 확인 필요\"";
        text += '\n';
        if (text.size() > std::size_t{1} << 20) {
            out << text;
            text.clear();
        }
    }
    out << text;
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

int run(std::size_t rows) {
    const auto folder = std::filesystem::temp_directory_path() / "twinfirm-import-benchmark";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto file = folder / "firms.csv";
    write_firms(file, rows);
    const double megabytes = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
    fmt::print("{} rows x 14 columns, {:.0f} MB\n", rows, megabytes);

    ingest::ImportPlan plan;
    const double inspecting = seconds_of([&] {
        auto inspection = ingest::inspect_file(file);
        if (!inspection) {
            fmt::print("inspect: {}\n", inspection.error().code);
            return;
        }
        plan = std::move(inspection->plan);
    });
    const double importing = seconds_of([&] {
        auto project = store::Project::create(folder / "p.twinfirm");
        auto transaction = project->begin_import();
        const PseudonymKey key(PseudonymKey::Bytes{1, 2, 3});
        const auto audit = ingest::import_csv(file, plan, "firms", **transaction, {}, {}, &key);
        if (!audit || audit->rows_stored != static_cast<std::int64_t>(rows)) {
            fmt::print("import: {}\n", audit ? "rows were rejected" : audit.error().code);
            return;
        }
        const Status committed = (*transaction)->commit({"firms.csv", audit->bytes, audit->sha256, "{}", "{}", ""});
        if (!committed) fmt::print("commit: {}\n", committed.error().code);
    });
    const double peak = peak_megabytes();

    const auto script = folder / "import.sql";
    std::ofstream(script) << "CREATE TABLE t(a TEXT,b TEXT,c TEXT,d TEXT,e TEXT,f TEXT,g INTEGER,h INTEGER,i INTEGER,"
                             "j INTEGER,k REAL,l TEXT,m TEXT,n TEXT);\n.import --csv --skip 1 "
                          << file.string() << " t\n";
    const std::string command = "sqlite3 " + (folder / "plain.db").string() + " < " + script.string();
    int status = 0;
    const double plain = seconds_of([&] { status = std::system(command.c_str()); });
    fmt::print("inspect {:.2f} s ({:.0f} MB/s)\n", inspecting, megabytes / inspecting);
    fmt::print("import  {:.2f} s ({:.0f} MB/s), peak {:.0f} MB\n", importing, megabytes / importing, peak);
    if (status == 0) {
        fmt::print("sqlite3 .import {:.2f} s; ratio {:.2f}, with the inspection {:.2f}\n", plain, importing / plain,
                   (importing + inspecting) / plain);
    }
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
}
