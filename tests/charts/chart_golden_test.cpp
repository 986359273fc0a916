// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "charts/sample_charts.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::charts {
namespace {

using Json = nlohmann::ordered_json;

/// Equal but for the last digits of numbers.
void expect_same(const Json& actual, const Json& golden, const std::string& where) {
    if (golden.is_number() && actual.is_number()) {
        const double expected = golden.get<double>();
        EXPECT_NEAR(actual.get<double>(), expected, 1e-9 * std::fmax(1, std::abs(expected))) << where;
    } else if (golden.is_object() && actual.is_object()) {
        ASSERT_EQ(actual.size(), golden.size()) << where;
        for (const auto& [key, value] : golden.items()) {
            ASSERT_TRUE(actual.contains(key)) << where << "/" << key;
            expect_same(actual.at(key), value, where + "/" + key);
        }
    } else if (golden.is_array() && actual.is_array()) {
        ASSERT_EQ(actual.size(), golden.size()) << where;
        for (std::size_t i = 0; i < golden.size(); ++i) {
            expect_same(actual.at(i), golden.at(i), where + "/" + std::to_string(i));
        }
    } else {
        EXPECT_EQ(actual, golden) << where;
    }
}

// TWINFIRM_WRITE_GOLDENS=1 writes the files anew; the change is then reviewed with git diff.
TEST(ChartGolden, ChartsSayWhatTheySaid) {
    const std::filesystem::path folder = std::filesystem::path(TWINFIRM_SOURCE_DIR) / "tests/charts/golden";
    for (const Language language : {Language::korean, Language::english}) {
        for (const Chart& chart : sample_charts(language)) {
            const auto path = folder / (chart.key + "." + std::string(language_tag(language)) + ".json");
            const std::string json = chart_to_json(chart);
            if (std::getenv("TWINFIRM_WRITE_GOLDENS") != nullptr) {
                ASSERT_TRUE(write_file_atomically(path, json));
            }
            const auto golden = read_whole_file(path);
            ASSERT_TRUE(golden) << path;
            expect_same(Json::parse(json), Json::parse(*golden), path.filename().string());
        }
    }
}

}  // namespace
}  // namespace twinfirm::charts
