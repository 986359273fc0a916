// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/link_key.h"

#include <algorithm>

#include "table_cell.h"
#include "twinfirm/ingest/firm_identity.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr char part_end = '\x1f';  ///< no text holds it

/// The column that says who a firm is besides the key.
const store::ColumnChunk* firm_column(const store::TableData& table, const LinkKey& key, std::string& field) {
    for (const char* other : {"firm_id", "brn", "crn"}) {
        if (std::find(key.fields.begin(), key.fields.end(), other) != key.fields.end()) return nullptr;
        field = other;
        if (const auto* column = find_link_column(table, other)) return column;
        if (key.unique) return nullptr;
    }
    return nullptr;
}

}  // namespace

LinkKey parse_link_key(std::string_view text) {
    if (text == "name") return {std::string(text), {"firm_name"}, false};
    if (text == "name+address") return {std::string(text), {"firm_name", "address"}, false};
    return {std::string(text), {std::string(text)}, true};
}

const store::ColumnChunk* find_link_column(const store::TableData& table, std::string_view field) {
    const auto find = [&](auto matches) -> const store::ColumnChunk* {
        for (std::size_t i = 0; i < table.definitions.size(); ++i) {
            if (matches(table.definitions[i])) return &table.columns[i];
        }
        return nullptr;
    };
    if (const auto* column = find([&](const auto& definition) { return definition.field == field; })) return column;
    if (const auto* column = find([&](const auto& definition) { return definition.name == field; })) return column;
    const std::string kept = join_key_field(field);
    return kept.empty()
               ? nullptr
               : find([&](const auto& definition) { return definition.field == kept || definition.name == kept; });
}

bool has_link_key(const store::TableData& table, const LinkKey& key) {
    return std::all_of(key.fields.begin(), key.fields.end(),
                       [&](const std::string& field) { return find_link_column(table, field) != nullptr; });
}

std::string link_text(std::string_view field, const store::ColumnChunk& column, std::size_t row,
                      const PseudonymKey* key) {
    std::string text = cell_text(column, row);
    if (text.empty()) return text;
    if (is_pseudonym(text)) return is_unusable_pseudonym(text) ? std::string() : text;
    FirmIdentity identity = firm_identity(field, text);
    if (!identity.usable) return {};
    return key == nullptr ? std::move(identity.text) : key->pseudonym(field, identity.text);
}

LinkForms link_forms(const store::TableData& table, std::string_view field) {
    LinkForms forms;
    const store::ColumnChunk* column = find_link_column(table, field);
    if (column == nullptr) return forms;
    for (std::size_t row = 0; row < table.rows && !forms.mixed(); ++row) {
        if (!column->has_value(row)) continue;
        const bool hashed = column->type() == store::ColumnType::text && is_pseudonym(column->text(row));
        (hashed ? forms.hashed : forms.plain) = true;
    }
    return forms;
}

std::vector<LinkForms> link_forms(const store::TableData& table, const LinkKey& key) {
    std::vector<LinkForms> forms;
    for (const std::string& field : key.fields) forms.push_back(link_forms(table, field));
    return forms;
}

Result<LinkSide> link_side(const store::TableData& table, const std::string& table_name, const LinkKey& link_key,
                           const PseudonymKey* key) {
    LinkSide side;
    side.key_is_unique = link_key.unique;
    side.keys.resize(table.rows);
    for (std::size_t part = 0; part < link_key.fields.size(); ++part) {
        const std::string& field = link_key.fields[part];
        const store::ColumnChunk* column = find_link_column(table, field);
        if (column == nullptr) {
            return fail(ErrorKind::input, "link_column_missing", {{"table", table_name}, {"field", field}});
        }
        for (std::size_t row = 0; row < table.rows; ++row) {
            std::string& whole = side.keys[row];
            if (part > 0 && whole.empty()) continue;
            const std::string text = link_text(field, *column, row, key);
            if (text.empty()) {
                whole.clear();
            } else {
                if (part > 0) whole += part_end;
                whole += text;
            }
        }
    }
    std::string field;
    if (const store::ColumnChunk* column = firm_column(table, link_key, field)) {
        side.firms.resize(table.rows);
        for (std::size_t row = 0; row < table.rows; ++row) side.firms[row] = link_text(field, *column, row, nullptr);
    }
    if (const store::ColumnChunk* column = find_link_column(table, "year")) {
        side.years.resize(table.rows);
        for (std::size_t row = 0; row < table.rows; ++row) side.years[row] = cell_year(*column, row);
    }
    return side;
}

}  // namespace twinfirm::ingest
