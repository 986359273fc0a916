// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::reference {

/// A CSV file of the reference results (no quotes, `.` decimals) as columns of texts.
class Table {
  public:
    explicit Table(const std::filesystem::path& path) {
        std::ifstream file(path);
        if (!file) throw std::runtime_error("cannot read " + path.string());
        std::string line;
        std::getline(file, line);
        const std::vector<std::string> names = split(line);
        std::vector<std::vector<std::string>*> columns;
        for (const std::string& name : names) columns.push_back(&columns_[name]);
        while (std::getline(file, line)) {
            const std::vector<std::string> fields = split(line);
            if (fields.size() != names.size()) throw std::runtime_error("ragged row in " + path.string());
            for (std::size_t i = 0; i < fields.size(); ++i) columns[i]->push_back(fields[i]);
            ++rows_;
        }
    }

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] bool has(const std::string& name) const { return columns_.count(name) > 0; }
    [[nodiscard]] const std::vector<std::string>& texts(const std::string& name) const { return columns_.at(name); }
    /// Empty fields are NaN.
    [[nodiscard]] std::vector<double> numbers(const std::string& name) const {
        std::vector<double> values;
        for (const std::string& text : texts(name)) values.push_back(number(text));
        return values;
    }

    static double number(std::string_view text) {
        double value = std::numeric_limits<double>::quiet_NaN();
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

  private:
    static std::vector<std::string> split(const std::string& line) {
        std::vector<std::string> fields(1);
        for (const char c : line) {
            if (c == ',') {
                fields.emplace_back();
            } else if (c != '\r') {
                fields.back() += c;
            }
        }
        return fields;
    }

    std::map<std::string, std::vector<std::string>> columns_;
    std::size_t rows_ = 0;
};

}  // namespace twinfirm::reference
