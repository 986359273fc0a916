// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/column_profile.h"
#include "twinfirm/ingest/import_plan.h"

namespace twinfirm::ingest {

/// Something the analyst should know about the file, with its place.
struct Problem {
    Message message;
    std::int64_t line = 0;    ///< 1-based line of the first case, 0 = none
    std::int64_t column = 0;  ///< 1-based column of the table, 0 = none

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// Something only the analyst can decide. The plan holds the likeliest reading (the first choice).
struct Question {
    std::string id;  ///< key for ImportPlan::answers: the code, and `code:column` where it concerns one column
    std::string code;
    MessageArguments arguments;
    std::vector<std::string> choices;
    std::int64_t line = 0;
    std::int64_t column = 0;

    friend bool operator==(const Question&, const Question&) = default;
};

/// What the file shows about one column.
struct InspectedColumn {
    std::map<std::string, std::int64_t> missing;  ///< text that means "no value" -> how often ("" = empty)
    std::string suggested_field;                  ///< the plan's field, or one that is too uncertain for the plan
    double confidence = 0;                        ///< of the suggested field, 0 .. 1
    std::string reason;                           ///< why that field: message code `field_<reason>`
    std::int64_t values = 0;                      ///< cells with a value
    std::vector<Offender> odd_cells;  ///< the first that are neither a plain number nor a plain date, where most are
};

/// The reading of a whole file: every row was looked at.
struct Inspection {
    std::string file;  ///< path as given
    std::int64_t bytes = 0;
    std::string sha256;
    bool byte_order_mark = false;
    std::vector<std::string> preamble;  ///< title and unit lines above the table
    std::int64_t rows = 0;              ///< data rows that have the table's shape
    std::int64_t listed_rows = 0;       ///< data rows that have not: footnotes, totals, wrong number of fields
    ImportPlan plan;
    std::vector<InspectedColumn> columns;  ///< one for each column of the plan
    std::vector<Problem> problems;
    std::vector<Question> questions;
    Reshape reshape;               ///< how a wide table would become a long one; done if the answer `reshape` is yes
    std::vector<Question> offers;  ///< like questions, but need no answer: `convert:3:korean_amount` -> yes
    std::vector<std::vector<std::string>> preview;  ///< the first rows (up to 100), as text

    /// Questions that `plan.answers` does not answer.
    [[nodiscard]] std::vector<Question> open_questions() const;
};

/// Reads the whole file three times in bounded memory: bytes (encoding, SHA-256), beginning (dialect, header),
/// all rows (types). Nothing is stored.
/// @param answers  what the analyst decided; they change the plan as if the file had said so
/// Errors: those of EncodingDetector and CsvReader; `file_not_found`, `file_not_readable`, `file_no_data`,
/// `too_many_columns` (count, limit), `answer_unknown` (question, choice), `cancelled`.
/// Stages: `ingest_read`, `ingest_scan`.
[[nodiscard]] Result<Inspection> inspect_file(const std::filesystem::path& path,
                                              const std::map<std::string, std::string>& answers = {},
                                              const CancellationToken& token = {}, const ProgressSink& progress = {});

/// The object that `twinfirm-cli inspect --json` prints.
[[nodiscard]] std::string to_json_text(const Inspection& inspection, const MessageCatalogue& catalogue);

}  // namespace twinfirm::ingest
