// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace twinfirm::reference {

/// A CSV file without quotes, as the reference results are written.
class CsvTable {
  public:
    explicit CsvTable(const std::filesystem::path& path) {
        std::ifstream in(path);
        if (!in) throw std::runtime_error("cannot read " + path.string());
        std::string line;
        std::getline(in, line);
        names_ = split(line);
        while (std::getline(in, line)) cells_.push_back(split(line));
    }

    [[nodiscard]] std::size_t rows() const { return cells_.size(); }
    [[nodiscard]] bool has(const std::string& name) const {
        return std::find(names_.begin(), names_.end(), name) != names_.end();
    }
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) throw std::runtime_error("no column " + name);
        const auto place = static_cast<std::size_t>(found - names_.begin());
        std::vector<std::string> column;
        for (const auto& row : cells_) column.push_back(row.at(place));
        return column;
    }
    [[nodiscard]] std::vector<double> numbers(const std::string& name) const {
        std::vector<double> column;
        for (const std::string& text : texts(name)) column.push_back(number(text));
        return column;
    }
    [[nodiscard]] static double number(const std::string& text) {
        double value = std::numeric_limits<double>::quiet_NaN();
        if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

  private:
    static std::vector<std::string> split(const std::string& line) {
        std::vector<std::string> cells(1);
        for (const char c : line) {
            if (c == ',')
                cells.emplace_back();
            else if (c != '\r')
                cells.back() += c;
        }
        return cells;
    }

    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> cells_;
};

inline nlohmann::json read_json(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return nlohmann::json::parse(in);
}

/// Dummies of a text column without its first value in code-point order, or the numbers of a numeric one.
inline std::vector<std::vector<double>> columns_of(const CsvTable& data, const std::string& name, bool factor) {
    if (!factor) return {data.numbers(name)};
    const std::vector<std::string> texts = data.texts(name);
    std::vector<std::string> levels = texts;
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    std::vector<std::vector<double>> columns;
    for (std::size_t level = 1; level < levels.size(); ++level) {
        columns.emplace_back();
        for (const std::string& text : texts) columns.back().push_back(text == levels[level] ? 1.0 : 0.0);
    }
    return columns;
}

}  // namespace twinfirm::reference
