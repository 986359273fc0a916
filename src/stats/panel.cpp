// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/panel.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>

namespace twinfirm::stats {

Panel::Panel(std::vector<std::string> firm_ids, int first_year, int last_year)
    : adoption_year(firm_ids.size(), 0),
      level(firm_ids.size(), 0),
      ids_(std::move(firm_ids)),
      first_year_(first_year),
      last_year_(last_year),
      attributes_(ids_.size()) {
    if (first_year > last_year) throw std::invalid_argument("a panel needs at least one year");
    if (std::adjacent_find(ids_.begin(), ids_.end(), std::greater_equal<>()) != ids_.end()) {
        throw std::invalid_argument("the firms of a panel must be in code-point order and unique");
    }
}

void Panel::add_variable(const std::string& name, std::vector<double> values) {
    if (values.size() != firms() * years()) {
        throw std::invalid_argument("variable " + name + " does not have one value a firm and year");
    }
    variables_.insert_or_assign(name, std::move(values));
}

bool Panel::has(std::string_view variable) const {
    return variables_.find(variable) != variables_.end();
}

std::vector<std::string> Panel::variables() const {
    std::vector<std::string> names;
    for (const auto& [name, values] : variables_) names.push_back(name);
    return names;
}

double Panel::value(std::string_view variable, std::size_t firm, int year) const {
    const std::span<const double> all = values(variable);
    if (year < first_year_ || year > last_year_ || firm >= firms()) return std::numeric_limits<double>::quiet_NaN();
    return all[firm * years() + static_cast<std::size_t>(year - first_year_)];
}

std::span<const double> Panel::values(std::string_view variable) const {
    const auto place = variables_.find(variable);
    if (place == variables_.end()) throw std::out_of_range("the panel has no variable " + std::string(variable));
    return place->second;
}

}  // namespace twinfirm::stats
