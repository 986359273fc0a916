// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/store/row_sink.h"

namespace twinfirm::store {

/// A hash of a table's content that does not depend on the order of its rows.
///
/// Each row is written as bytes (for every column its ValueStatus, then the value: 8 bytes, or length and text), hashed
/// with BLAKE2b-256 (RFC 7693), and the digests are added as 256-bit integers modulo 2^256: a multiset hash (Clarke et
/// al., Asiacrypt 2003, MSet-Add-Hash without key). It finds every accidental change; it is no seal against somebody
/// who means to deceive, who could write a new hash as well. The result is the SHA-256 of the columns' definitions,
/// the number of rows and the sum; the table's name is not part of it.
class ContentHash {
  public:
    /// The rows from `first` to before `last`. O(cells). A real that is not a number counts as missing and -0 as 0, for
    /// that is how they are stored.
    void add(const std::vector<ColumnChunk>& columns, std::size_t first, std::size_t last);
    /// The rows that another hash has taken in.
    void add(const ContentHash& more);
    [[nodiscard]] std::int64_t rows() const { return rows_; }
    [[nodiscard]] std::string hex_digest(const std::vector<ColumnDefinition>& columns) const;

  private:
    using Sum = std::array<std::uint64_t, 4>;  ///< least significant first
    void add(const Sum& addend);

    Sum sum_{};
    std::int64_t rows_ = 0;
};

}  // namespace twinfirm::store
