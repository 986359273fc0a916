// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/linked_values.h"

#include <algorithm>

#include "table_cell.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/firm_identity.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/link_key.h"

namespace twinfirm::ingest {

namespace {

enum class Agreement { equal, different, unknown };

/// Compares the cells of one field.
class Comparer {
  public:
    Comparer(const CanonicalField& field, bool same_unit, const PseudonymKey* key)
        : field_(field), same_unit_(same_unit), key_(key), identity_(!join_key_field(field.key).empty()) {}

    [[nodiscard]] Agreement compare(const store::ColumnChunk& left, std::size_t l, const store::ColumnChunk& right,
                                    std::size_t r) const {
        if (!same_unit_) return Agreement::unknown;
        const bool left_text = left.type() == store::ColumnType::text;
        const bool right_text = right.type() == store::ColumnType::text;
        if (!left_text && !right_text) {
            if (left.type() == store::ColumnType::integer && right.type() == store::ColumnType::integer) {
                return result(left.integer(l) == right.integer(r));
            }
            return result(cell_number(left, l) == cell_number(right, r));
        }
        if (identity_) return compare_identities(left, l, right, r);
        const std::string left_shown = cell_text(left, l);
        const std::string right_shown = cell_text(right, r);
        const std::string_view a = trim(left_shown);
        const std::string_view b = trim(right_shown);
        const bool dates = field_.type == "date" && left_text != right_text;
        if (dates || field_.type == "ksic") return result(a.starts_with(b) || b.starts_with(a));
        return result(a == b);
    }

  private:
    static Agreement result(bool equal) { return equal ? Agreement::equal : Agreement::different; }

    [[nodiscard]] Agreement compare_identities(const store::ColumnChunk& left, std::size_t l,
                                               const store::ColumnChunk& right, std::size_t r) const {
        const bool left_hashed = is_pseudonym(cell_text(left, l));
        const bool right_hashed = is_pseudonym(cell_text(right, r));
        if (left_hashed != right_hashed && key_ == nullptr) return Agreement::unknown;
        const PseudonymKey* key = left_hashed != right_hashed ? key_ : nullptr;
        const std::string a = link_text(field_.key, left, l, key);
        const std::string b = link_text(field_.key, right, r, key);
        return a.empty() || b.empty() ? Agreement::unknown : result(a == b);
    }

    const CanonicalField& field_;
    bool same_unit_;
    const PseudonymKey* key_;
    bool identity_;
};

int year_of(const LinkSide& side, std::size_t row) {
    return side.years.empty() ? 0 : side.years[row];
}

/// Calls `use` for the rows of a key that belong together.
template <class Use>
void for_each_pair(std::span<const std::size_t> left, std::span<const std::size_t> right, Use use) {
    if (left.size() > 1 && right.size() > 1) return;
    for (const std::size_t l : left) {
        for (const std::size_t r : right) use(l, r);
    }
}

template <class Use>
void for_each_linked_pair(const Linkage& linkage, const LinkSide& left, const LinkSide& right, Use use) {
    const bool by_year = !left.years.empty() && !right.years.empty();
    for (const LinkedKey& key : linkage.keys) {
        if (!key.linked()) continue;
        auto left_rows = linkage.left_rows(key);
        auto right_rows = linkage.right_rows(key);
        if (!by_year) {
            for_each_pair(left_rows, right_rows, use);
            continue;
        }
        // Both are in order of years.
        while (!left_rows.empty() && !right_rows.empty()) {
            const int year = std::min(year_of(left, left_rows[0]), year_of(right, right_rows[0]));
            const auto of_year = [&](const LinkSide& side, std::span<const std::size_t> rows) {
                std::size_t size = 0;
                while (size < rows.size() && year_of(side, rows[size]) == year) ++size;
                return size;
            };
            const std::size_t l = of_year(left, left_rows);
            const std::size_t r = of_year(right, right_rows);
            for_each_pair(left_rows.first(l), right_rows.first(r), use);
            left_rows = left_rows.subspan(l);
            right_rows = right_rows.subspan(r);
        }
    }
}

}  // namespace

std::vector<FieldComparison> compare_linked(const store::TableData& left, const LinkSide& left_side,
                                            const store::TableData& right, const LinkSide& right_side,
                                            const Linkage& linkage, const std::vector<std::string>& passed_over,
                                            const PseudonymKey* key) {
    std::vector<FieldComparison> comparisons;
    for (std::size_t l = 0; l < left.definitions.size(); ++l) {
        const CanonicalField* field = find_canonical_field(left.definitions[l].field);
        if (field == nullptr || std::find(passed_over.begin(), passed_over.end(), field->key) != passed_over.end()) {
            continue;
        }
        for (std::size_t r = 0; r < right.definitions.size(); ++r) {
            if (right.definitions[r].field != field->key) continue;
            FieldComparison comparison{field->key, l, r, 0, 0, {}};
            const Comparer comparer(*field, left.definitions[l].unit == right.definitions[r].unit, key);
            for_each_linked_pair(linkage, left_side, right_side, [&](std::size_t left_row, std::size_t right_row) {
                if (!left.columns[l].has_value(left_row) || !right.columns[r].has_value(right_row)) return;
                const Agreement agreement = comparer.compare(left.columns[l], left_row, right.columns[r], right_row);
                ++(agreement == Agreement::unknown ? comparison.not_compared : comparison.compared);
                if (agreement == Agreement::different) comparison.conflicts.push_back({left_row, right_row});
            });
            comparisons.push_back(std::move(comparison));
        }
    }
    return comparisons;
}

}  // namespace twinfirm::ingest
