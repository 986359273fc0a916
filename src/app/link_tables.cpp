// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/link_tables.h"

#include <algorithm>
#include <optional>

#include "link_secret.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/firm_identity.h"
#include "twinfirm/ingest/link_key.h"
#include "twinfirm/ingest/linked_values.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::app {

namespace {

bool is_ascii_digit(char32_t c) {
    return c >= '0' && c <= '9';
}

/// Enough to tell that something stands there: numbers keep three digits, other texts one character.
std::string masked(std::string_view text) {
    std::string out;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        const bool letter = c >= 0x80 || is_ascii_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const std::size_t most = !out.empty() && !is_ascii_digit(static_cast<unsigned char>(out.front())) ? 1 : 3;
        if (letter && shown >= (out.empty() ? 1 : most)) {
            out += '*';
            continue;
        }
        if (letter) ++shown;
        append_utf8(out, c);
    }
    return out;
}

/// A cell for people; of a personal column masked.
std::string shown(const store::TableData& table, const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    if (column.type() == store::ColumnType::integer) return integer_text(column.integer(row));
    if (column.type() == store::ColumnType::real) return shortest_text(column.real(row));
    const std::string text(column.text(row));
    const auto place = static_cast<std::size_t>(&column - table.columns.data());
    const ingest::CanonicalField* field = ingest::find_canonical_field(table.definitions[place].field);
    const bool personal = field != nullptr && field->sensitive && !ingest::is_pseudonym(text);
    return personal ? masked(text) : text;
}

std::int64_t size_of(std::span<const std::size_t> rows) {
    return static_cast<std::int64_t>(rows.size());
}

/// The one key that the crosswalk and the right table hold besides the left one's.
Result<std::string> shared_key(const LinkOptions& options, const store::TableData& right,
                               const store::TableData& crosswalk) {
    std::string shared;
    int count = 0;
    for (const char* name : {"firm_id", "brn", "crn", "name", "name+address"}) {
        const ingest::LinkKey key = ingest::parse_link_key(name);
        if (name == options.by || !ingest::has_link_key(right, key) || !ingest::has_link_key(crosswalk, key)) continue;
        // A table with addresses has names, too: the longer key says more.
        if (shared == "name") --count;
        shared = name;
        ++count;
    }
    if (count == 1) return shared;
    return fail(ErrorKind::usage, "link_key_choice", {{"table", options.right}, {"crosswalk", options.crosswalk}});
}

class Linker {
  public:
    Linker(const LinkOptions& options, const store::TableData& left, const store::TableData& right)
        : left_(left), right_(right) {
        report_.options = options;
        report_.left_rows = static_cast<std::int64_t>(left.rows);
        report_.right_rows = static_cast<std::int64_t>(right.rows);
    }

    [[nodiscard]] Result<LinkReport> run(const store::Project& project, const CancellationToken& token) {
        LinkOptions& options = report_.options;
        left_key_ = ingest::parse_link_key(options.by);
        right_key_ = left_key_;
        std::optional<store::TableData> crosswalk;
        if (!options.crosswalk.empty()) {
            auto read = project.read(options.crosswalk, {}, token);
            if (!read) return tl::unexpected(read.error());
            crosswalk.emplace(std::move(*read));
            if (options.right_by.empty()) {
                auto shared = shared_key(options, right_, *crosswalk);
                if (!shared) return tl::unexpected(shared.error());
                options.right_by = std::move(*shared);
            }
        }
        if (!options.right_by.empty()) right_key_ = ingest::parse_link_key(options.right_by);
        TWINFIRM_TRY(find_secret(project, crosswalk ? &*crosswalk : nullptr));
        const PseudonymKey* key = secret_ ? &*secret_ : nullptr;
        auto left = ingest::link_side(left_, options.left, left_key_, mixed_ ? key : nullptr);
        if (!left) return tl::unexpected(left.error());
        auto right = ingest::link_side(right_, options.right, right_key_, mixed_ ? key : nullptr);
        if (!right) return tl::unexpected(right.error());
        TWINFIRM_TRY(token.check());
        std::vector<char> listed(right_.rows, 0);
        if (crosswalk) TWINFIRM_TRY(translate(*crosswalk, *right, listed));
        const ingest::Linkage linkage = ingest::link_rows(*left, *right);
        TWINFIRM_TRY(token.check());
        report_.outcomes = linkage.counts;
        list_keys(linkage);
        list_without_key(linkage, listed);
        compare_fields(linkage, *left, *right, key);
        std::stable_sort(report_.cases.begin(), report_.cases.end(),
                         [](const LinkCase& a, const LinkCase& b) { return rank(a.kind) < rank(b.kind); });
        return std::move(report_);
    }

