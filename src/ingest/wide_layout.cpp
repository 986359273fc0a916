// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/wide_layout.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "table_cell.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t none = std::string::npos;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What is left of a header when the period is cut out of it.
std::string stem_of(std::string_view left, std::string_view right) {
    constexpr std::string_view marks = " _-./:,'([";
    constexpr std::string_view back_marks = " _-./:,)]";
    while (!left.empty() && marks.find(left.back()) != none) left.remove_suffix(1);
    while (!right.empty() && back_marks.find(right.front()) != none) right.remove_prefix(1);
    std::string stem(left);
    if (!right.empty()) {
        const bool unit_in_brackets = right.back() == ')' && right.find('(') == none;
        if (unit_in_brackets) {
            stem += '(';
        } else if (!stem.empty() && right.front() != '(') {
            stem += ' ';
        }
        stem += right;
    }
    return stem;
}

std::optional<PeriodName> calendar_year(std::string_view header) {
    constexpr std::string_view word = "년";
    for (std::size_t begin = 0; begin < header.size(); ++begin) {
        if (!is_digit(header[begin]) || (begin > 0 && is_digit(header[begin - 1]))) continue;
        std::size_t end = begin;
        int value = 0;
        while (end < header.size() && is_digit(header[end]) && end - begin < 5)
            value = value * 10 + (header[end++] - '0');
        const std::size_t digits = end - begin;
        const bool named = header.substr(end).starts_with(word);
        const bool full = digits == 4 && value >= 1900 && value < 2100;
        if (!full && !(digits == 2 && named)) continue;
        if (named) end += word.size();
        if (named && header.substr(end).starts_with("도")) end += std::string_view("도").size();
        const int year = full ? value : value < 70 ? 2000 + value : 1900 + value;
        std::string stem = stem_of(header.substr(0, begin), header.substr(end));
        if (stem.empty()) return std::nullopt;
        return PeriodName{std::move(stem), year, false};
    }
    return std::nullopt;
}

std::optional<PeriodName> relative_period(std::string_view header) {
    // Longer words first: 전전년도 holds 전년도.
    constexpr std::array<std::pair<std::string_view, int>, 12> words = {{{"전전년도", -2},
                                                                         {"전년도", -1},
                                                                         {"당해연도", 0},
                                                                         {"당해년도", 0},
                                                                         {"차년도", 1},
                                                                         {"도입전", -1},
                                                                         {"도입 전", -1},
                                                                         {"도입후", 1},
                                                                         {"도입 후", 1},
                                                                         {"구축전", -1},
                                                                         {"구축후", 1},
                                                                         {"당년도", 0}}};
    for (const auto& [word, period] : words) {
        const std::size_t at = header.find(word);
        if (at == none) continue;
        std::string stem = stem_of(header.substr(0, at), header.substr(at + word.size()));
        if (!stem.empty()) return PeriodName{std::move(stem), period, true};
    }
    for (std::size_t at = 0; at + 1 < header.size(); ++at) {
        if (header[at] != 'T' && header[at] != 't') continue;
        if (at > 0 && std::string_view(" _-.([").find(header[at - 1]) == none) continue;
        std::size_t end = at + 1;
        const bool signed_period = header[end] == '+' || header[end] == '-';
        if (signed_period) ++end;
        if (end >= header.size() || !is_digit(header[end]) || (end + 1 < header.size() && is_digit(header[end + 1]))) {
            continue;
        }
        const int size = header[end] - '0';
        if (!signed_period && size != 0) continue;
        std::string stem = stem_of(header.substr(0, at), header.substr(end + 1));
        if (!stem.empty()) return PeriodName{std::move(stem), header[at + 1] == '-' ? -size : size, true};
    }
    return std::nullopt;
}

}  // namespace

std::optional<PeriodName> period_in_header(std::string_view header) {
    const std::string name = display_name(header);
    auto year = calendar_year(name);
    return year ? year : relative_period(name);
}

