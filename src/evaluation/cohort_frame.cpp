// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/cohort_frame.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "legal_class.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/breakdowns/bands.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

stats::Column panel_column(const std::string& name, const stats::Panel& panel, const std::string& variable, int year,
                           std::span<const std::size_t> firms) {
    std::vector<double> values(firms.size(), missing);
    if (year >= panel.first_year() && year <= panel.last_year()) {
        const std::span<const double> all = panel.values(variable);
        const auto offset = static_cast<std::size_t>(year - panel.first_year());
        for (std::size_t i = 0; i < firms.size(); ++i) values[i] = all[firms[i] * panel.years() + offset];
    }
    return stats::Column::numbers(name, std::move(values));
}

stats::Column growth_column(const std::string& name, const stats::Panel& panel, const std::string& variable,
                            int base_year, std::span<const std::size_t> firms) {
    const stats::Column last = panel_column(name, panel, variable, base_year, firms);
    const stats::Column first = panel_column(name, panel, variable, base_year - 1, firms);
    std::vector<double> values(firms.size(), missing);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        const double before = first.values()[i];
        const double after = last.values()[i];
        if (before > 0 && after > 0) values[i] = std::log(after) - std::log(before);
    }
    return stats::Column::numbers(name, std::move(values));
}

/// Division of an industry code: "C25112" and "25112" are in 25.
std::string division(std::string_view code) {
    std::size_t begin = 0;
    while (begin < code.size() && (code[begin] < '0' || code[begin] > '9')) ++begin;
    const std::string_view digits = code.substr(begin, 2);
    const bool whole = digits.size() == 2 && digits[1] >= '0' && digits[1] <= '9';
    return whole ? std::string(digits) : std::string();
}

Result<stats::Column> attribute_column(const std::string& name, const std::string& attribute, const stats::Panel& panel,
                                       std::span<const std::size_t> firms) {
    const stats::Column* column = panel.attributes().find(attribute);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    return column->select(firms).renamed(name);
}

/// All divisions of the register are levels, whichever firms are asked for, so that cohorts can be stacked.
Result<stats::Column> industry_column(const std::string& name, const stats::Panel& panel,
                                      std::span<const std::size_t> firms) {
    auto codes = attribute_column(name, "ksic", panel, firms);
    if (!codes) return codes;
    if (codes->kind() != stats::ColumnKind::category) {
        return fail(ErrorKind::usage, "industry_code_not_text", {{"name", "ksic"}});
    }
    std::vector<std::string> levels;
    for (const std::string& code : codes->levels()) levels.push_back(division(code));
    std::vector<std::string> divisions = levels;
    std::sort(divisions.begin(), divisions.end());
    divisions.erase(std::unique(divisions.begin(), divisions.end()), divisions.end());
    if (!divisions.empty() && divisions.front().empty()) divisions.erase(divisions.begin());
    std::vector<std::int32_t> place(levels.size(), -1);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto found = std::lower_bound(divisions.begin(), divisions.end(), levels[i]);
        if (!levels[i].empty()) place[i] = static_cast<std::int32_t>(found - divisions.begin());
    }
    std::vector<std::int32_t> of(firms.size(), -1);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        if (codes->codes()[i] >= 0) of[i] = place[static_cast<std::size_t>(codes->codes()[i])];
    }
    return stats::Column::categories(name, std::move(divisions), std::move(of));
}

Result<stats::Column> age_column(const std::string& name, const stats::Panel& panel, int base_year,
                                 std::span<const std::size_t> firms) {
    auto founded = attribute_column(name, "founded", panel, firms);
    if (!founded) return founded;
    std::vector<double> age(firms.size(), missing);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        if (founded->kind() == stats::ColumnKind::number) age[i] = base_year - founded->values()[i];
    }
    return stats::Column::numbers(name, std::move(age));
}

stats::Column exporter_column(const std::string& name, const stats::Panel& panel, int base_year,
                              std::span<const std::size_t> firms) {
    const stats::Column exports = panel_column(name, panel, "export", base_year, firms);
    std::vector<double> flags(firms.size(), missing);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        if (!exports.missing(i)) flags[i] = exports.values()[i] > 0 ? 1 : 0;
    }
    return stats::Column::numbers(name, std::move(flags));
}

