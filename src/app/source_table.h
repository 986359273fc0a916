// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::app {

/// The columns of a file or a stored table in memory.
struct SourceTable {
    stats::Frame frame;
    std::map<std::string, std::string> column_of_field;  ///< canonical field -> name
    Messages messages;
    std::string place;  ///< the file, or the project's

    /// By name, else by canonical field; nullptr if there is none.
    [[nodiscard]] const stats::Column* find(std::string_view name) const;
    /// The column named, or `survey_column_unknown` with the file.
    [[nodiscard]] Result<const stats::Column*> column(const std::string& name) const;
    /// The column's numbers; `survey_column_text` with the file if it holds text.
    [[nodiscard]] Result<std::vector<double>> numbers(const std::string& name) const;
    /// The column's cells as text: categories, or numbers in their shortest form; missing = empty.
    [[nodiscard]] Result<std::vector<std::string>> texts(const std::string& name) const;
    /// `wanted` if it is not empty (and must be there), else the first of `usual` that is there, else "".
    [[nodiscard]] Result<std::string> name_of(const std::string& wanted,
                                              std::initializer_list<std::string_view> usual) const;
};

/// Reads it; yes/no columns of a file keep their words, and columns of levels with `level_words`. Errors: those of
/// inspection, import, and of the project.
[[nodiscard]] Result<SourceTable> read_source(const TableSource& source, const CancellationToken& token,
                                              const ProgressSink& progress, bool level_words = false);

/// The error with the file it is about.
[[nodiscard]] Error at_file(Error error, const std::string& file);

}  // namespace twinfirm::app
