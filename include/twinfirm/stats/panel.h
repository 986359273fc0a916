// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/stats/frame.h"

namespace twinfirm::stats {

/// Firms x years. Firms are in code-point order of their id, so that nothing depends on the order of the input rows.
/// A variable holds firms x years values, firm by firm: value(f, y) = values[f * years + (y - first_year)]; NaN =
/// missing. Cost of value(): O(log variables).
class Panel {
  public:
    /// Throws std::invalid_argument unless the ids rise strictly in code-point order and first_year <= last_year.
    Panel(std::vector<std::string> firm_ids, int first_year, int last_year);

    [[nodiscard]] std::size_t firms() const { return ids_.size(); }
    [[nodiscard]] int first_year() const { return first_year_; }
    [[nodiscard]] int last_year() const { return last_year_; }
    [[nodiscard]] std::size_t years() const { return static_cast<std::size_t>(last_year_ - first_year_ + 1); }
    [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }

    /// `values` has firms() * years() entries (else std::invalid_argument). Replaces a variable of that name.
    void add_variable(const std::string& name, std::vector<double> values);
    [[nodiscard]] bool has(std::string_view variable) const;
    [[nodiscard]] std::vector<std::string> variables() const;
    /// NaN when missing or outside the years; the variable must exist (else std::out_of_range).
    [[nodiscard]] double value(std::string_view variable, std::size_t firm, int year) const;
    [[nodiscard]] std::span<const double> values(std::string_view variable) const;

    /// Attributes of the firms that do not change (one row a firm).
    [[nodiscard]] Frame& attributes() { return attributes_; }
    [[nodiscard]] const Frame& attributes() const { return attributes_; }

    /// First adoption year of each firm, 0 = never.
    std::vector<int> adoption_year;
    /// Level reached (1-5), 0 = unknown or not an adopter.
    std::vector<int> level;

  private:
    std::vector<std::string> ids_;
    int first_year_;
    int last_year_;
    std::map<std::string, std::vector<double>, std::less<>> variables_;
    Frame attributes_;
};

}  // namespace twinfirm::stats