  private:
    /// What has to be looked at first stands first.
    static std::size_t rank(std::string_view kind) {
        constexpr std::string_view order[] = {"ambiguous",        "crosswalk_ambiguous", "conflict",
                                              "many_to_many",     "one_to_many",         "many_to_one",
                                              "left_only",        "right_only",          "crosswalk_missing",
                                              "left_without_key", "right_without_key"};
        return static_cast<std::size_t>(std::find(std::begin(order), std::end(order), kind) - std::begin(order));
    }

    [[nodiscard]] Status find_secret(const store::Project& project, const store::TableData* crosswalk) {
        const LinkOptions& options = report_.options;
        std::vector<LinkedTable> tables{{options.left, &left_, left_key_}};
        if (crosswalk == nullptr) {
            tables.push_back({options.right, &right_, right_key_});
        } else {
            tables.push_back({options.crosswalk, crosswalk, left_key_});
            auto other =
                link_secret(project, {{options.crosswalk, crosswalk, right_key_}, {options.right, &right_, right_key_}},
                            options.key_file);
            if (!other) return tl::unexpected(other.error());
            secret_ = *other;
        }
        auto secret = link_secret(project, tables, options.key_file);
        if (!secret) return tl::unexpected(secret.error());
        if (*secret) secret_ = *secret;
        for (const LinkedTable& linked : tables) {
            for (const ingest::LinkForms& forms : ingest::link_forms(*linked.table, linked.key)) forms_.add(forms);
        }
        for (const ingest::LinkForms& forms : ingest::link_forms(right_, right_key_)) forms_.add(forms);
        mixed_ = forms_.mixed();
        return {};
    }

    /// The right rows' keys become the left's.
    [[nodiscard]] Status translate(const store::TableData& crosswalk, ingest::LinkSide& right,
                                   std::vector<char>& listed) {
        const LinkOptions& options = report_.options;
        const PseudonymKey* key = mixed_ && secret_ ? &*secret_ : nullptr;
        const auto from = ingest::link_side(crosswalk, options.crosswalk, right_key_, key);
        if (!from) return tl::unexpected(from.error());
        const auto to = ingest::link_side(crosswalk, options.crosswalk, left_key_, key);
        if (!to) return tl::unexpected(to.error());
        ingest::CrosswalkResult result = ingest::translate_keys(right, from->keys, to->keys);
        right = std::move(result.side);
        // Who a row's firm is was said of its own key.
        right.firms.clear();
        right.key_is_unique = true;
        report_.crosswalk_missing = static_cast<std::int64_t>(result.not_found.size());
        report_.crosswalk_ambiguous = static_cast<std::int64_t>(result.ambiguous.size());
        const auto list = [&](const char* kind, const std::vector<std::size_t>& rows) {
            for (const std::size_t row : rows) {
                listed[row] = 1;
                report_.cases.push_back(
                    {kind, "", 0, static_cast<std::int64_t>(row) + 1, 0, 1, right_key_text(row), "", ""});
            }
        };
        list("crosswalk_ambiguous", result.ambiguous);
        list("crosswalk_missing", result.not_found);
        return {};
    }

    [[nodiscard]] static std::string key_text(const store::TableData& table, const ingest::LinkKey& key,
                                              std::size_t row) {
        std::string text;
        for (const std::string& field : key.fields) {
            text += (text.empty() ? "" : " / ") + shown(table, *ingest::find_link_column(table, field), row);
        }
        return text;
    }
    [[nodiscard]] std::string left_key_text(std::size_t row) const { return key_text(left_, left_key_, row); }
    [[nodiscard]] std::string right_key_text(std::size_t row) const { return key_text(right_, right_key_, row); }

