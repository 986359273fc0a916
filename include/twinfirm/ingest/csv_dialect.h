// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace twinfirm::ingest {

/// How a delimited text marks its fields.
struct CsvDialect {
    char delimiter = ',';
    char quote = '"';     ///< 0 = quotes have no meaning
    char escape = '\0';   ///< stands before a quote inside quotes, besides the doubled quote; 0 = none
    bool padded = false;  ///< spaces beside delimiters belong to no field: `a, "b" ,c`

    friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

}  // namespace twinfirm::ingest
