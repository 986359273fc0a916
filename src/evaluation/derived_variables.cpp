// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/derived_variables.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double many_zeros = 0.1;

tl::unexpected<Error> unknown(const std::string& name, const std::string& variable) {
    return fail(ErrorKind::usage, "derived_source_unknown", {{"name", name}, {"variable", variable}});
}

class Deriver {
  public:
    Deriver(const design::Specification& specification, StudyData& data)
        : specification_(specification), data_(data), panel_(data.panel) {}

    Status run() {
        for (const design::DerivedVariable& variable : specification_.derived) {
            auto values = values_of(variable);
            if (!values) return tl::unexpected(values.error());
            panel_.add_variable(variable.name, std::move(*values));
        }
        for (const design::Outcome& outcome : specification_.outcomes) {
            if (outcome.metric != design::ChangeMetric::level || !panel_.has(outcome.variable)) continue;
            if (wants_indicator(outcome)) {
                panel_.add_variable(above_zero_name(outcome.variable), above_zero(outcome.variable));
            }
        }
        return {};
    }

  private:
    Result<std::vector<double>> values_of(const design::DerivedVariable& variable) {
        using design::DerivedKind;
        if (variable.kind == DerivedKind::survival) return survival(variable);
        if (!panel_.has(variable.of)) return unknown(variable.name, variable.of);
        if (variable.kind == DerivedKind::above_zero) return above_zero(variable.of);
        if (variable.kind == DerivedKind::real) return real(variable.of);
        if (!panel_.has(variable.denominator)) return unknown(variable.name, variable.denominator);
        const std::span<const double> numerator = panel_.values(variable.of);
        const std::span<const double> denominator = panel_.values(variable.denominator);
        std::vector<double> ratio(numerator.size(), missing);
        for (std::size_t i = 0; i < ratio.size(); ++i) {
            if (denominator[i] > 0) ratio[i] = numerator[i] / denominator[i];
        }
        return ratio;
    }

    [[nodiscard]] std::vector<double> above_zero(const std::string& of) const {
        const std::span<const double> values = panel_.values(of);
        std::vector<double> flags(values.size(), missing);
        for (std::size_t i = 0; i < flags.size(); ++i) {
            if (!std::isnan(values[i])) flags[i] = values[i] > 0 ? 1 : 0;
        }
        return flags;
    }

    Result<std::vector<double>> real(const std::string& of) {
        const design::PriceIndex& prices = specification_.prices;
        const auto base = data_.price_index.find(prices.base_year);
        if (base == data_.price_index.end() || !(base->second > 0)) {
            return fail(ErrorKind::input, "price_base_year_missing",
                        {{"table", prices.table}, {"year", std::to_string(prices.base_year)}});
        }
        const std::span<const double> values = panel_.values(of);
        std::vector<double> factor(panel_.years(), missing);
        std::int64_t without = 0;
        for (std::size_t y = 0; y < factor.size(); ++y) {
            const auto found = data_.price_index.find(panel_.first_year() + static_cast<int>(y));
            if (found != data_.price_index.end() && found->second > 0) {
                factor[y] = base->second / found->second;
            } else {
                ++without;
            }
        }
        if (without > 0 && !prices_noted_) {
            data_.messages.push_back({"price_years_missing", Severity::warning, {{"table", prices.table}}, without});
            prices_noted_ = true;
        }
        std::vector<double> result(values.size());
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = values[i] * factor[i % factor.size()];
        return result;
    }

    Result<std::vector<double>> survival(const design::DerivedVariable& variable) const {
        const stats::Column* closed = nullptr;
        if (!variable.of.empty()) {
            closed = panel_.attributes().find(variable.of);
            if (closed == nullptr || closed->kind() != stats::ColumnKind::number) {
                return unknown(variable.name, variable.of);
            }
        }
        const std::size_t years = panel_.years();
        std::vector<std::uint8_t> observed(panel_.firms() * years, 0);
        for (const std::string& name : panel_.variables()) {
            if (is_survival(name)) continue;
            const std::span<const double> values = panel_.values(name);
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (!std::isnan(values[i])) observed[i] = 1;
            }
        }
        std::vector<double> alive(observed.size(), missing);
        for (std::size_t firm = 0; firm < panel_.firms(); ++firm) {
            const std::size_t begin = firm * years;
            std::optional<std::size_t> first;
            std::size_t last = 0;
            for (std::size_t y = 0; y < years; ++y) {
                if (observed[begin + y] == 0) continue;
                if (!first) first = y;
                last = y;
            }
            if (!first) continue;
            for (std::size_t y = *first; y < years; ++y) {
                const int year = panel_.first_year() + static_cast<int>(y);
                const bool open = closed == nullptr ? y <= last
                                                    : std::isnan(closed->values()[firm]) ||
                                                          static_cast<double>(year) < closed->values()[firm];
                alive[begin + y] = open ? 1 : 0;
            }
        }
        return alive;
    }

    [[nodiscard]] bool is_survival(const std::string& name) const {
        return std::any_of(specification_.derived.begin(), specification_.derived.end(), [&](const auto& variable) {
            return variable.kind == design::DerivedKind::survival && variable.name == name;
        });
    }

    [[nodiscard]] bool wants_indicator(const design::Outcome& outcome) const {
        const std::vector<std::string>& named = specification_.groups.zero_outcomes;
        if (!named.empty()) return std::find(named.begin(), named.end(), outcome.key) != named.end();
        const std::span<const double> values = panel_.values(outcome.variable);
        std::size_t known = 0;
        std::size_t zeros = 0;
        for (std::size_t firm = 0; firm < panel_.firms(); ++firm) {
            if (panel_.adoption_year[firm] == 0) continue;
            for (std::size_t y = 0; y < panel_.years(); ++y) {
                const double value = values[firm * panel_.years() + y];
                if (value < 0) return false;  // an amount that can be negative has no margin at 0
                known += std::isnan(value) ? 0 : 1;
                zeros += value == 0 ? 1 : 0;
            }
        }
        return zeros > 0 && static_cast<double>(zeros) >= many_zeros * static_cast<double>(known);
    }

    const design::Specification& specification_;
    StudyData& data_;
    stats::Panel& panel_;
    bool prices_noted_ = false;
};

}  // namespace

Status derive_variables(const design::Specification& specification, StudyData& data) {
    return Deriver(specification, data).run();
}

std::string above_zero_name(std::string_view variable) {
    return std::string(variable) + "@above_zero";
}

std::vector<std::string_view> sources_of(const design::Specification& specification, std::string_view variable) {
    std::vector<std::string_view> sources{variable};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        for (const design::DerivedVariable& derived : specification.derived) {
            if (derived.name != sources[i] || derived.kind == design::DerivedKind::survival) continue;
            for (const std::string* part : {&derived.of, &derived.denominator}) {
                const bool known = std::find(sources.begin(), sources.end(), *part) != sources.end();
                if (!part->empty() && !known) sources.emplace_back(*part);
            }
        }
    }
    return sources;
}

}  // namespace twinfirm::evaluation
