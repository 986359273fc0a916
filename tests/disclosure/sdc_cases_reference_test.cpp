// SPDX-License-Identifier: GPL-3.0-or-later
// The disclosure cases that stand beside the checkout: what an attack on the sensitive cells alone recovers, and the
// best pattern found by trying all.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "disclosure/small_tables.h"

namespace twinfirm::disclosure {
namespace {

struct Case {
    nlohmann::json json;
    AggregateTable table;
    std::map<std::string, std::size_t> index;
};

Case read_case(const std::filesystem::path& path) {
    Case result;
    std::ifstream(path) >> result.json;
    const double missing = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [name, item] : result.json.at("cells").items()) {
        Cell cell;
        cell.name = name;
        cell.value = item.at("value");
        cell.contributors = item.at("count");
        cell.largest = item.value("max1", missing);
        cell.second = item.value("max2", missing);
        if (item.contains("max1")) result.table.content = Content::magnitudes;
        result.index[name] = result.table.cells.size();
        result.table.cells.push_back(cell);
    }
    for (const auto& sum : result.json.at("sums")) {
        Relation relation{result.index.at(sum[0]), {}};
        for (const auto& part : sum[1]) relation.parts.push_back(result.index.at(part));
        result.table.relations.push_back(relation);
    }
    return result;
}

std::vector<std::filesystem::path> case_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(TWINFIRM_REFERENCE_DIR) + "/sdc"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

TEST(SdcCases, TheAttackOnSensitiveCellsAloneRecoversWhatTheReferenceDoes) {
    for (const auto& path : case_files()) {
        const Case item = read_case(path);
        ASSERT_TRUE(check_table(item.table)) << path;
        std::vector<bool> suppressed(item.table.cells.size(), false);
        for (const auto& name : item.json.at("primary")) suppressed[item.index.at(name)] = true;
        const auto audit = audit_suppression(item.table, suppressed, {});
        ASSERT_TRUE(audit);
        ASSERT_EQ(audit->cells.size(), item.json.at("primary").size()) << path;
        for (const CellInterval& cell : audit->cells) {
            const auto expected = item.json.at("recovered_if_only_primary").at(item.table.cells[cell.cell].name);
            EXPECT_NEAR(cell.low, expected[0], 5e-4) << path;
            EXPECT_NEAR(cell.high, expected[1], 5e-4) << path;
            EXPECT_EQ(cell.disclosure, Disclosure::exact) << path;
        }
    }
}

TEST(SdcCases, TheBestPatternOfTheReferencePassesTheAudit) {
    for (const auto& path : case_files()) {
        const Case item = read_case(path);
        std::vector<bool> suppressed(item.table.cells.size(), false);
        for (const char* list : {"primary", "optimal_extra"})
            for (const auto& name : item.json.at(list)) suppressed[item.index.at(name)] = true;
        const auto audit = audit_suppression(item.table, suppressed, {});
        ASSERT_TRUE(audit);
        EXPECT_TRUE(audit->passed()) << path;
    }
}

TEST(SdcCases, NothingIsRecoveredAndLittleMoreThanTheBestIsLost) {
    for (const auto& path : case_files()) {
        const Case item = read_case(path);
        const auto result = protect_table(item.table, {});
        ASSERT_TRUE(result) << path;
        EXPECT_TRUE(result->audit.passed()) << path;
        EXPECT_LE(result->suppression.loss, 1.25 * item.json.at("optimal_extra_value").get<double>()) << path;
        EXPECT_LE(result->suppression.complementary, item.json.at("optimal_extra").size()) << path;
    }
}

}  // namespace
}  // namespace twinfirm::disclosure
