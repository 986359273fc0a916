// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "population.h"

namespace twinfirm::demo {

/// A firm's adoption of a smart factory and what it does to the firm.
struct Adoption {
    std::size_t firm = 0;
    int year = 0;
    int size_band = 0;  ///< place in size_band_edges, by the employment of the year before
    int level = 1;      ///< 1 to 4
    int level_before = 0;
    std::uint8_t solution = 0;
    std::uint8_t programme = 0;
    int supplier = 1;
    std::int64_t grant = 0;       ///< million won
    std::int64_t total_cost = 0;  ///< million won
    double strength = 0;          ///< effect on log sales where the path is 1; without scale 0
    bool answered = false;        ///< the survey
};

inline constexpr std::array<int, 5> size_band_edges{0, 10, 50, 100, 300};

[[nodiscard]] std::string_view solution_name(std::uint8_t solution);
[[nodiscard]] std::string_view programme_name(std::uint8_t programme);

/// Years in which firms adopt: from the third year of the panel on.
[[nodiscard]] std::vector<int> cohort_years(const DemoOptions& options);

/// The adopters, in the order of the register.
[[nodiscard]] std::vector<Adoption> draw_adoptions(const DemoOptions& options, const Population& population);

/// True effects in a year, 0 before adoption.
[[nodiscard]] LogEffect effect_in_year(const Adoption& adoption, int year);

}  // namespace twinfirm::demo
