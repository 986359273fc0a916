// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/evaluation_fixture.h"
#include "twinfirm/base/language.h"

namespace twinfirm::report::testing {

/// The small evaluation with another number in every place, so that no cell is right by chance.
inline evaluation::Evaluation distinct_evaluation() {
    evaluation::Evaluation evaluation = small_evaluation();
    double step = 0;
    const auto move = [&](effects::Estimate& value) {
        step += 0.0013;
        value.estimate += step;
        value.ci_low += step / 2;
        value.ci_high += step * 2;
        value.n_treated += static_cast<std::int64_t>(step * 1000);
    };
    for (auto& row : evaluation.before_after) {
        if (row.group.suppressed) continue;
        move(row.change.ratio_of_sums);
        move(row.change.difference);
        row.change.n += static_cast<std::int64_t>(step * 1000);
    }
    // A naive change for each year, too.
    for (const char* outcome : {"sales", "accidents"}) {
        evaluation::BeforeAfterRow row = before_after_row(outcome, {}, 0.01);
        row.event_time = 0;
        move(row.change.ratio_of_sums);
        move(row.change.difference);
        evaluation.before_after.push_back(row);
    }
    for (auto& row : evaluation.effects) {
        if (row.group.suppressed) continue;
        move(row.effect);
        row.percent += step;
        row.percent_low -= step;
        row.percent_high += step * 3;
        row.treated_after *= 1 + step;
        row.control_after *= 1 - step / 3;
    }
    return evaluation;
}

/// The cell without the mark that cautions.
inline std::string without_caution(std::string text) {
    const std::size_t mark = text.find(" ※");
    if (mark == std::string::npos) return text;
    const std::size_t end = std::min(text.find('\n'), text.size());
    return text.erase(mark, end - mark);
}

/// Cells as they must read, made from the text of result.json without the report's own formats.
class JsonNumbers {
  public:
    JsonNumbers(const nlohmann::json& result, Language language)
        : result_(result), korean_(language == Language::korean) {}

    [[nodiscard]] std::string process(const std::string& kpi, const std::string& breakdown,
                                      const std::string& group) const {
        return change(find("before_after", kpi, breakdown, group, std::nullopt), "ratio_of_sums", 100, 1);
    }

    [[nodiscard]] std::string naive(const design::Outcome& outcome, const std::string& breakdown,
                                    const std::string& group, std::optional<int> time) const {
        const nlohmann::json* row = find("before_after", outcome.key, breakdown, group, time);
        if (outcome.metric == design::ChangeMetric::percent) return change(row, "ratio_of_sums", 100, 1);
        return change(row, "difference", 1 / outcome.unit_scale, decimals(outcome));
    }

    [[nodiscard]] std::string matched(const design::Outcome& outcome, const std::string& breakdown,
                                      const std::string& group, std::optional<int> time) const {
        const nlohmann::json* row = find("effects", outcome.key, breakdown, group, time);
        if (row == nullptr) return "-";
        if (row->at("group").at("suppressed").get<bool>()) return "X";
        const nlohmann::json& effect = row->at("effect");
        if (outcome.metric == design::ChangeMetric::percent) {
            return cell(row->at("percent"), row->at("percent_low"), row->at("percent_high"), effect.at("n_treated"),
                        100, 1);
        }
        return cell(effect.at("estimate"), effect.at("ci_low"), effect.at("ci_high"), effect.at("n_treated"),
                    1 / outcome.unit_scale, decimals(outcome));
    }

    [[nodiscard]] std::vector<std::string> means(const design::Outcome& outcome, std::optional<int> time) const {
        const nlohmann::json* row = find("effects", outcome.key, "all", "all", time);
        std::vector<std::string> list;
        for (const char* name : {"treated_base", "treated_after", "control_base", "control_after"}) {
            list.push_back(number(row->at(name).get<double>() / outcome.unit_scale, decimals(outcome)));
        }
        return list;
    }

    /// Rounded half away from zero on the decimal text; the sign and the thousands as the language writes them.
    [[nodiscard]] std::string number(double value, int decimals) const {
        double scale = 1;
        for (int i = 0; i < decimals; ++i) scale *= 10;
        // Fifteen digits undo what binary fractions add to a decimal half.
        const double tenths = std::stod(fmt::format("{:.15g}", std::abs(value) * scale));
        const auto whole = static_cast<long long>(std::floor(tenths + 0.5));
        std::string digits = fmt::format("{:0{}}", whole, decimals + 1);
        std::string fraction =
            decimals > 0 ? "." + digits.substr(digits.size() - static_cast<std::size_t>(decimals)) : std::string();
        std::string integer = digits.substr(0, digits.size() - static_cast<std::size_t>(decimals));
        for (std::size_t i = integer.size(); i > 3; i -= 3) integer.insert(i - 3, 1, ',');
        const std::string sign = value < 0 && whole != 0 ? (korean_ ? "△" : "−") : "";
        return sign + integer + fraction;
    }

  private:
    static int decimals(const design::Outcome& outcome) {
        return outcome.metric == design::ChangeMetric::per_hundred ? 2 : 1;
    }

    [[nodiscard]] std::string change(const nlohmann::json* row, const char* measure, double factor,
                                     int decimals) const {
        if (row == nullptr) return "-";
        if (row->at("group").at("suppressed").get<bool>()) return "X";
        const nlohmann::json& value = row->at(measure);
        return cell(value.at("estimate"), value.at("ci_low"), value.at("ci_high"), row->at("n"), factor, decimals);
    }

    [[nodiscard]] std::string cell(const nlohmann::json& estimate, const nlohmann::json& low,
                                   const nlohmann::json& high, const nlohmann::json& n, double factor,
                                   int decimals) const {
        return number(estimate.get<double>() * factor, decimals) +
               " (n=" + number(static_cast<double>(n.get<std::int64_t>()), 0) + ")\n[" +
               number(low.get<double>() * factor, decimals) + ", " + number(high.get<double>() * factor, decimals) +
               "]";
    }

    [[nodiscard]] const nlohmann::json* find(const char* list, const std::string& outcome, const std::string& breakdown,
                                             const std::string& group, std::optional<int> time) const {
        for (const auto& row : result_.at(list)) {
            const bool all = breakdown == "all";
            if (row.at("outcome") != outcome || row.at("group").at("breakdown") != (all ? "" : breakdown) ||
                row.at("group").at("key") != (all ? "" : group)) {
                continue;
            }
            if (row.contains("estimator") && row.at("estimator") != "did") continue;
            if (row.at("event_time").is_null() != !time) continue;
            if (time && row.at("event_time") != *time) continue;
            return &row;
        }
        return nullptr;
    }

    const nlohmann::json& result_;
    bool korean_;
};

}  // namespace twinfirm::report::testing
