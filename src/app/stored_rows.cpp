// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/stored_rows.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "twinfirm/app/project_file.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::app {

namespace {

std::string small_letters(std::string_view text) {
    std::string result(text);
    for (char& letter : result) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<double> plain_number(std::string_view text) {
    const auto decimal = parse_decimal(text);
    if (!decimal) return std::nullopt;
    return decimal->value;
}

bool passes(const RowFilter& filter, double value) {
    switch (filter.kind) {
        case RowFilter::Kind::equal:
            return value == filter.low;
        case RowFilter::Kind::unequal:
            return value != filter.low;
        case RowFilter::Kind::less:
            return value < filter.low;
        case RowFilter::Kind::at_most:
            return value <= filter.low;
        case RowFilter::Kind::greater:
            return value > filter.low;
        case RowFilter::Kind::at_least:
            return value >= filter.low;
        case RowFilter::Kind::between:
            return value >= filter.low && value <= filter.high;
        case RowFilter::Kind::contains:
        case RowFilter::Kind::absent:
            break;
    }
    return false;
}

std::string cell_text(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    switch (column.type()) {
        case store::ColumnType::integer:
            return integer_text(column.integer(row));
        case store::ColumnType::real:
            return shortest_text(column.real(row));
        case store::ColumnType::text:
            break;
    }
    return std::string(column.text(row));
}

bool passes(const RowFilter& filter, const store::ColumnChunk& column, std::size_t row) {
    if (filter.kind == RowFilter::Kind::absent) return !column.has_value(row);
    if (!column.has_value(row)) return false;
    if (filter.kind == RowFilter::Kind::contains) {
        return small_letters(cell_text(column, row)).find(filter.text) != std::string::npos;
    }
    if (column.type() == store::ColumnType::integer) return passes(filter, static_cast<double>(column.integer(row)));
    if (column.type() == store::ColumnType::real) return passes(filter, column.real(row));
    const std::string text = small_letters(column.text(row));
    if (filter.kind == RowFilter::Kind::equal && text == filter.text) return true;
    if (filter.kind == RowFilter::Kind::unequal && text != filter.text) return true;
    const std::optional<double> value = plain_number(column.text(row));
    return value && filter.kind != RowFilter::Kind::unequal && passes(filter, *value);
}

}  // namespace

std::optional<RowFilter> parse_row_filter(std::string_view typed) {
    const std::string_view text = trimmed(typed);
    if (text.empty()) return std::nullopt;
    RowFilter filter;
    filter.text = small_letters(text);
    if (text == "=") {
        filter.kind = RowFilter::Kind::absent;
        return filter;
    }
    if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
        const auto low = plain_number(trimmed(text.substr(0, dots)));
        const auto high = plain_number(trimmed(text.substr(dots + 2)));
        if (low && high) {
            filter.kind = RowFilter::Kind::between;
            filter.low = *low;
            filter.high = *high;
            return filter;
        }
    }
    using Kind = RowFilter::Kind;
    constexpr std::pair<std::string_view, Kind> signs[] = {{">=", Kind::at_least}, {"<=", Kind::at_most},
                                                           {"!=", Kind::unequal},  {">", Kind::greater},
                                                           {"<", Kind::less},      {"=", Kind::equal}};
    for (const auto& [sign, kind] : signs) {
        if (text.substr(0, sign.size()) != sign) continue;
        const std::string_view rest = trimmed(text.substr(sign.size()));
        const auto value = plain_number(rest);
        const bool compares_texts = kind == Kind::equal || kind == Kind::unequal;
        if (!value && !compares_texts) break;
        filter.kind = kind;
        filter.text = small_letters(rest);
        filter.low = value.value_or(std::nan(""));
        break;
    }
    return filter;
}

Result<std::shared_ptr<const StoredRows>> StoredRows::read(const std::filesystem::path& path, const std::string& table,
                                                           const CancellationToken& token,
                                                           const ProgressSink& progress) {
    const auto project = open_project(path, Access::read_only);
    if (!project) return tl::unexpected(project.error());
    const auto info = project->table(table);
    if (!info) return tl::unexpected(info.error());
    auto rows = std::make_shared<StoredRows>();
    rows->columns_ = info->definition.columns;
    TWINFIRM_TRY(project->scan(
        table, {},
        [&](const store::RowChunk& chunk) -> Status {
            rows->pieces_.push_back({rows->rows_, chunk});
            rows->rows_ += static_cast<std::int64_t>(chunk.rows);
            report_progress(
                progress, "open",
                static_cast<double>(rows->rows_) / static_cast<double>(std::max<std::int64_t>(1, info->rows)));
            return {};
        },
        token));
    return rows;
}

const StoredRows::Piece& StoredRows::piece_of(std::int64_t row) const {
    if (row < 0 || row >= rows_) throw std::out_of_range("row of a stored table");
    const auto next = std::upper_bound(pieces_.begin(), pieces_.end(), row,
                                       [](std::int64_t wanted, const Piece& piece) { return wanted < piece.first; });
    return *std::prev(next);
}

std::string StoredRows::text(std::int64_t row, std::size_t column) const {
    const Piece& piece = piece_of(row);
    return cell_text(piece.rows.columns.at(column), static_cast<std::size_t>(row - piece.first));
}

store::ValueStatus StoredRows::status(std::int64_t row, std::size_t column) const {
    const Piece& piece = piece_of(row);
    return piece.rows.columns.at(column).status(static_cast<std::size_t>(row - piece.first));
}

Result<std::vector<std::int64_t>> StoredRows::matching(std::size_t column, const RowFilter& filter,
                                                       const CancellationToken& token) const {
    std::vector<std::int64_t> found;
    for (const Piece& piece : pieces_) {
        TWINFIRM_TRY(token.check());
        const store::ColumnChunk& cells = piece.rows.columns.at(column);
        for (std::size_t row = 0; row < piece.rows.rows; ++row) {
            if (passes(filter, cells, row)) found.push_back(piece.first + static_cast<std::int64_t>(row));
        }
    }
    return found;
}

}  // namespace twinfirm::app
