// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::ingest {

/// The rows of a table as they are linked: one entry a row.
struct LinkSide {
    std::vector<std::string> keys;  ///< comparable keys; empty = the row has none and is never linked
    /// Who the row's firm is by another column (a name's business number); "" = not known. Empty = no such column.
    std::vector<std::string> firms{};
    std::vector<int> years{};  ///< 0 = none. Empty = a table without years
    /// True for numbers and ids, which one firm has alone. False for names: rows that repeat one within a year, and of
    /// which nothing says that they are one firm, are taken for several.
    bool key_is_unique = true;
};

/// What became of a key.
enum class LinkOutcome : std::uint8_t {
    one_to_one,
    one_to_many,   ///< one row on the left, several on the right
    many_to_one,   ///< several on the left, one on the right
    many_to_many,  ///< several on both sides
    left_only,
    right_only,
    ambiguous,  ///< it fits two firms on one side: listed, never linked
};
inline constexpr std::size_t link_outcomes = 7;
/// "one_to_one" ...
[[nodiscard]] std::string_view link_outcome_name(LinkOutcome outcome);

/// One key with its rows: a range of Linkage::left and one of Linkage::right.
struct LinkedKey {
    LinkOutcome outcome = LinkOutcome::one_to_one;
    std::size_t left_begin = 0;
    std::size_t left_end = 0;
    std::size_t right_begin = 0;
    std::size_t right_end = 0;

    [[nodiscard]] bool linked() const { return outcome <= LinkOutcome::many_to_many; }
};

/// Keys and rows of one outcome.
struct LinkCount {
    std::int64_t keys = 0;
    std::int64_t left_rows = 0;
    std::int64_t right_rows = 0;

    friend bool operator==(const LinkCount&, const LinkCount&) = default;
};

/// Every row of both sides once: in the range of one key, or without a key.
struct Linkage {
    std::vector<LinkedKey> keys;     ///< in code-point order of the key
    std::vector<std::size_t> left;   ///< rows by key, then by year, then by place
    std::vector<std::size_t> right;  ///< likewise
    std::vector<std::size_t> left_without_key;
    std::vector<std::size_t> right_without_key;
    std::array<LinkCount, link_outcomes> counts{};

    [[nodiscard]] std::span<const std::size_t> left_rows(const LinkedKey& key) const {
        return std::span(left).subspan(key.left_begin, key.left_end - key.left_begin);
    }
    [[nodiscard]] std::span<const std::size_t> right_rows(const LinkedKey& key) const {
        return std::span(right).subspan(key.right_begin, key.right_end - key.right_begin);
    }
    [[nodiscard]] const LinkCount& count(LinkOutcome outcome) const {
        return counts[static_cast<std::size_t>(outcome)];
    }
};

/// Links rows whose keys are equal, byte by byte. Where both sides have years, rows are counted within a year: two
/// panels with one row a firm and year are one-to-one. Nothing depends on the order of the rows but the order within a
/// key. Throws std::invalid_argument if the vectors of a side differ in length. Cost: O(n log n).
[[nodiscard]] Linkage link_rows(const LinkSide& left, const LinkSide& right);

/// Replaces the keys of one kind by those of another through a mapping table, row by row of `from` and `to`.
struct CrosswalkResult {
    LinkSide side;                       ///< keys of the other kind; "" where the mapping has none or more than one
    std::vector<std::size_t> not_found;  ///< rows whose key the mapping does not hold
    std::vector<std::size_t> ambiguous;  ///< rows whose key the mapping leads to several keys
};
/// Rows of the mapping without one of the two keys say nothing; equal rows count once. Cost: O(n log n).
[[nodiscard]] CrosswalkResult translate_keys(const LinkSide& side, const std::vector<std::string>& from,
                                             const std::vector<std::string>& to);

}  // namespace twinfirm::ingest
