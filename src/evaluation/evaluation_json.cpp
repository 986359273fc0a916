// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/evaluation_json.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>

#include "group_results_json.h"
#include "over_time_result_json.h"
#include "result_json_parts.h"
#include "study_record_json.h"
#include "twinfirm/base/parallel.h"

namespace twinfirm::evaluation {

namespace {

using namespace json_parts;

Json flow_step(const FlowStep& step) {
    return {{"step", step.step}, {"treated", count(step.firms.treated)}, {"control", count(step.firms.control)}};
}

Json reason_count(const ReasonCount& reason) {
    return {{"reason", matching::reason_code(reason.reason)},
            {"treated", count(reason.firms.treated)},
            {"control", count(reason.firms.control)}};
}

Json coefficient(const Coefficient& value) {
    return {{"term", value.term},
            {"estimate", number(value.estimate)},
            {"std_error", number(value.std_error)},
            {"z", number(value.z)},
            {"p_value", number(value.p_value)}};
}

Json match_check(const MatchCheck& check) {
    return {{"pairs_checked", count(check.pairs_checked)},
            {"nearest_checked", count(check.nearest_checked)},
            {"sets_checked", count(check.sets_checked)},
            {"units_checked", count(check.units_checked)},
            {"violations", check.violations}};
}

Json sample_size(const SampleSize& size) {
    return {{"pairs", count(size.pairs)},
            {"sets", count(size.sets)},
            {"ess_treated", number(size.ess_treated)},
            {"ess_control", number(size.ess_control)}};
}

Json cohort(const Cohort& value) {
    return {{"year", value.year},
            {"flow", list(value.flow, flow_step)},
            {"reasons", list(value.reasons, reason_count)},
            {"coefficients", list(value.coefficients, coefficient)},
            {"log_likelihood", number(value.log_likelihood)},
            {"auc", number(value.auc)},
            {"iterations", value.iterations},
            {"caliper_raw", number(value.caliper_raw)},
            {"caliper_sd", number(value.caliper_sd)},
            {"mean_distance", number(value.mean_distance)},
            {"largest_distance", number(value.largest_distance)},
            {"bandwidth", number(value.bandwidth)},
            {"size", sample_size(value.size)},
            {"check", match_check(value.check)},
            {"messages", list(value.messages, message)}};
}

Json overlap_bin(const OverlapBin& bin) {
    return {{"low", number(bin.low)},
            {"high", number(bin.high)},
            {"treated_matched", count(bin.treated_matched)},
            {"treated_unmatched", count(bin.treated_unmatched)},
            {"control_matched", count(bin.control_matched)},
            {"control_unmatched", count(bin.control_unmatched)}};
}

Json balance_statistics(const balance::BalanceStatistics& value) {
    return {{"mean_treated", number(value.mean_treated)},
            {"mean_control", number(value.mean_control)},
            {"smd", number(value.smd)},
            {"variance_ratio", number(value.variance_ratio)},
            {"ecdf_mean", number(value.ecdf_mean)},
            {"ecdf_max", number(value.ecdf_max)},
            {"std_pair_distance", number(value.std_pair_distance)}};
}

Json balance_row(const balance::BalanceRow& row) {
    return {{"covariate", row.covariate},
            {"level", row.level},
            {"type", row.type},
            {"before", balance_statistics(row.before)},
            {"after", balance_statistics(row.after)},
            {"suppressed", row.hidden}};
}

/// Null where no test for few sets or clusters was made.
Json small_sample(const effects::SmallSampleTest& value) {
    if (value.kind.empty()) return nullptr;
    return {{"kind", value.kind},
            {"p_value", number(value.p_value)},
            {"ci_low", number(value.ci_low)},
            {"ci_high", number(value.ci_high)},
            {"draws", value.draws},
            {"exact", value.exact}};
}

/// With what is known of the main estimates only.
Json full_estimate(const effects::Estimate& value) {
    Json json = estimate(value);
    json["ess_control"] = number(value.ess_control);
    json["small_sample"] = small_sample(value.small_sample);
    return json;
}

Json sign_changes(const effects::SignChanges& signs) {
    return {{"stayed_in_profit", count(signs.stayed_in_profit)},
            {"turned_to_profit", count(signs.turned_to_profit)},
            {"turned_to_loss", count(signs.turned_to_loss)},
            {"stayed_in_loss", count(signs.stayed_in_loss)}};
}

Json before_after_row(const BeforeAfterRow& row) {
    return {{"outcome", row.outcome},
            {"group", group(row.group)},
            {"event_time", event_time(row.event_time)},
            {"n", row.change.n},
            {"n_zero_base", count(row.change.n_zero_base)},
            {"mean_before", number(row.change.mean_before)},
            {"mean_after", number(row.change.mean_after)},
            {"difference", full_estimate(row.change.difference)},
            {"ratio_of_sums", full_estimate(row.change.ratio_of_sums)},
            {"mean_of_ratios", full_estimate(row.change.mean_of_ratios)},
            {"median_of_ratios", full_estimate(row.change.median_of_ratios)},
            {"trimmed_mean_of_ratios", full_estimate(row.change.trimmed_mean_of_ratios)},
            {"winsorised_mean_of_ratios", full_estimate(row.change.winsorised_mean_of_ratios)},
            {"winsorised_difference", full_estimate(row.change.winsorised_difference)},
            {"median_suppressed", row.median_hidden},
            {"signs", sign_changes(row.change.signs)},
            {"traps", row.traps}};
}

Json effect_row(const EffectRow& row) {
    return {{"outcome", row.outcome},
            {"group", group(row.group)},
            {"event_time", event_time(row.event_time)},
            {"estimator", row.estimator},
            {"effect", full_estimate(row.effect)},
            {"p_holm", number(row.p_holm)},
            {"p_bh", number(row.p_bh)},
            {"minimum_detectable", number(row.minimum_detectable)},
            {"percent", number(row.percent)},
            {"percent_low", number(row.percent_low)},
            {"percent_high", number(row.percent_high)},
            {"treated_base", number(row.treated_base)},
            {"treated_after", number(row.treated_after)},
            {"control_base", number(row.control_base)},
            {"control_after", number(row.control_after)},
            {"treated_base_margin", number(row.margins.treated_base)},
            {"treated_after_margin", number(row.margins.treated_after)},
            {"control_base_margin", number(row.margins.control_base)},
            {"control_after_margin", number(row.margins.control_after)},
            {"traps", row.traps}};
}

Json heterogeneity(const Heterogeneity& value) {
    return {{"outcome", value.outcome}, {"breakdown", value.breakdown},     {"q", number(value.q)},
            {"df", number(value.df)},   {"p_value", number(value.p_value)}, {"covariance", value.covariance}};
}

Json benchmark_bound(const effects::BenchmarkBound& bound) {
    return {{"covariate", bound.covariate},
            {"multiple", number(bound.multiple)},
            {"r2_treatment", number(bound.r2_treatment)},
            {"r2_outcome", number(bound.r2_outcome)},
            {"estimate", number(bound.estimate)},
            {"std_error", number(bound.std_error)},
            {"ci_low", number(bound.ci_low)},
            {"ci_high", number(bound.ci_high)}};
}

Json sensitivity_row(const SensitivityRow& row) {
    const effects::OmittedVariableBias& regression = row.regression;
    return {{"outcome", row.outcome},
            {"estimate", number(row.estimate)},
            {"std_error", number(row.std_error)},
            {"test", row.test},
            {"sets", row.sets},
            {"sets_left_out", row.sets_left_out},
            {"largest_gamma", number(row.largest_gamma)},
            {"gammas", list(row.gammas,
                            [](const GammaRow& gamma) {
                                return Json{{"gamma", number(gamma.gamma)},
                                            {"p_high", number(gamma.p_high)},
                                            {"estimate_low", number(gamma.estimate_low)},
                                            {"estimate_high", number(gamma.estimate_high)}};
                            })},
            {"e_value", number(row.e_value)},
            {"e_value_interval", number(row.e_value_interval)},
            {"regression",
             {{"estimate", number(regression.estimate)},
              {"std_error", number(regression.std_error)},
              {"df", regression.df},
              {"n", regression.n},
              {"partial_r2", number(regression.partial_r2)},
              {"robustness_value", number(regression.robustness_value)},
              {"robustness_value_alpha", number(regression.robustness_value_alpha)},
              {"bounds", list(regression.bounds, benchmark_bound)}}},
            {"messages", list(row.messages, message)}};
}

Json data_summary(const DataSummary& data) {
    return {{"firms", data.firms},
            {"first_year", data.first_year},
            {"last_year", data.last_year},
            {"adopters", data.adopters},
            {"adopters_outside_window", count(data.adopters_outside_window)},
            {"survey_respondents", count(data.survey_respondents)},
            {"tables", list(data.tables, [](const DataSummary::Table& table) {
                 return Json{{"name", table.name}, {"rows", table.rows}, {"content_hash", table.content_hash}};
             })}};
}

Json disclosure(const Evaluation& evaluation) {
    const DisclosureReport& report = evaluation.disclosure;
    return {{"enabled", report.enabled},
            {"reason", report.reason},
            {"minimum", evaluation.specification.minimum_cell},
            {"tables", report.tables},
            {"cells", report.cells},
            {"primary", report.primary},
            {"complementary", report.complementary},
            {"recovered", report.recovered},
            {"programs", report.programs}};
}

/// The long entries of the result, written in pieces side by side and set in where the short text says null.
class LongText {
  public:
    void add(const char* key, std::function<Json()> value) { pieces_.push_back({key, false, std::move(value), {}}); }