/// The mean of two columns of numbers, of one where the other is missing.
stats::Column mean_column(const stats::Column& a, const stats::Column& b) {
    std::vector<double> values(a.values().begin(), a.values().end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double other = b.values()[i];
        if (std::isnan(values[i])) {
            values[i] = other;
        } else if (!std::isnan(other)) {
            values[i] = (values[i] + other) / 2;
        }
    }
    return stats::Column::numbers(a.name(), std::move(values));
}

Result<stats::Column> category_column(const design::Breakdown& breakdown, stats::Column variable) {
    if (breakdown.edges.empty()) return variable.renamed(breakdown.key);
    if (variable.kind() != stats::ColumnKind::number) {
        return fail(ErrorKind::usage, "breakdown_not_numeric", {{"breakdown", breakdown.key}});
    }
    std::vector<std::string> levels;
    for (std::size_t band = 0; band < breakdown.edges.size(); ++band) {
        levels.push_back(band < breakdown.labels.size() ? breakdown.labels[band].ko : std::to_string(band));
    }
    std::vector<std::int32_t> bands(variable.size());
    for (std::size_t i = 0; i < bands.size(); ++i) {
        bands[i] = breakdowns::band_of(variable.values()[i], breakdown.edges);
    }
    return stats::Column::categories(breakdown.key, std::move(levels), std::move(bands));
}

/// One category for each pair of two columns' values.
stats::Column crossed_column(const std::string& name, const stats::Column& a, const stats::Column& b) {
    std::vector<std::string> texts(a.size());
    const auto text = [](const stats::Column& column, std::size_t i) {
        return column.kind() == stats::ColumnKind::number
                   ? shortest_text(column.values()[i])
                   : column.levels()[static_cast<std::size_t>(column.codes()[i])];
    };
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!a.missing(i) && !b.missing(i)) texts[i] = text(a, i) + ":" + text(b, i);
    }
    return stats::Column::from_texts(name, texts);
}

constexpr std::string_view growth_suffix = "_growth";

}  // namespace

CohortFirms cohort_firms(const stats::Panel& panel, int year, int pool_after, std::span<const std::uint8_t> left_out,
                         std::span<const design::DerivedVariable> derived) {
    CohortFirms cohort;
    cohort.year = year;
    cohort.pool_after = pool_after;
    const int base = year - 1;
    if (base < panel.first_year() || base > panel.last_year()) return cohort;
    std::vector<std::uint8_t> observed(panel.firms(), 0);
    const auto offset = static_cast<std::size_t>(base - panel.first_year());
    for (const std::string& variable : panel.variables()) {
        const bool survival = std::any_of(derived.begin(), derived.end(), [&](const design::DerivedVariable& made) {
            return made.name == variable && made.kind == design::DerivedKind::survival;
        });
        if (survival) continue;  // is known of closed firms, too
        const std::span<const double> values = panel.values(variable);
        for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
            if (!std::isnan(values[firm * panel.years() + offset])) observed[firm] = 1;
        }
    }
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        const bool adopts_now = panel.adoption_year[firm] == year;
        const bool later = pool_after > 0 && panel.adoption_year[firm] > pool_after;
        if (observed[firm] == 0 || (!adopts_now && panel.adoption_year[firm] != 0 && !later)) continue;
        if (!left_out.empty() && left_out[firm] != 0) continue;
        cohort.firms.push_back(firm);
        cohort.adopter.push_back(adopts_now ? 1 : 0);
    }
    return cohort;
}

