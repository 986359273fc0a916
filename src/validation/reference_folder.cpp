// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/validation/reference_folder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::embedded {
extern const std::pair<const char*, std::string_view> validation_files[];
extern const std::size_t validation_file_count;
}  // namespace twinfirm::embedded

namespace twinfirm::validation {

namespace {

std::string trimmed(std::string_view field) {
    const auto from = field.find_first_not_of(" \"\r");
    if (from == std::string_view::npos) return {};
    return std::string(field.substr(from, field.find_last_not_of(" \"\r") - from + 1));
}

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> fields;
    for (std::size_t begin = 0;;) {
        const std::size_t end = line.find(',', begin);
        fields.push_back(trimmed(line.substr(begin, end - begin)));
        if (end == std::string_view::npos) return fields;
        begin = end + 1;
    }
}

/// The classes of Korean firms by size are ordered by size, not by their names.
const std::vector<std::string> firm_sizes{"소기업", "중기업", "중견"};

}  // namespace

ReferenceTable::ReferenceTable(std::string_view text) {
    std::vector<std::vector<std::string>*> columns;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::vector<std::string> fields = split(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (columns.empty()) {
            names_ = std::move(fields);
            for (const std::string& name : names_) columns.push_back(&columns_[name]);
            continue;
        }
        if (fields.size() != columns.size()) throw ReferenceError("row " + std::to_string(rows_ + 1));
        for (std::size_t i = 0; i < fields.size(); ++i) columns[i]->push_back(std::move(fields[i]));
        ++rows_;
    }
}

const std::vector<std::string>& ReferenceTable::texts(std::string_view name) const {
    const auto found = columns_.find(name);
    if (found == columns_.end()) throw ReferenceError("column " + std::string(name));
    return found->second;
}

std::vector<double> ReferenceTable::numbers(std::string_view name) const {
    std::vector<double> values;
    for (const std::string& text : texts(name)) values.push_back(number(text));
    return values;
}

std::vector<std::uint8_t> ReferenceTable::flags(std::string_view name) const {
    std::vector<std::uint8_t> values;
    for (const double value : numbers(name)) values.push_back(value == 1 ? 1 : 0);
    return values;
}

stats::Frame ReferenceTable::frame(const std::vector<std::string>& columns) const {
    stats::Frame frame(rows_);
    for (const std::string& name : columns.empty() ? names_ : columns) {
        const std::vector<std::string>& fields = texts(name);
        const bool numeric = std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
            return field.empty() || !std::isnan(number(field));
        });
        if (name == "size") {
            std::vector<std::int32_t> codes;
            for (const std::string& field : fields) {
                const auto level = std::find(firm_sizes.begin(), firm_sizes.end(), field);
                if (level == firm_sizes.end()) throw ReferenceError("size " + field);
                codes.push_back(static_cast<std::int32_t>(level - firm_sizes.begin()));
            }
            frame.add(stats::Column::categories(name, firm_sizes, codes));
        } else if (numeric && name != "race") {
            frame.add(stats::Column::numbers(name, numbers(name)));
        } else {
            frame.add(stats::Column::from_texts(name, fields));
        }
    }
    return frame;
}

double ReferenceTable::number(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && last == end ? value : std::numeric_limits<double>::quiet_NaN();
}

ReferenceFolder ReferenceFolder::shipped() {
    ReferenceFolder folder;
    for (std::size_t i = 0; i < embedded::validation_file_count; ++i) {
        folder.embedded_.emplace(embedded::validation_files[i].first, embedded::validation_files[i].second);
    }
    return folder;
}

bool ReferenceFolder::has(const std::string& path) const {
    std::error_code ignored;
    return root_.empty() ? embedded_.count(path) > 0 : std::filesystem::is_regular_file(root_ / path, ignored);
}

std::vector<std::string> ReferenceFolder::files(const std::string& folder, std::string_view ending) const {
    std::vector<std::string> found;
    for (const auto& [path, text] : embedded_) {
        if (path.starts_with(folder + "/") && path.ends_with(ending)) found.push_back(path);
    }
    std::error_code failed;
    if (!root_.empty()) {
        for (auto entry = std::filesystem::recursive_directory_iterator(root_ / folder, failed);
             !failed && entry != std::filesystem::recursive_directory_iterator(); entry.increment(failed)) {
            std::string path = entry->path().lexically_relative(root_).generic_string();
            if (path.ends_with(ending)) found.push_back(std::move(path));
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string ReferenceFolder::text(const std::string& path) const {
    if (root_.empty()) {
        const auto found = embedded_.find(path);
        if (found == embedded_.end()) throw ReferenceError(path);
        return std::string(found->second);
    }
    auto text = read_whole_file(root_ / path);
    if (!text) throw ReferenceError(path);
    return *std::move(text);
}

nlohmann::json ReferenceFolder::json(const std::string& path) const {
    auto json = nlohmann::json::parse(text(path), nullptr, false);
    if (json.is_discarded()) throw ReferenceError(path);
    return json;
}

const ReferenceTable& ReferenceFolder::table(const std::string& path) const {
    const auto known = tables_.find(path);
    if (known != tables_.end()) return known->second;
    try {
        return tables_.emplace(path, ReferenceTable(text(path))).first->second;
    } catch (const ReferenceError& error) {
        throw ReferenceError(path + ": " + error.what());
    }
}

}  // namespace twinfirm::validation
