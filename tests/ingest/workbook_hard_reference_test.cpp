// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {
namespace {

std::string outcome(const Result<Inspection>& inspection) {
    if (!inspection) return inspection.error().kind == ErrorKind::input ? "refuse" : "?";
    if (!inspection->questions.empty()) return "ask";
    for (const Problem& problem : inspection->problems) {
        if (problem.message.severity == Severity::warning) return "read+warn";
    }
    return "read";
}

TEST(HardWorkbooks, HaveTheOutcomeStatedAndLoseNoRow) {
    const std::filesystem::path folder = std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "hard";
    std::ifstream list(folder / "expected.json");
    std::size_t cases = 0;
    for (const auto& entry : nlohmann::json::parse(list)) {
        const auto name = entry.at("file").get<std::string>();
        if (!name.starts_with("xlsx/") && !name.ends_with(".xls") && !name.ends_with("_zip.csv")) continue;
        ++cases;
        SCOPED_TRACE(name);
        const auto inspection = inspect_file(folder / name);
        std::string why = inspection ? std::string() : inspection.error().code;
        if (inspection) {
            for (const Problem& problem : inspection->problems) why += problem.message.code + " ";
            for (const Question& question : inspection->questions) why += "?" + question.code + " ";
        }
        EXPECT_EQ(outcome(inspection), entry.at("outcome").get<std::string>()) << why;
        if (!inspection) continue;
        TableInMemory table;
        const auto audit = import_csv(folder / name, inspection->plan, "t", table);
        ASSERT_TRUE(audit) << audit.error().code;
        EXPECT_EQ(audit->rows_read, audit->rows_stored + audit->rows_rejected);
        EXPECT_EQ(audit->rows_read, inspection->rows + inspection->listed_rows);
        EXPECT_EQ(table.rows.size(), static_cast<std::size_t>(audit->rows_stored));
    }
    EXPECT_EQ(cases, 23U);
}

}  // namespace
}  // namespace twinfirm::ingest