    void list_keys(const ingest::Linkage& linkage) {
        for (const ingest::LinkedKey& key : linkage.keys) {
            if (key.outcome == ingest::LinkOutcome::one_to_one) continue;
            const auto left = linkage.left_rows(key);
            const auto right = linkage.right_rows(key);
            const std::string kind(ingest::link_outcome_name(key.outcome));
            if (key.outcome != ingest::LinkOutcome::ambiguous) {
                report_.cases.push_back({kind, "", left.empty() ? 0 : static_cast<std::int64_t>(left[0]) + 1,
                                         right.empty() ? 0 : static_cast<std::int64_t>(right[0]) + 1, size_of(left),
                                         size_of(right),
                                         left.empty() ? right_key_text(right[0]) : left_key_text(left[0]), "", ""});
                continue;
            }
            // The analyst has to choose among them: each row is listed.
            for (const std::size_t row : left) {
                report_.cases.push_back({kind, "", static_cast<std::int64_t>(row) + 1, 0, size_of(left), size_of(right),
                                         left_key_text(row), "", ""});
            }
            for (const std::size_t row : right) {
                report_.cases.push_back({kind, "", 0, static_cast<std::int64_t>(row) + 1, size_of(left), size_of(right),
                                         right_key_text(row), "", ""});
            }
        }
    }

    void list_without_key(const ingest::Linkage& linkage, const std::vector<char>& listed) {
        for (const std::size_t row : linkage.left_without_key) {
            report_.cases.push_back(
                {"left_without_key", "", static_cast<std::int64_t>(row) + 1, 0, 1, 0, left_key_text(row), "", ""});
            ++report_.left_without_key;
        }
        for (const std::size_t row : linkage.right_without_key) {
            if (listed[row] != 0) continue;
            report_.cases.push_back(
                {"right_without_key", "", 0, static_cast<std::int64_t>(row) + 1, 0, 1, right_key_text(row), "", ""});
            ++report_.right_without_key;
        }
    }

    void compare_fields(const ingest::Linkage& linkage, const ingest::LinkSide& left, const ingest::LinkSide& right,
                        const PseudonymKey* key) {
        std::vector<std::string> passed_over = left_key_.fields;
        passed_over.insert(passed_over.end(), right_key_.fields.begin(), right_key_.fields.end());
        passed_over.emplace_back("year");
        for (const ingest::FieldComparison& comparison :
             ingest::compare_linked(left_, left, right_, right, linkage, passed_over, key)) {
            report_.fields.push_back({comparison.field, left_.definitions[comparison.left_column].name,
                                      right_.definitions[comparison.right_column].name, comparison.compared,
                                      static_cast<std::int64_t>(comparison.conflicts.size()), comparison.not_compared});
            for (const ingest::ValueConflict& conflict : comparison.conflicts) {
                report_.cases.push_back({"conflict", comparison.field, static_cast<std::int64_t>(conflict.left_row) + 1,
                                         static_cast<std::int64_t>(conflict.right_row) + 1, 1, 1,
                                         left_key_text(conflict.left_row),
                                         shown(left_, left_.columns[comparison.left_column], conflict.left_row),
                                         shown(right_, right_.columns[comparison.right_column], conflict.right_row)});
            }
        }
    }

    const store::TableData& left_;
    const store::TableData& right_;
    ingest::LinkKey left_key_;
    ingest::LinkKey right_key_;
    ingest::LinkForms forms_;
    bool mixed_ = false;
    std::optional<PseudonymKey> secret_;
    LinkReport report_;
};

}  // namespace

Result<LinkReport> link_tables(const store::Project& project, const LinkOptions& options,
                               const CancellationToken& token) {
    const auto left = project.read(options.left, {}, token);
    if (!left) return tl::unexpected(left.error());
    const auto right = project.read(options.right, {}, token);
    if (!right) return tl::unexpected(right.error());
    return Linker(options, *left, *right).run(project, token);
}

std::string link_cases_csv(const LinkReport& report) {
    CsvWriter csv;
    csv.header(
        {"case", "field", "left_row", "right_row", "left_rows", "right_rows", "key", "left_value", "right_value"});
    const auto row_number = [&](std::int64_t row) { row == 0 ? csv.missing() : csv.integer(row); };
    for (const LinkCase& found : report.cases) {
        csv.text(found.kind);
        csv.text(found.field);
        row_number(found.left_row);
        row_number(found.right_row);
        csv.integer(found.left_rows);
        csv.integer(found.right_rows);
        csv.text(store::guard_formula(found.key));
        csv.text(store::guard_formula(found.left_value));
        csv.text(store::guard_formula(found.right_value));
        csv.end_row();
    }
    return csv.bytes();
}

}  // namespace twinfirm::app