Reshape detect_reshape(const std::vector<std::string>& names, const std::vector<std::string>& fields) {
    std::array<std::vector<WideVariable>, 2> kinds;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = period_in_header(names[i]);
        if (!found) continue;
        auto& variables = kinds[found->relative ? 1 : 0];
        auto variable = std::find_if(variables.begin(), variables.end(),
                                     [&](const WideVariable& known) { return known.name == found->stem; });
        if (variable == variables.end()) {
            variables.push_back({found->stem, fields[i], {}});
            variable = variables.end() - 1;
        }
        variable->columns.emplace(found->period, names[i]);
    }
    std::array<std::size_t, 2> columns{};
    for (std::size_t kind = 0; kind < 2; ++kind) {
        auto& variables = kinds[kind];
        variables.erase(std::remove_if(variables.begin(), variables.end(),
                                       [](const WideVariable& variable) { return variable.columns.size() < 2; }),
                        variables.end());
        for (const WideVariable& variable : variables) columns[kind] += variable.columns.size();
    }
    const bool relative = columns[1] > columns[0];
    Reshape reshape;
    reshape.variables = std::move(kinds[relative ? 1 : 0]);
    if (reshape.empty()) return reshape;
    reshape.period_name = relative ? "시점" : "연도";
    reshape.period_field = relative ? "" : "year";
    while (std::find(names.begin(), names.end(), reshape.period_name) != names.end()) reshape.period_name += " (2)";
    return reshape;
}

Status ReshapeSink::begin(const store::TableDefinition& definition) {
    std::set<int> periods;
    for (const WideVariable& variable : reshape_.variables) {
        for (const auto& [period, column] : variable.columns) periods.insert(period);
    }
    periods_.assign(periods.begin(), periods.end());
    std::set<std::size_t> used;
    store::TableDefinition table;
    table.name = definition.name;
    std::vector<store::ColumnDefinition> variables;
    for (const WideVariable& variable : reshape_.variables) {
        std::vector<std::size_t> places(periods_.size(), none);
        std::optional<store::ColumnDefinition> shape;
        for (const auto& [period, name] : variable.columns) {
            const auto column = std::find_if(definition.columns.begin(), definition.columns.end(),
                                             [&, &wanted = name](const auto& entry) { return entry.name == wanted; });
            if (column == definition.columns.end()) {
                return fail(ErrorKind::usage, "reshape_column_unknown", {{"name", name}});
            }
            if (!shape) shape = store::ColumnDefinition{variable.name, variable.field, column->type, column->unit};
            if (shape->type != column->type || shape->unit != column->unit) {
                return fail(ErrorKind::usage, "reshape_types_differ", {{"name", name}});
            }
            const auto place = static_cast<std::size_t>(column - definition.columns.begin());
            used.insert(place);
            places[static_cast<std::size_t>(std::lower_bound(periods_.begin(), periods_.end(), period) -
                                            periods_.begin())] = place;
        }
        if (shape) variables.push_back(std::move(*shape));
        places_.push_back(std::move(places));
    }
    for (std::size_t i = 0; i < definition.columns.size(); ++i) {
        if (used.contains(i)) continue;
        kept_.push_back(i);
        table.columns.push_back(definition.columns[i]);
    }
    table.columns.push_back({reshape_.period_name, reshape_.period_field, store::ColumnType::integer, ""});
    table.columns.insert(table.columns.end(), variables.begin(), variables.end());
    for (const store::ColumnDefinition& column : table.columns) types_.push_back(column.type);
    return sink_.begin(table);
}

Status ReshapeSink::append(const store::RowChunk& chunk) {
    store::RowChunk out;
    for (const store::ColumnType type : types_) out.columns.emplace_back(type);
    for (std::size_t row = 0; row < chunk.rows; ++row) {
        for (std::size_t period = 0; period < periods_.size(); ++period) {
            std::size_t column = 0;
            for (const std::size_t place : kept_) append_cell(chunk.columns[place], row, out.columns[column++]);
            out.columns[column++].append_integer(periods_[period]);
            for (const auto& places : places_) {
                store::ColumnChunk& to = out.columns[column++];
                if (places[period] == none) {
                    to.append_absent(store::ValueStatus::missing);
                } else {
                    append_cell(chunk.columns[places[period]], row, to);
                }
            }
            ++out.rows;
        }
    }
    return sink_.append(out);
}

}  // namespace twinfirm::ingest
