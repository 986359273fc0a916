// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/conversion_rule.h"
#include "twinfirm/ingest/csv_dialect.h"
#include "twinfirm/ingest/file_format.h"
#include "twinfirm/ingest/quality_rule.h"
#include "twinfirm/ingest/value_type.h"
#include "twinfirm/ingest/wide_layout.h"

namespace twinfirm::ingest {

/// What happens to a cell that its column's type cannot read.
enum class BadCell {
    reject_row,  ///< the whole row is listed and not stored
    missing,     ///< the cell is listed and stored as missing
};

/// What keeps a column's persons out of the store.
enum class Protection {
    none,       ///< stored as read (resident numbers are masked all the same)
    pseudonym,  ///< replaced by a keyed hash where it is a person's
    drop,       ///< not stored
};

struct ColumnPlan {
    std::string source;  ///< the name as it stands in the file (may be empty or repeated; the place decides)
    std::string name;    ///< the name of the stored column: one line, unique
    std::string field;   ///< canonical field, empty = none
    ValueType type = ValueType::text;
    std::string unit;                  ///< unit of the file's values, as 백만원; empty = not stated
    std::vector<std::string> missing;  ///< texts that mean "no value", besides the empty text and, in
                                       ///< columns that are no text, the codes of data/fields.json
    bool keep = true;                  ///< false: the column is not stored
    bool decimal_comma = false;        ///< 1.234,50 is 1234.5
    BadCell on_bad_cell = BadCell::reject_row;
    std::map<std::string, std::int64_t> labels;  ///< boolean and level: what each text means; empty = the usual words
    /// Rules that need the analyst's word (needs_confirmation), in order of trial.
    std::vector<ConversionRule> rules{};
    /// Industry codes: name of a further column for the codes behind the first; empty = none has any.
    std::string rest_name{};
    Protection protection = Protection::none;

    friend bool operator==(const ColumnPlan&, const ColumnPlan&) = default;
};

/// How one file is to be read; made by inspect_file, changed by the analyst, kept with the imported table.
struct ImportPlan {
    FileFormat format = FileFormat::text;
    std::string sheet;  ///< of a workbook
    TextEncoding encoding = TextEncoding::utf8;
    char delimiter = ',';
    char quote = '"';                 ///< 0 = quotes have no meaning
    char escape = '\0';               ///< before a quote inside quotes, besides the doubled quote; 0 = none
    bool padded = false;              ///< spaces beside delimiters belong to no field
    std::int64_t preamble_lines = 0;  ///< lines before the header row (or before the data, where there is no header)
    std::int64_t last_line = 0;       ///< last line of the table, where others follow; 0 = the file's last
    bool header = true;
    std::int64_t header_rows = 1;  ///< merged into one name for each column (merged_header)
    bool reject_totals = true;     ///< rows that begin with 합계, 소계, 총계 ... are listed, not stored
    std::vector<ColumnPlan> columns;
    /// Answers to the questions of the inspection: question id -> choice.
    std::map<std::string, std::string> answers;
    /// What becomes of doubtful rows and cells: code of the issue (check_quality) -> rule; kept where none is named.
    std::map<std::string, QualityRule> quality{};
    Reshape reshape{};  ///< empty = the table is stored as it stands

    friend bool operator==(const ImportPlan&, const ImportPlan&) = default;
};

[[nodiscard]] inline CsvDialect dialect_of(const ImportPlan& plan) {
    return {plan.delimiter, plan.quote, plan.escape, plan.padded};
}

/// How a place in the plan's file is written: `자료!B12` in a workbook (`자료!12` for a row), else `12:2`.
[[nodiscard]] std::string place_text(const ImportPlan& plan, std::int64_t line, std::int64_t column);

/// One JSON object, keys in fixed order.
[[nodiscard]] std::string to_json_text(const ImportPlan& plan);
/// Errors: `plan_malformed` (reason), `plan_bad_value` (key, value).
[[nodiscard]] Result<ImportPlan> parse_import_plan(std::string_view json);
[[nodiscard]] Result<ImportPlan> load_import_plan(const std::filesystem::path& path);
[[nodiscard]] Status save_import_plan(const ImportPlan& plan, const std::filesystem::path& path);

}  // namespace twinfirm::ingest
