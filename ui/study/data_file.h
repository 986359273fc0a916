// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "twinfirm/app/import_file.h"
#include "twinfirm/app/inspect.h"

namespace twinfirm::ui {

/// One file of the study: how it is read, and what of it the project holds.
struct DataFile {
    std::filesystem::path path;  ///< empty: the table was in the project when it was opened
    std::string name;            ///< file name without its folder
    std::string table;           ///< the table it is imported into
    std::optional<ingest::Inspection> inspection;
    /// What the analyst decided, by column; it outlives another look at the file.
    std::map<std::size_t, std::string> chosen_fields;
    std::map<std::size_t, ingest::ValueType> chosen_types;
    std::map<std::size_t, std::string> chosen_units;
    std::optional<ingest::ImportAudit> audit;  ///< of the stored table; none = not imported

    [[nodiscard]] bool ready() const { return inspection && inspection->open_questions().empty(); }
};

/// The table that a file belongs to, by what its columns mean: the register has the adoption year of each firm, the
/// panel years, the survey values before and after. Empty when nothing speaks for any.
[[nodiscard]] std::string guess_table(const ingest::Inspection& inspection);

/// Gives a column of the plan another meaning, and takes it from the column that had it.
void choose_field(DataFile& file, std::size_t column, const std::string& field);
/// Has the column read as another type. Money needs a won unit: 원 where another one stands.
void choose_type(DataFile& file, std::size_t column, ingest::ValueType type);
/// States the unit of the column's values. A won unit makes money of numbers, another one numbers of money.
void choose_unit(DataFile& file, std::size_t column, const std::string& unit);
/// Makes these choices again in a plan that was made anew.
void repeat_choices(DataFile& file);

}  // namespace twinfirm::ui
