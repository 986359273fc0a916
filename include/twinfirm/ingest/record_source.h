// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// One row of cells as texts.
struct Record {
    std::int64_t line = 0;                 ///< 1-based line on which the record begins; the row number in a worksheet
    std::vector<std::string_view> fields;  ///< valid until the next record is read

    /// A line with nothing on it.
    [[nodiscard]] bool blank() const { return fields.size() == 1 && fields[0].empty(); }
};

/// The rows of a table in the file's order, whatever kind of file holds them.
class RecordSource {
  public:
    RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;
    virtual ~RecordSource() = default;

    /// Passes over lines 1 to `count`, whatever stands in them (at the start).
    [[nodiscard]] virtual Status skip_lines(std::int64_t count) = 0;
    /// False at the end.
    [[nodiscard]] virtual Result<bool> next(Record& record) = 0;
    /// How much has been read: 0 .. 1.
    [[nodiscard]] virtual double progress() const = 0;
    /// Size and SHA-256 of the whole file; to be called once, at the end.
    [[nodiscard]] virtual std::int64_t bytes() const = 0;
    [[nodiscard]] virtual std::string hex_digest() = 0;
};

}  // namespace twinfirm::ingest