    template <class T, class Convert>
    void add_list(const char* key, const std::vector<T>& values, Convert convert) {
        constexpr std::size_t rows_a_piece = 256;
        for (std::size_t begin = 0; begin < values.size(); begin += rows_a_piece) {
            const auto rows = std::span(values).subspan(begin, std::min(rows_a_piece, values.size() - begin));
            pieces_.push_back({key, true, [rows, convert] { return list(rows, convert); }, {}});
        }
        if (values.empty()) add(key, [] { return Json::array(); });
    }

    [[nodiscard]] std::string put_into(const std::string& short_text, unsigned threads) {
        parallel_chunks(pieces_.size(), 1, threads, [&](std::size_t i, std::size_t) { write(pieces_[i]); });
        std::string text;
        std::size_t from = 0;
        for (std::size_t i = 0; i < pieces_.size();) {
            const Piece& first = pieces_[i];
            // Only entries of the outermost object stand one space in; a line within a text is not a line of the file.
            const std::string place = "\n \"" + first.key + "\": ";
            const std::size_t at = short_text.find(place + "null", from) + place.size();
            text.append(short_text, from, at - from);
            from = at + std::string_view("null").size();
            if (first.in_list) text += "[\n";
            text += first.text;
            for (++i; i < pieces_.size() && pieces_[i].key == first.key; ++i) text += ",\n" + pieces_[i].text;
            if (first.in_list) text += "\n ]";
        }
        return text.append(short_text, from);
    }

