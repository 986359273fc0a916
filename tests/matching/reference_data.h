// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "matching/reference_table.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::reference {

inline std::filesystem::path folder() {
    return std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "reference";
}

/// Columns of a data file; `race` of birthwt and the firm sizes get the levels that R gave them.
inline stats::Frame frame(const std::filesystem::path& path, const std::vector<std::string>& columns) {
    const Table table(path);
    stats::Frame result(table.rows());
    for (const std::string& name : columns) {
        const std::vector<std::string>& texts = table.texts(name);
        const std::vector<double> numbers = table.numbers(name);
        bool all_numbers = true;
        for (std::size_t i = 0; i < texts.size(); ++i) all_numbers &= texts[i].empty() || numbers[i] == numbers[i];
        if (name == "size") {
            const std::vector<std::string> levels = {"소기업", "중기업", "중견"};
            std::vector<std::int32_t> codes;
            for (const std::string& text : texts) {
                codes.push_back(
                    static_cast<std::int32_t>(std::find(levels.begin(), levels.end(), text) - levels.begin()));
            }
            result.add(stats::Column::categories(name, levels, codes));
        } else if (!all_numbers || name == "race") {
            result.add(stats::Column::from_texts(name, texts));
        } else {
            result.add(stats::Column::numbers(name, numbers));
        }
    }
    return result;
}

/// One code for each combination of values in these columns; empty without columns.
inline std::vector<std::int32_t> strata(const Table& data, const std::vector<std::string>& columns) {
    std::map<std::string, std::int32_t> codes;
    std::vector<std::int32_t> stratum;
    for (std::size_t i = 0; i < data.rows() && !columns.empty(); ++i) {
        std::string key;
        for (const std::string& column : columns) key += data.texts(column)[i] + "\n";
        stratum.push_back(codes.try_emplace(key, static_cast<std::int32_t>(codes.size())).first->second);
    }
    return stratum;
}

/// What the settings ask of a pair beside score and strata, on the rows of the data.
struct PairConditions {
    PairConditions(const Table& data, const design::MatchingSettings& settings) {
        for (const design::CovariateCaliper& caliper : settings.covariate_calipers) {
            values.push_back(data.numbers(caliper.column));
            limits.push_back({{}, caliper.width, caliper.unit == design::CaliperUnit::sd});
        }
        for (std::size_t i = 0; i < limits.size(); ++i) limits[i].value = values[i];
        for (const std::string& column : settings.anti_exact) codes.push_back(strata(data, {column}));
    }

    std::vector<std::vector<double>> values;
    std::vector<matching::CovariateLimit> limits;
    std::vector<std::vector<std::int32_t>> codes;
};

/// Every column that the formula names.
inline std::vector<std::string> variables(const stats::Formula& formula) {
    std::vector<std::string> names;
    for (const stats::Term& term : formula.terms) {
        for (const stats::Factor& factor : term.factors) names.push_back(factor.column);
    }
    return names;
}

/// The formula within the `call` of a MatchIt case.
inline stats::Formula case_formula(const std::string& set, const std::string& title) {
    std::ifstream file(folder() / "matchit" / set / (title + ".json"));
    std::stringstream text;
    text << file.rdbuf();
    const std::string json = text.str();
    const std::string opening = "\"call\": \"matchit(";
    const std::size_t begin = json.find(opening) + opening.size();
    auto formula = stats::parse_formula(json.substr(begin, json.find(", method", begin) - begin));
    if (!formula) throw std::runtime_error("no formula in " + title);
    return *std::move(formula);
}

inline std::filesystem::path data_path(const std::string& set) {
    return folder() / "data" / ((set == "lalonde" ? "lalonde_matchit" : set) + ".csv");
}

}  // namespace twinfirm::reference
