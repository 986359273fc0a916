// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/ranks.h"

#include <algorithm>
#include <numeric>

namespace twinfirm::stats {
namespace {

template <class T>
std::vector<std::uint32_t> sorted_places(std::span<const T> values) {
    std::vector<std::uint32_t> places(values.size());
    std::iota(places.begin(), places.end(), 0U);
    std::stable_sort(places.begin(), places.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    return places;
}

}  // namespace

std::vector<std::uint32_t> code_point_ranks(std::span<const std::string> ids) {
    const std::vector<std::uint32_t> places = sorted_places(ids);
    std::vector<std::uint32_t> ranks(ids.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        const bool equal = i > 0 && ids[places[i]] == ids[places[i - 1]];
        ranks[places[i]] = equal ? ranks[places[i - 1]] : i;
    }
    return ranks;
}

std::vector<double> midranks(std::span<const double> values) {
    const std::vector<std::uint32_t> places = sorted_places(values);
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin + 1;
        while (end < places.size() && values[places[end]] == values[places[begin]]) ++end;
        for (std::size_t i = begin; i < end; ++i) ranks[places[i]] = static_cast<double>(begin + 1 + end) / 2;
        begin = end;
    }
    return ranks;
}

}  // namespace twinfirm::stats
