// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "twinfirm/stats/frame.h"

namespace twinfirm::stats {

/// A plain CSV file of the reference results: a header, commas, no commas within fields; quotes and blanks around a
/// field are taken off.
class ReferenceTable {
  public:
    explicit ReferenceTable(const std::string& file) {
        std::ifstream in(std::string(TWINFIRM_REFERENCE_DIR) + "/reference/" + file);
        if (!in) throw std::runtime_error("no reference file " + file);
        std::string line;
        std::getline(in, line);
        names_ = split(line);
        while (std::getline(in, line)) rows_.push_back(split(line));
    }

    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const {
        std::size_t place = 0;
        while (names_.at(place) != name) ++place;
        std::vector<std::string> result;
        for (const auto& row : rows_) result.push_back(row.at(place));
        return result;
    }

    [[nodiscard]] std::vector<double> numbers(const std::string& name) const {
        std::vector<double> result;
        for (const std::string& text : texts(name)) result.push_back(number(text));
        return result;
    }

    /// Columns with anything but numbers are categories.
    [[nodiscard]] Frame frame() const {
        Frame frame;
        for (const std::string& name : names_) {
            bool numeric = true;
            const auto column = texts(name);
            for (const std::string& text : column) numeric = numeric && (text.empty() || !std::isnan(number(text)));
            frame.add(numeric ? Column::numbers(name, numbers(name)) : Column::from_texts(name, column));
        }
        return frame;
    }

    static double number(const std::string& text) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        return whole ? value : std::numeric_limits<double>::quiet_NaN();
    }

  private:
    static std::vector<std::string> split(const std::string& line) {
        std::vector<std::string> fields;
        std::istringstream in(line);
        std::string field;
        while (std::getline(in, field, ',')) {
            const auto from = field.find_first_not_of(" \"\r");
            const auto to = field.find_last_not_of(" \"\r");
            fields.push_back(from == std::string::npos ? "" : field.substr(from, to - from + 1));
        }
        if (!line.empty() && line.back() == ',') fields.emplace_back();
        return fields;
    }

    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> rows_;
};

inline nlohmann::json reference_json(const std::string& file) {
    std::ifstream in(std::string(TWINFIRM_REFERENCE_DIR) + "/reference/" + file);
    if (!in) throw std::runtime_error("no reference file " + file);
    return nlohmann::json::parse(in);
}

/// Digits that agree: -log10 of the relative error, of the absolute error where the reference is 0; at most 17.
inline double log_relative_error(double value, double reference) {
    if (value == reference) return 17;
    const double error = std::abs(value - reference) / (reference == 0 ? 1 : std::abs(reference));
    return std::isnan(error) ? -1 : std::min(17.0, -std::log10(error));
}

}  // namespace twinfirm::stats
