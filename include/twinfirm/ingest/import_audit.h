// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// A row that was not stored, or a cell that was stored otherwise than it stands.
struct ListedCell {
    std::int64_t line = 0;    ///< 1-based line on which the row begins
    std::int64_t column = 0;  ///< 1-based column, 0 = the row as a whole
    std::string name;         ///< of the column
    std::string reason;       ///< message code `row_<reason>`
    std::string text;         ///< the cell, at most 100 bytes; empty for columns that identify a person or firm

    friend bool operator==(const ListedCell&, const ListedCell&) = default;
};

/// How often one rule changed the cells of one column.
struct ConversionCount {
    std::string rule;  ///< message code `rule_<rule>`
    std::string column;
    std::int64_t count = 0;

    friend bool operator==(const ConversionCount&, const ConversionCount&) = default;
};

/// How many cells of a column of registration numbers are of one class.
struct RegistrationCount {
    std::string column;
    std::string kind;  ///< message code `registration_<kind>`: valid, wrong_check_digit ...
    std::int64_t count = 0;

    friend bool operator==(const RegistrationCount&, const RegistrationCount&) = default;
};

/// Rows dropped or cells set missing by a rule of the plan for doubtful rows and cells.
struct QualityCount {
    std::string code;  ///< message code `quality_<code>`
    std::string column;
    std::string rule;
    std::int64_t count = 0;

    friend bool operator==(const QualityCount&, const QualityCount&) = default;
};

/// A column that is not stored and the column of keyed hashes that is kept in its place.
struct KeptJoinKey {
    std::string column;
    std::string key_column;

    friend bool operator==(const KeptJoinKey&, const KeptJoinKey&) = default;
};

/// The account of one import: every row of the file is either stored or listed.
struct ImportAudit {
    static constexpr std::size_t listed_at_most = 10'000;

    std::string file_name;  ///< without its folder
    std::int64_t bytes = 0;
    std::string sha256;
    std::string table;
    std::int64_t preamble_lines = 0;
    std::int64_t blank_lines = 0;
    std::int64_t rows_read = 0;
    std::int64_t rows_stored = 0;
    std::int64_t rows_rejected = 0;
    std::map<std::string, std::int64_t> rejected_by_reason;  ///< exact counts
    std::vector<ListedCell> rejected;                        ///< the first 10,000
    std::map<std::string, std::int64_t> changed_by_reason;   ///< cells stored as missing or rounded: exact counts
    std::vector<ListedCell> changed;                         ///< the first 10,000
    std::vector<ConversionCount> conversions;                ///< by column in the file's order, then by rule
    std::vector<RegistrationCount> registrations{};          ///< of stored rows, by column and class
    std::vector<std::string> dropped{};                      ///< columns that are not stored because they name persons
    std::vector<KeptJoinKey> join_keys{};                    ///< of dropped columns that name firms
    std::vector<QualityCount> quality{};  ///< rules of the plan for doubtful rows and cells, where they were used
    std::string key{};  ///< which key made the pseudonyms (PseudonymKey::identification), empty = none was needed

    friend bool operator==(const ImportAudit&, const ImportAudit&) = default;
};

/// Rows read = stored + rejected, and the reasons add up to the rejected. Errors: `audit_does_not_add_up`.
[[nodiscard]] Status check_audit(const ImportAudit& audit);

[[nodiscard]] std::string to_json_text(const ImportAudit& audit);
/// Errors: `audit_malformed`.
[[nodiscard]] Result<ImportAudit> parse_import_audit(std::string_view json);

}  // namespace twinfirm::ingest
