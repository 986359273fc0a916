// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::design {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

template <class Item>
std::string labels(const std::vector<Item>& items, Language language) {
    std::vector<std::string> names;
    names.reserve(items.size());
    for (const Item& item : items) names.push_back(item.label.in(language));
    return joined(names);
}

std::string_view order_code(MatchOrder order) {
    switch (order) {
        case MatchOrder::largest:
            return "read_back_order_largest";
        case MatchOrder::smallest:
            return "read_back_order_smallest";
        case MatchOrder::closest:
            return "read_back_order_closest";
        case MatchOrder::data:
            return "read_back_order_data";
        case MatchOrder::random:
            return "read_back_order_random";
        case MatchOrder::farthest:
            return "read_back_order_farthest";
    }
    return {};
}

std::string_view score_code(ScoreKind score) {
    switch (score) {
        case ScoreKind::logit:
            return "read_back_score_logit";
        case ScoreKind::linear_logit:
            return "read_back_score_linear_logit";
        case ScoreKind::probit:
            return "read_back_score_probit";
        case ScoreKind::linear_probit:
            return "read_back_score_linear_probit";
        case ScoreKind::cloglog:
            return "read_back_score_cloglog";
        case ScoreKind::linear_cloglog:
            return "read_back_score_linear_cloglog";
        case ScoreKind::firth:
            return "read_back_score_firth";
        case ScoreKind::linear_firth:
            return "read_back_score_linear_firth";
        case ScoreKind::column:
            return "read_back_score_column";
        case ScoreKind::mahalanobis:
            return "read_back_score_mahalanobis";
        case ScoreKind::robust_mahalanobis:
            return "read_back_score_robust_mahalanobis";
        case ScoreKind::scaled_euclidean:
            return "read_back_score_scaled_euclidean";
    }
    return {};
}

std::string_view method_sentence(const MatchingSettings& matching) {
    switch (matching.method) {
        case MatchMethod::nearest:
        case MatchMethod::optimal:
            break;
        case MatchMethod::full:
            return "read_back_method_full";
        case MatchMethod::quick:
            return "read_back_method_quick";
        case MatchMethod::subclass:
            return "read_back_method_subclass";
        case MatchMethod::cem:
            return "read_back_method_cem";
        case MatchMethod::exact:
            return "read_back_method_exact";
        case MatchMethod::kernel:
            return "read_back_method_kernel";
        case MatchMethod::none:
            return "read_back_method_none";
        case MatchMethod::weighting:
            switch (matching.weighting) {
                case Weighting::ipw:
                    return "read_back_method_ipw";
                case Weighting::overlap:
                    return "read_back_method_overlap";
                case Weighting::entropy:
                    return "read_back_method_entropy";
                case Weighting::cbps:
                    return "read_back_method_cbps";
            }
    }
    return "read_back_design";
}

/// Whether scores are compared firm by firm, so that a caliper means something.
bool has_distances(const MatchingSettings& matching) {
    const EffectDesign form = effect_design(matching);
    return form == EffectDesign::pairs || form == EffectDesign::replacement || matching.method == MatchMethod::full ||
           matching.method == MatchMethod::quick;
}

/// `prefix` and a setting's code, written as message codes are.
std::string word_code(std::string prefix, std::string_view code) {
    for (const char c : code) prefix += c == '-' ? '_' : c;
    return prefix;
}

std::string_view caliper_code(const MatchingSettings& matching) {
    if (!matching.caliper) return "read_back_caliper_none";
    if (matching.caliper_unit == CaliperUnit::raw) return "read_back_caliper_raw";
    return matching.caliper_sd == CaliperSd::pooled ? "read_back_caliper_sd_pooled" : "read_back_caliper_sd_all";
}

std::string_view discard_code(Discard discard) {
    switch (discard) {
        case Discard::none:
            return {};
        case Discard::treated:
            return "read_back_discard_treated";
        case Discard::control:
            return "read_back_discard_control";
        case Discard::both:
            return "read_back_discard_both";
    }
    return {};
}

}  // namespace

