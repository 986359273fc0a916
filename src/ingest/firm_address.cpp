// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/firm_address.h"

#include <algorithm>
#include <vector>

#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/region_name.h"

namespace twinfirm::ingest {

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const std::string shown = display_name(text);
    for (std::size_t begin = 0; begin < shown.size();) {
        const std::size_t end = std::min(shown.find(' ', begin), shown.size());
        if (end > begin) words.push_back(shown.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// 12345, (12345), [123-456], 우)12345
bool is_postcode(std::string_view word) {
    std::size_t digits = 0;
    for (const char c : word) {
        if (c >= '0' && c <= '9') ++digits;
    }
    return digits == 5 || digits == 6;
}

bool is_district(std::string_view word) {
    return word.ends_with("시") || word.ends_with("군") || word.ends_with("구");
}

}  // namespace

std::string comparable_address(std::string_view address) {
    const std::vector<std::string> words = words_of(address);
    std::size_t at = 0;
    while (at < words.size() && is_postcode(words[at])) ++at;
    if (at == words.size()) return {};
    const auto region = region_of_name(words[at]);
    if (!region) return {};
    std::string key = *region;
    // 수원시 영통구 is the longest.
    for (std::size_t i = at + 1; i < words.size() && i <= at + 2 && is_district(words[i]); ++i) {
        key += ' ';
        key += words[i];
    }
    return key;
}

}  // namespace twinfirm::ingest
