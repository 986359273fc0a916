// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/stats/frame.h"

namespace twinfirm::validation {

/// A reference case that cannot be read or computed. It stays within the room: a case that throws it becomes a failed
/// line of the table.
class ReferenceError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A CSV file of a reference: a header, commas, no commas within fields, `.` decimals; quotes and blanks around a field
/// are taken off. What is asked for and is not there throws ReferenceError.
class ReferenceTable {
  public:
    explicit ReferenceTable(std::string_view text);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] bool has(std::string_view name) const { return columns_.find(name) != columns_.end(); }
    [[nodiscard]] const std::vector<std::string>& texts(std::string_view name) const;
    /// NaN where a field is no number.
    [[nodiscard]] std::vector<double> numbers(std::string_view name) const;
    /// One flag a row: the number is 1.
    [[nodiscard]] std::vector<std::uint8_t> flags(std::string_view name) const;
    /// These columns, or all. One with anything but numbers is a category, and so is `race` (numbers in one of the
    /// sets); levels in code-point order, but those of firms' `size` in their own.
    [[nodiscard]] stats::Frame frame(const std::vector<std::string>& columns = {}) const;

    [[nodiscard]] static double number(std::string_view text);

  private:
    std::vector<std::string> names_;
    std::map<std::string, std::vector<std::string>, std::less<>> columns_;
    std::size_t rows_ = 0;
};

/// The files of a set of reference results: a folder on disk, or the one within the program. Tables are kept once read.
/// Not for several threads at once.
class ReferenceFolder {
  public:
    explicit ReferenceFolder(std::filesystem::path root) : root_(std::move(root)) {}
    /// What the program brings along (data/validation).
    [[nodiscard]] static ReferenceFolder shipped();

    [[nodiscard]] bool has(const std::string& path) const;
    /// Paths below `folder` that end in `ending`, in code-point order.
    [[nodiscard]] std::vector<std::string> files(const std::string& folder, std::string_view ending) const;
    /// These three throw ReferenceError where the file is missing or cannot be read.
    [[nodiscard]] std::string text(const std::string& path) const;
    [[nodiscard]] nlohmann::json json(const std::string& path) const;
    [[nodiscard]] const ReferenceTable& table(const std::string& path) const;

  private:
    ReferenceFolder() = default;

    std::filesystem::path root_;
    std::map<std::string, std::string_view, std::less<>> embedded_;  ///< instead of a folder on disk
    mutable std::map<std::string, ReferenceTable> tables_;
};

}  // namespace twinfirm::validation
