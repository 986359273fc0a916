// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/linkage.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

struct LinkOptions {
    std::string left;
    std::string right;
    std::string by;        ///< firm_id, brn, crn, name, name+address; of the left table
    std::string right_by;  ///< of the right table, with a crosswalk; empty = the one key that crosswalk and table share
    std::string crosswalk;           ///< a table that holds both keys; empty = none
    std::filesystem::path key_file;  ///< empty: default_pseudonym_key_path
};

/// One finding that the analyst may want to look at. Cells of personal columns are masked (`124-**-*****`, `가**`);
/// keyed hashes stand as they are.
struct LinkCase {
    std::string kind;           ///< message code `link_case_<kind>`
    std::string field;          ///< of conflicting values
    std::int64_t left_row = 0;  ///< 1-based, of several the first; 0 = none
    std::int64_t right_row = 0;
    std::int64_t left_rows = 0;
    std::int64_t right_rows = 0;
    std::string key;
    std::string left_value;
    std::string right_value;
};

struct LinkedField {
    std::string field;
    std::string left_column;
    std::string right_column;
    std::int64_t compared = 0;
    std::int64_t conflicts = 0;
    std::int64_t not_compared = 0;
};

/// What a link of two tables finds. Every row is counted once: under an outcome of its key, or as a row without a key.
struct LinkReport {
    LinkOptions options;
    std::int64_t left_rows = 0;
    std::int64_t right_rows = 0;
    std::int64_t left_without_key = 0;
    std::int64_t right_without_key = 0;
    std::array<ingest::LinkCount, ingest::link_outcomes> outcomes{};
    std::int64_t crosswalk_missing = 0;    ///< rows of the right table whose key the crosswalk does not hold
    std::int64_t crosswalk_ambiguous = 0;  ///< rows of the right table whose key it leads to several
    std::vector<LinkedField> fields;       ///< canonical fields that both tables hold
    std::vector<LinkCase> cases;           ///< all of them, by kind
};

/// Links two stored tables and reports; nothing is stored. Rows are linked where their keys are equal after the usual
/// spellings are taken away (ingest/firm_identity.h); a key that fits two firms is listed as ambiguous and never
/// linked.
///
/// Where one table holds keyed hashes and the other plain texts, the key file is needed.
/// Errors: `table_not_found`; `link_column_missing`; `link_key_choice` (usage: crosswalk and right table share several
/// keys or none); `link_keys_differ` (the tables were imported under two keys); `link_key_missing` (access: the key
/// that made the hashes is not there). Memory: both tables. Cost: O(n log n).
[[nodiscard]] Result<LinkReport> link_tables(const store::Project& project, const LinkOptions& options,
                                             const CancellationToken& token = {});

/// One row a case.
[[nodiscard]] std::string link_cases_csv(const LinkReport& report);

}  // namespace twinfirm::app
