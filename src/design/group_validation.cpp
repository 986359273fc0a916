// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_validation.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "twinfirm/base/number_text.h"

namespace twinfirm::design {

namespace {

constexpr std::string_view project_columns[] = {"adopt",    "adopt_year", "level", "level_before", "level_target",
                                                "solution", "program",    "grant", "total_cost",   "supplier"};

class GroupValidator {
  public:
    explicit GroupValidator(const Specification& specification) : specification_(specification) {}

    std::vector<Error> run() {
        check_derived();
        check_before_after();
        check_groups();
        for (std::size_t i = 0; i < specification_.breakdowns.size(); ++i) {
            check_cross(specification_.breakdowns[i], place("/breakdowns", i));
        }
        return std::move(errors_);
    }

  private:
    static std::string place(std::string_view list, std::size_t index) {
        return std::string(list) + "/" + integer_text(static_cast<std::int64_t>(index));
    }

    void error(std::string code, MessageArguments arguments) {
        errors_.push_back(Error{ErrorKind::usage, std::move(code), std::move(arguments), {}, 0, 0});
    }

    void require_text(const std::string& text, const std::string& key) {
        if (text.empty()) error("specification_empty", {{"key", key}});
    }

    void require_between(double value, double low, double high, const std::string& key) {
        if (value >= low && value <= high) return;
        error("specification_range", {{"key", key},
                                      {"value", shortest_text(value)},
                                      {"low", shortest_text(low)},
                                      {"high", shortest_text(high)}});
    }

    void check_derived() {
        std::set<std::string> names;
        for (std::size_t i = 0; i < specification_.derived.size(); ++i) {
            const DerivedVariable& variable = specification_.derived[i];
            const std::string key = place("/derived", i);
            require_text(variable.name, key + "/name");
            if (!variable.name.empty() && !names.insert(variable.name).second) {
                error("specification_duplicate", {{"key", key + "/name"}, {"value", variable.name}});
            }
            if (variable.kind != DerivedKind::survival) require_text(variable.of, key + "/of");
            const bool ratio = variable.kind == DerivedKind::ratio;
            if (ratio) require_text(variable.denominator, key + "/denominator");
            if (!ratio && !variable.denominator.empty()) {
                error("denominator_unused", {{"key", key + "/denominator"}, {"value", variable.denominator}});
            }
            if (variable.kind == DerivedKind::real && specification_.prices.table.empty()) {
                error("derived_needs_prices", {{"key", key}, {"table", "/prices/table"}});
            }
        }
        const PriceIndex& prices = specification_.prices;
        if (prices.table.empty()) return;
        require_text(prices.year, "/prices/year");
        require_text(prices.index, "/prices/index");
        require_between(prices.base_year, 1900, 2100, "/prices/base_year");
    }

    void check_before_after() {
        require_between(specification_.before_after.trim, 0, 0.45, "/before_after/trim");
        require_between(specification_.before_after.winsorise, 0, 0.25, "/before_after/winsorise");
    }

    void check_groups() {
        const GroupSettings& groups = specification_.groups;
        require_between(groups.power, 0.5, 0.99, "/groups/power");
        require_between(groups.draws, 0, 1000000, "/groups/draws");
        require_between(groups.top, 1, 1000, "/groups/top");
        if (!(groups.support_unit > 0) || !std::isfinite(groups.support_unit)) {
            error("specification_not_positive",
                  {{"key", "/groups/support_unit"}, {"value", shortest_text(groups.support_unit)}});
        }
        for (std::size_t i = 0; i < groups.zero_outcomes.size(); ++i) {
            const auto of_key = [&](const Outcome& outcome) { return outcome.key == groups.zero_outcomes[i]; };
            const auto found = std::find_if(specification_.outcomes.begin(), specification_.outcomes.end(), of_key);
            if (found == specification_.outcomes.end() || found->metric != ChangeMetric::level) {
                error("zero_outcome_not_level",
                      {{"key", place("/groups/zero_outcomes", i)}, {"value", groups.zero_outcomes[i]}});
            }
        }
        for (std::size_t i = 0; i < groups.size_thresholds.size(); ++i) {
            const SizeThreshold& threshold = groups.size_thresholds[i];
            const std::string key = place("/groups/size_thresholds", i);
            require_text(threshold.division, key + "/division");
            if (!(threshold.small > 0) || !(threshold.sme > threshold.small)) {
                error("size_threshold_order",
                      {{"key", key}, {"sme", shortest_text(threshold.sme)}, {"small", shortest_text(threshold.small)}});
            }
        }
    }

    void check_cross(const Breakdown& breakdown, const std::string& key) {
        if (breakdown.cross.empty()) return;
        const auto named = [&](const std::string& name) {
            return std::any_of(specification_.breakdowns.begin(), specification_.breakdowns.end(),
                               [&](const Breakdown& other) { return other.key == name && other.cross.empty(); });
        };
        const bool two = breakdown.cross.size() == 2 && breakdown.cross[0] != breakdown.cross[1];
        if (!two || !named(breakdown.cross[0]) || !named(breakdown.cross[1])) {
            error("breakdown_cross", {{"key", key + "/cross"}});
        }
        const bool own = !breakdown.variable.empty() || !breakdown.edges.empty() || !breakdown.values.empty();
        if (own) error("breakdown_cross_own_groups", {{"key", key}});
    }

    const Specification& specification_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> group_errors(const Specification& specification) {
    return GroupValidator(specification).run();
}

bool is_of_the_project(const Specification& specification, std::string_view column) {
    if (std::find(std::begin(project_columns), std::end(project_columns), column) != std::end(project_columns)) {
        return true;
    }
    if (column == specification.groups.support && !column.empty()) return true;
    return std::any_of(specification.process_kpis.begin(), specification.process_kpis.end(),
                       [&](const ProcessKpi& kpi) { return column == kpi.before || column == kpi.after; });
}

}  // namespace twinfirm::design