std::string read_back(const Specification& specification, Language language) {
    const MessageCatalogue catalogue(language);
    const MatchingSettings& matching = specification.matching;
    std::string paragraph;
    const auto say = [&](std::string_view code, const MessageArguments& arguments) {
        paragraph += (paragraph.empty() ? "" : " ") + catalogue.text(code, arguments);
    };
    const auto word = [&](std::string_view code) { return catalogue.text(code, {}); };

    say(method_sentence(matching),
        {{"covariates", term_labels(specification, specification.covariates, language)},
         {"score", word(score_code(matching.score))},
         {"ratio", integer_text(matching.ratio)},
         {"replacement", word(matching.replace ? "read_back_with_replacement" : "read_back_without_replacement")},
         {"order",
          word(matching.method == MatchMethod::optimal ? "read_back_order_optimal" : order_code(matching.order))},
         {"count", integer_text(matching.subclasses)},
         {"estimand", std::string(estimand_code(matching))}});
    if (has_distances(matching))
        say(caliper_code(matching), {{"caliper", matching.caliper ? shortest_text(*matching.caliper) : std::string()}});
    if (!matching.exact.empty())
        say("read_back_exact", {{"exact", term_labels(specification, matching.exact, language)}});
    if (!matching.mahalanobis.empty())
        say("read_back_mahalanobis", {{"columns", term_labels(specification, matching.mahalanobis, language)}});
    if (!matching.anti_exact.empty())
        say("read_back_anti_exact", {{"columns", term_labels(specification, matching.anti_exact, language)}});
    for (const CovariateCaliper& limit : matching.covariate_calipers) {
        say(limit.unit == CaliperUnit::raw ? "read_back_covariate_caliper_raw" : "read_back_covariate_caliper_sd",
            {{"column", term_labels(specification, {limit.column}, language)}, {"width", shortest_text(limit.width)}});
    }
    if (matching.max_controls > 0) {
        say("read_back_variable_ratio",
            {{"low", shortest_text(matching.min_controls)}, {"high", shortest_text(matching.max_controls)}});
    }
    if (matching.max_reuse > 0) say("read_back_max_reuse", {{"count", integer_text(matching.max_reuse)}});
    if (matching.discard != Discard::none) say(discard_code(matching.discard), {});
    if (!specification.outcomes.empty()) {
        say(compares_without_sets(matching) ? "read_back_outcomes_compared" : "read_back_outcomes",
            {{"outcomes", labels(specification.outcomes, language)},
             {"lags", integer_text(specification.lags)},
             {"leads", integer_text(specification.leads)}});
    }
    if (const auto choice = effect_choice(matching, specification.effects); choice && !specification.outcomes.empty()) {
        say("read_back_effects",
            {{"error", catalogue.text(word_code("read_back_error_", standard_error_code(choice->error)),
                                      {{"count", integer_text(specification.effects.replications)}})},
             {"adjustment", word(word_code("read_back_adjustment_", adjustment_code(choice->adjustment)))}});
        if (!specification.effects.cluster.empty()) {
            say("read_back_cluster", {{"column", specification.effects.cluster}});
        }
    }
    if (specification.sensitivity.enabled) {
        std::vector<Outcome> asked;
        for (const Outcome& outcome : specification.outcomes) {
            if (is_tested(specification.sensitivity, outcome)) asked.push_back(outcome);
        }
        if (!asked.empty()) say("read_back_sensitivity", {{"outcomes", labels(asked, language)}});
    }
    if (!specification.process_kpis.empty()) {
        say("read_back_process_kpis", {{"kpis", labels(specification.process_kpis, language)}});
    }
    if (!specification.breakdowns.empty()) {
        say("read_back_breakdowns", {{"breakdowns", labels(specification.breakdowns, language)},
                                     {"cell", integer_text(specification.minimum_cell)}});
    }
    say("read_back_level", {{"level", shortest_text(specification.confidence_level * 100)}});
    return paragraph;
}

}  // namespace twinfirm::design
