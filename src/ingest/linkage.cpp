// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/linkage.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::string_view, link_outcomes> outcome_names = {
    "one_to_one", "one_to_many", "many_to_one", "many_to_many", "left_only", "right_only", "ambiguous"};

int year_of(const LinkSide& side, std::size_t row) {
    return side.years.empty() ? 0 : side.years[row];
}

/// Rows with a key by key, year and place; the others.
void order_rows(const LinkSide& side, std::vector<std::size_t>& rows, std::vector<std::size_t>& without_key) {
    const std::size_t size = side.keys.size();
    if ((!side.firms.empty() && side.firms.size() != size) || (!side.years.empty() && side.years.size() != size)) {
        throw std::invalid_argument("link_rows: the vectors of a side differ in length");
    }
    for (std::size_t row = 0; row < size; ++row) (side.keys[row].empty() ? without_key : rows).push_back(row);
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return std::forward_as_tuple(side.keys[a], year_of(side, a), a) <
               std::forward_as_tuple(side.keys[b], year_of(side, b), b);
    });
}

std::size_t end_of_key(const LinkSide& side, const std::vector<std::size_t>& rows, std::size_t begin) {
    std::size_t end = begin;
    while (end < rows.size() && side.keys[rows[end]] == side.keys[rows[begin]]) ++end;
    return end;
}

/// The most rows of one year.
std::size_t most_in_a_year(const LinkSide& side, std::span<const std::size_t> rows) {
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin;
        while (end < rows.size() && year_of(side, rows[end]) == year_of(side, rows[begin])) ++end;
        most = std::max(most, end - begin);
        begin = end;
    }
    return most;
}

/// Whether the rows of one key are of more than one firm.
bool fits_several_firms(const LinkSide& side, std::span<const std::size_t> rows) {
    std::string_view first;
    bool all_known = !side.firms.empty();
    if (!side.firms.empty()) {
        for (const std::size_t row : rows) {
            const std::string_view firm = side.firms[row];
            all_known = all_known && !firm.empty();
            if (firm.empty()) continue;
            if (!first.empty() && firm != first) return true;
            first = firm;
        }
    }
    return !side.key_is_unique && !all_known && most_in_a_year(side, rows) > 1;
}

LinkOutcome outcome_of(std::size_t left, std::size_t right) {
    if (right == 0) return LinkOutcome::left_only;
    if (left == 0) return LinkOutcome::right_only;
    if (left == 1) return right == 1 ? LinkOutcome::one_to_one : LinkOutcome::one_to_many;
    return right == 1 ? LinkOutcome::many_to_one : LinkOutcome::many_to_many;
}

}  // namespace

std::string_view link_outcome_name(LinkOutcome outcome) {
    return outcome_names[static_cast<std::size_t>(outcome)];
}

Linkage link_rows(const LinkSide& left, const LinkSide& right) {
    Linkage linkage;
    order_rows(left, linkage.left, linkage.left_without_key);
    order_rows(right, linkage.right, linkage.right_without_key);
    const bool within_years = !left.years.empty() && !right.years.empty();
    std::size_t l = 0;
    std::size_t r = 0;
    while (l < linkage.left.size() || r < linkage.right.size()) {
        int order = l == linkage.left.size() ? 1 : r == linkage.right.size() ? -1 : 0;
        if (order == 0) order = left.keys[linkage.left[l]].compare(right.keys[linkage.right[r]]);
        LinkedKey key;
        key.left_begin = key.left_end = l;
        key.right_begin = key.right_end = r;
        if (order <= 0) key.left_end = end_of_key(left, linkage.left, l);
        if (order >= 0) key.right_end = end_of_key(right, linkage.right, r);
        const auto left_rows = linkage.left_rows(key);
        const auto right_rows = linkage.right_rows(key);
        if (fits_several_firms(left, left_rows) || fits_several_firms(right, right_rows)) {
            key.outcome = LinkOutcome::ambiguous;
        } else if (within_years) {
            key.outcome = outcome_of(most_in_a_year(left, left_rows), most_in_a_year(right, right_rows));
        } else {
            key.outcome = outcome_of(left_rows.size(), right_rows.size());
        }
        LinkCount& count = linkage.counts[static_cast<std::size_t>(key.outcome)];
        ++count.keys;
        count.left_rows += static_cast<std::int64_t>(left_rows.size());
        count.right_rows += static_cast<std::int64_t>(right_rows.size());
        linkage.keys.push_back(key);
        l = key.left_end;
        r = key.right_end;
    }
    return linkage;
}

CrosswalkResult translate_keys(const LinkSide& side, const std::vector<std::string>& from,
                               const std::vector<std::string>& to) {
    if (from.size() != to.size()) throw std::invalid_argument("translate_keys: the mapping's columns differ in length");
    // Null stands for a key that leads to several.
    std::unordered_map<std::string_view, const std::string*> mapping;
    for (std::size_t row = 0; row < from.size(); ++row) {
        if (from[row].empty() || to[row].empty()) continue;
        const auto [entry, is_new] = mapping.emplace(from[row], &to[row]);
        if (!is_new && entry->second != nullptr && *entry->second != to[row]) entry->second = nullptr;
    }
    CrosswalkResult result;
    result.side = side;
    for (std::size_t row = 0; row < side.keys.size(); ++row) {
        std::string& key = result.side.keys[row];
        if (key.empty()) continue;
        const auto found = mapping.find(side.keys[row]);
        if (found == mapping.end()) result.not_found.push_back(row);
        if (found != mapping.end() && found->second == nullptr) result.ambiguous.push_back(row);
        key = found == mapping.end() || found->second == nullptr ? std::string() : *found->second;
    }
    return result;
}

}  // namespace twinfirm::ingest
