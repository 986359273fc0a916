// SPDX-License-Identifier: GPL-3.0-or-later
#include "firm_rows.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "link_secret.h"
#include "twinfirm/ingest/link_key.h"

namespace twinfirm::app {

namespace {

/// Firms of the panel by a text: their id, or what of it is compared.
class FirmIndex {
  public:
    void add(std::string_view text, std::uint32_t firm) {
        if (!text.empty()) firms_.emplace(text, firm);
    }
    [[nodiscard]] std::uint32_t find(std::string_view text) const {
        const auto found = firms_.find(text);
        return found == firms_.end() ? no_firm : found->second;
    }

  private:
    std::unordered_map<std::string_view, std::uint32_t> firms_;
};

/// Views of a text column, or texts made of an integer column.
class IdColumn {
  public:
    explicit IdColumn(const store::ColumnChunk& column) : column_(column) {}
    std::string_view at(std::size_t row) {
        if (column_.type() == store::ColumnType::text) return column_.has_value(row) ? column_.text(row) : "";
        buffer_ = text_at(column_, row);
        return buffer_;
    }

  private:
    const store::ColumnChunk& column_;
    std::string buffer_;
};

constexpr std::size_t rows_named = 10;

void name_row(std::string& rows, std::size_t& named, std::size_t row) {
    if (++named > rows_named) return;
    rows += (rows.empty() ? "" : ", ") + std::to_string(row + 1);
}

}  // namespace

FirmFinder::FirmFinder(const store::Project& project, const design::Specification& specification, StudyTable firms,
                       std::vector<std::uint32_t> register_firms, std::optional<StudyTable> crosswalk,
                       const stats::Panel& panel, std::filesystem::path key_file)
    : project_(project),
      roles_(specification.roles),
      firms_(std::move(firms)),
      register_firms_(std::move(register_firms)),
      crosswalk_(std::move(crosswalk)),
      panel_(panel),
      key_file_(std::move(key_file)) {}

Result<FirmRows> FirmFinder::find(const StudyTable& table, const std::string& key, Messages& messages) const {
    if (key.empty() || key == roles_.firm_id) return by_register_key(table);
    return by_other_key(table, key, messages);
}

Result<FirmRows> FirmFinder::by_register_key(const StudyTable& table) const {
    const std::size_t id = find_column(*table.data, roles_.firm_id);
    if (id == no_column) return role_missing(table.name, roles_.firm_id);
    std::optional<FirmIndex> index;  // only where the table has another order than the panel
    const auto find_any = [&](std::string_view text) {
        if (!index) {
            index.emplace();
            for (std::size_t i = 0; i < panel_.firms(); ++i) index->add(panel_.ids()[i], static_cast<std::uint32_t>(i));
        }
        return index->find(text);
    };
    IdColumn ids(table.data->columns[id]);
    FirmRows rows;
    rows.columns = {id};
    rows.firm.resize(table.data->rows);
    std::string before;  // a firm's years mostly follow each other
    std::uint32_t firm = no_firm;
    std::uint32_t next = 0;  // and the firms each other
    for (std::size_t row = 0; row < table.data->rows; ++row) {
        const std::string_view text = ids.at(row);
        if (text != before) {
            const bool follows = next < panel_.firms() && panel_.ids()[next] == text;
            firm = follows ? next : find_any(text);
            if (firm != no_firm) next = firm + 1;
            before = text;
        }
        rows.firm[row] = firm;
    }
    return rows;
}

Result<FirmRows> FirmFinder::by_other_key(const StudyTable& table, const std::string& key, Messages& messages) const {
    const ingest::LinkKey link_key = ingest::parse_link_key(key);
    const ingest::LinkKey firm_key = ingest::parse_link_key(roles_.firm_id);
    const StudyTable& source = crosswalk_ ? *crosswalk_ : firms_;
    const auto secret =
        link_secret(project_, {{source.name, source.data, link_key}, {table.name, table.data, link_key}}, key_file_);
    if (!secret) return tl::unexpected(secret.error());
    const PseudonymKey* hash = *secret ? &**secret : nullptr;
    auto from = ingest::link_side(*source.data, source.name, link_key, hash);
    if (!from) return tl::unexpected(from.error());
    auto to = ingest::link_side(*table.data, table.name, link_key, hash);
    if (!to) return tl::unexpected(to.error());
    const std::size_t adopted = find_column(*table.data, roles_.adoption_year);
    if (table.name == roles_.adoption_table && to->years.empty() && adopted != no_column) {
        // A name that adopts in two years is one firm, as it is in two years of a panel.
        for (std::size_t row = 0; row < table.data->rows; ++row) {
            const double year = year_at(table.data->columns[adopted], row);
            to->years.push_back(plausible_year(year) ? static_cast<int>(year) : 0);
        }
    }

    // Who each row of the source is: the register's own firm, or the one that the crosswalk names.
    std::vector<std::uint32_t> firm_of_source = register_firms_;
    if (crosswalk_) {
        const auto known = link_secret(
            project_, {{source.name, source.data, firm_key}, {firms_.name, firms_.data, firm_key}}, key_file_);
        if (!known) return tl::unexpected(known.error());
        const PseudonymKey* firm_hash = *known ? &**known : nullptr;
        const auto named = ingest::link_side(*source.data, source.name, firm_key, firm_hash);
        if (!named) return tl::unexpected(named.error());
        const auto registered = ingest::link_side(*firms_.data, firms_.name, firm_key, firm_hash);
        if (!registered) return tl::unexpected(registered.error());
        FirmIndex index;
        for (std::size_t row = 0; row < registered->keys.size(); ++row) {
            index.add(registered->keys[row], register_firms_[row]);
        }
        firm_of_source.resize(source.data->rows);
        from->firms = named->keys;
        for (std::size_t row = 0; row < source.data->rows; ++row) {
            firm_of_source[row] = index.find(named->keys[row]);
            if (named->keys[row].empty()) from->keys[row].clear();
        }
    } else {
        from->firms.clear();
        for (const std::uint32_t firm : firm_of_source) from->firms.push_back(panel_.ids()[firm]);
    }
    from->years.clear();

    FirmRows rows;
    rows.linked = true;
    rows.firm.assign(table.data->rows, no_firm);
    for (const std::string& field : link_key.fields) {
        if (const auto* column = ingest::find_link_column(*table.data, field)) {
            rows.columns.push_back(static_cast<std::size_t>(column - table.data->columns.data()));
        }
    }
    const ingest::Linkage linkage = ingest::link_rows(*from, *to);
    std::string ambiguous_rows;
    std::size_t ambiguous = 0;
    std::vector<char> has_row(panel_.firms(), 0);
    std::int64_t unmatched = 0;
    for (const ingest::LinkedKey& linked : linkage.keys) {
        const auto left = linkage.left_rows(linked);
        const auto right = linkage.right_rows(linked);
        if (linked.outcome == ingest::LinkOutcome::ambiguous && !left.empty()) {
            for (const std::size_t row : right) name_row(ambiguous_rows, ambiguous, row);
            continue;
        }
        const std::uint32_t firm = left.empty() ? no_firm : firm_of_source[left[0]];
        for (const std::size_t row : right) rows.firm[row] = firm;
        if (firm == no_firm) {
            unmatched += static_cast<std::int64_t>(right.size());
        } else if (!right.empty()) {
            has_row[firm] = 1;
        }
    }
    if (ambiguous > 0) {
        return fail(ErrorKind::input, "link_ambiguous",
                    {{"table", table.name},
                     {"field", key},
                     {"count", std::to_string(ambiguous)},
                     {"rows", ambiguous_rows + (ambiguous > rows_named ? ", …" : "")}});
    }
    const auto note = [&](const char* code, Severity severity, std::int64_t count) {
        if (count > 0) messages.push_back({code, severity, {{"table", table.name}, {"field", key}}, count});
    };
    note("link_rows_unmatched", Severity::warning, unmatched);
    note("link_rows_without_key", Severity::warning, static_cast<std::int64_t>(linkage.right_without_key.size()));
    note("link_firms_unmatched", Severity::info, std::count(has_row.begin(), has_row.end(), 0));
    return rows;
}

}  // namespace twinfirm::app