  private:
    struct Piece {
        std::string key;
        bool in_list;
        std::function<Json()> value;
        std::string text;
    };

    /// Written as an entry of an object, so that it is indented as in its place.
    static void write(Piece& piece) {
        const std::string around = "{\n \"" + piece.key + "\": " + (piece.in_list ? "[\n" : "");
        const std::size_t behind = piece.in_list ? 5 : 2;  // "\n ]\n}" or "\n}"
        Json object = Json::object();
        object[piece.key] = piece.value();
        const std::string text = object.dump(1);
        piece.text = text.substr(around.size(), text.size() - around.size() - behind);
    }

    std::vector<Piece> pieces_;
};

void compare(const std::string& pointer, const nlohmann::json& expected, const nlohmann::json& found,
             std::vector<Difference>& differences) {
    if (expected.is_object() && found.is_object()) {
        for (const auto& [key, value] : expected.items()) {
            const auto other = found.find(key);
            if (other == found.end()) {
                differences.push_back({pointer + "/" + key, value.dump(), ""});
            } else {
                compare(pointer + "/" + key, value, *other, differences);
            }
        }
        for (const auto& [key, value] : found.items()) {
            if (!expected.contains(key)) differences.push_back({pointer + "/" + key, "", value.dump()});
        }
        return;
    }
    if (expected.is_array() && found.is_array()) {
        const std::size_t shared = std::min(expected.size(), found.size());
        for (std::size_t i = 0; i < shared; ++i) {
            compare(pointer + "/" + std::to_string(i), expected[i], found[i], differences);
        }
        for (std::size_t i = shared; i < expected.size(); ++i) {
            differences.push_back({pointer + "/" + std::to_string(i), expected[i].dump(), ""});
        }
        for (std::size_t i = shared; i < found.size(); ++i) {
            differences.push_back({pointer + "/" + std::to_string(i), "", found[i].dump()});
        }
        return;
    }
    if (expected != found) differences.push_back({pointer, expected.dump(), found.dump()});
}

Result<nlohmann::json> parse(std::string_view json) {
    try {
        return nlohmann::json::parse(json);
    } catch (const nlohmann::json::parse_error& error) {
        return fail(ErrorKind::input, "result_not_json", {{"byte", std::to_string(error.byte)}});
    }
}

}  // namespace

std::string evaluation_to_json(const Evaluation& evaluation, unsigned threads) {
    const Json json = {
        {"twinfirm_result", 1},
        {"engine_version", evaluation.engine_version},
        {"specification", Json::parse(design::specification_to_json(evaluation.specification))},
        {"specification_hash", evaluation.specification_hash},
        {"estimand", evaluation.estimand},
        {"adjustment", evaluation.adjustment},
        {"standard_error", evaluation.standard_error},
        {"data", data_summary(evaluation.data)},
        {"flow", list(evaluation.flow, flow_step)},
        {"size", sample_size(evaluation.size)},
        {"reasons", list(evaluation.reasons, reason_count)},
        {"cohorts", list(evaluation.cohorts, cohort)},
        {"overlap",
         {{"axis", evaluation.overlap_axis},
          {"total", overlap_bin(evaluation.overlap_total)},
          {"bins", list(evaluation.overlap, overlap_bin)}}},
        {"balance", list(evaluation.balance, balance_row)},
        {"balance_interactions", list(evaluation.balance_interactions, balance_row)},
        {"before_after", nullptr},
        {"effects", nullptr},
        {"heterogeneity", list(evaluation.heterogeneity, heterogeneity)},
        {"sensitivity", list(evaluation.sensitivity, sensitivity_row)},
        {"groups", nullptr},
        {"over_time", nullptr},
        {"record", study_record_to_json(evaluation.record)},
        {"disclosure", disclosure(evaluation)},
        {"messages", list(evaluation.messages, message)},
    };
    LongText long_text;
    long_text.add_list("before_after", evaluation.before_after, before_after_row);
    long_text.add_list("effects", evaluation.effects, effect_row);
    long_text.add("groups", [&] { return group_results_to_json(evaluation.groups); });
    long_text.add("over_time", [&] { return over_time_to_json(evaluation.over_time); });
    return long_text.put_into(json.dump(1), threads) + "\n";
}

Result<std::vector<Difference>> compare_results(std::string_view expected, std::string_view found) {
    const auto first = parse(expected);
    if (!first) return tl::unexpected(first.error());
    const auto second = parse(found);
    if (!second) return tl::unexpected(second.error());
    std::vector<Difference> differences;
    compare("", *first, *second, differences);
    return differences;
}

}  // namespace twinfirm::evaluation