Result<stats::Column> base_year_column(const std::string& name, const stats::Panel& panel,
                                       const design::Specification& specification, int cohort_year,
                                       std::span<const std::size_t> firms) {
    const int base = cohort_year - 1;
    if (panel.has(name)) return panel_column(name, panel, name, base, firms);
    if (name.size() > growth_suffix.size() && name.ends_with(growth_suffix)) {
        const std::string variable = name.substr(0, name.size() - growth_suffix.size());
        if (panel.has(variable)) return growth_column(name, panel, variable, base, firms);
    }
    if (name == "firm_age") return age_column(name, panel, base, firms);
    if (name == "exporter" && panel.has("export")) return exporter_column(name, panel, base, firms);
    if (name == "industry") return industry_column(name, panel, firms);
    if (name == "cohort") {
        return stats::Column::categories(name, {std::to_string(cohort_year)},
                                         std::vector<std::int32_t>(firms.size(), 0));
    }
    if (name == "legal_class") {
        const auto divisions = industry_column("industry", panel, firms);
        if (!divisions) return divisions;
        const auto& own = specification.groups.size_thresholds;
        return legal_class_column(name, panel, *divisions, own.empty() ? design::built_in_size_thresholds() : own, base,
                                  firms);
    }
    if (name == "region") return attribute_column(name, "sido", panel, firms);
    if (name == "level") {
        std::vector<double> levels(firms.size(), missing);
        for (std::size_t i = 0; i < firms.size(); ++i) {
            if (panel.level[firms[i]] > 0) levels[i] = panel.level[firms[i]];
        }
        return stats::Column::numbers(name, std::move(levels));
    }
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        // A breakdown named like its own variable is that variable, which was not found above.
        if (breakdown.key == name && breakdown.variable != name) {
            return group_column(breakdown, panel, specification, cohort_year, firms);
        }
    }
    return attribute_column(name, name, panel, firms);
}

Result<stats::Column> group_column(const design::Breakdown& breakdown, const stats::Panel& panel,
                                   const design::Specification& specification, int cohort_year,
                                   std::span<const std::size_t> firms) {
    if (breakdown.cross.empty()) {
        auto variable = band_year_column(breakdown, panel, specification, cohort_year, firms);
        if (!variable) return variable;
        return category_column(breakdown, std::move(*variable));
    }
    std::vector<stats::Column> parts;
    for (const std::string& key : breakdown.cross) {
        for (const design::Breakdown& part : specification.breakdowns) {
            if (part.key != key) continue;
            auto column = group_column(part, panel, specification, cohort_year, firms);
            if (!column) return column;
            parts.push_back(std::move(*column));
        }
    }
    if (parts.size() != 2) return fail(ErrorKind::usage, "variable_unknown", {{"name", breakdown.key}});
    return crossed_column(breakdown.key, parts[0], parts[1]);
}

Result<stats::Column> band_year_column(const design::Breakdown& breakdown, const stats::Panel& panel,
                                       const design::Specification& specification, int cohort_year,
                                       std::span<const std::size_t> firms) {
    using design::BandYear;
    const int year = breakdown.band_year == BandYear::lagged ? cohort_year - 1 : cohort_year;
    auto column = base_year_column(breakdown.variable, panel, specification, year, firms);
    const bool mean =
        breakdown.band_year == BandYear::averaged && column && column->kind() == stats::ColumnKind::number;
    if (!mean) return column;
    const auto earlier = base_year_column(breakdown.variable, panel, specification, cohort_year - 1, firms);
    if (!earlier) return earlier;
    return mean_column(*column, *earlier);
}

Result<stats::Frame> cohort_frame(const stats::Panel& panel, const design::Specification& specification,
                                  const CohortFirms& cohort) {
    const design::MatchingSettings& matching = specification.matching;
    std::set<std::string> names(matching.exact.begin(), matching.exact.end());
    names.insert(matching.anti_exact.begin(), matching.anti_exact.end());
    names.insert(matching.mahalanobis.begin(), matching.mahalanobis.end());
    for (const design::CovariateCaliper& caliper : matching.covariate_calipers) names.insert(caliper.column);
    for (const std::string* name : {&matching.score_column, &matching.sample_weights}) {
        if (!name->empty()) names.insert(*name);
    }
    for (const std::string& text : specification.covariates) {
        const auto formula = stats::parse_formula("~ " + text);
        if (!formula) return tl::unexpected(formula.error());
        for (const stats::Term& term : formula->terms) {
            for (const stats::Factor& factor : term.factors) names.insert(factor.column);
        }
    }
    stats::Frame frame(cohort.firms.size());
    for (const std::string& name : names) {
        auto column = base_year_column(name, panel, specification, cohort.year, cohort.firms);
        if (!column) return tl::unexpected(column.error());
        frame.add(std::move(*column));
    }
    return frame;
}

}  // namespace twinfirm::evaluation
