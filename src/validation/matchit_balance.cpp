// SPDX-License-Identifier: GPL-3.0-or-later
// Balance of MatchIt's own pairs, sets, weights and scores against its summary().
#include <algorithm>
#include <map>

#include "matchit_steps.h"
#include "twinfirm/balance/balance_table.h"

namespace twinfirm::validation {

namespace {

constexpr double balance_digits = 8;

std::vector<std::int32_t> set_numbers(const std::vector<std::string>& labels) {
    std::map<std::string, std::int32_t> number;
    std::vector<std::int32_t> sets;
    for (const std::string& label : labels) {
        sets.push_back(
            label.empty() ? -1 : number.try_emplace(label, static_cast<std::int32_t>(number.size())).first->second);
    }
    return sets;
}

balance::SmdDenominator denominator(design::Estimand estimand) {
    switch (estimand) {
        case design::Estimand::atc:
            return balance::SmdDenominator::control;
        case design::Estimand::ate:
            return balance::SmdDenominator::pooled;
        case design::Estimand::att:
            break;
    }
    return balance::SmdDenominator::treated;
}

}  // namespace

void compare_balance(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                     const ReferenceTable& balance) {
    const bool by_pairs = item.name.starts_with("nn_");
    const std::vector<std::int32_t> sets =
        by_pairs ? std::vector<std::int32_t>() : set_numbers(files.units.texts("subclass"));
    std::vector<balance::BalanceColumn> columns = balance::balance_columns(design_of(files.data, files.formula));
    if (!files.score.empty()) {
        columns.insert(columns.begin(), balance::BalanceColumn{"distance", "", files.score, true});
    }
    // Covariates of a distance stand below those of the formula.
    const auto& variable = balance.texts("variable");
    const auto labels =
        static_cast<std::size_t>(std::count(balance.texts("sample").begin(), balance.texts("sample").end(), "all"));
    for (std::size_t i = columns.size(); i < labels; ++i) {
        columns.push_back({variable[i], "", files.data.numbers(variable[i])});
    }
    const auto rows = balance::balance_table(
        columns, {files.treated, files.weight,
                  by_pairs ? std::span<const matching::Pair>(files.pairs) : std::span<const matching::Pair>(),
                  denominator(item.settings.estimand), sets});
    std::map<std::string, const balance::BalanceRow*> ours;
    for (const balance::BalanceRow& row : rows) ours.emplace(row.covariate + row.level, &row);
    report.equal("balance_rows", static_cast<double>(rows.size()), static_cast<double>(labels));
    for (std::size_t i = 0; i < balance.rows(); ++i) {
        const bool after = balance.texts("sample")[i] == "matched";
        std::string name = balance.texts("variable")[i];
        name.erase(std::remove(name.begin(), name.end(), '`'), name.end());
        const auto found = ours.find(name);
        if (found == ours.end()) throw ReferenceError("balance of " + name);
        const balance::BalanceStatistics& now = after ? found->second->after : found->second->before;
        const auto compare = [&](const char* quantity, double value, const char* column) {
            const double theirs = ReferenceTable::number(balance.texts(column)[i]);
            report.near(quantity, value, theirs, at_least_one(theirs), balance_digits);
        };
        compare("balance_means", now.mean_treated, "Means_Treated");
        compare("balance_means", now.mean_control, "Means_Control");
        compare("balance_smd", now.smd, "Std_Mean_Diff");
        compare("balance_variance_ratio", now.variance_ratio, "Var_Ratio");
        compare("balance_ecdf", now.ecdf_mean, "eCDF_Mean");
        compare("balance_ecdf", now.ecdf_max, "eCDF_Max");
        if (after) compare("balance_pair_distance", now.std_pair_distance, "Std_Pair_Dist");
    }
}

}  // namespace twinfirm::validation
