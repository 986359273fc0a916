// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/demo/generator.h"

namespace twinfirm::demo {

enum class SizeClass : std::uint8_t { micro, small, medium, large };
inline constexpr int size_classes = 4;

/// What each purpose draws from, so that one part of a firm's story does not shift another's numbers.
enum class Purpose : std::uint64_t {
    attributes,
    path,
    extras,
    level,
    effect,
    survey,
    dirt,
    closing,
    selection = 8,
    upgrade = 12,
    status_survey = 13,
    sampling = 14,
    supply = 15
};

[[nodiscard]] inline Random firm_random(std::uint64_t seed, std::size_t firm, Purpose purpose,
                                        std::uint64_t offset = 0) {
    return Random(seed, static_cast<std::uint64_t>(firm) * 16 + static_cast<std::uint64_t>(purpose) + offset + 1);
}

/// An industry division as the generator knows it. Shares and levels are rough guesses at the real ones.
struct Industry {
    std::string_view division;
    std::array<std::string_view, 2> codes;  ///< five digits, classification of 2017
    std::string_view name;                  ///< of the division
    std::string_view word;                  ///< in firms' names
    double share;
    double log_sales_per_worker;  ///< against the mean of manufacturing
    double adoption;              ///< log-odds of adoption against the mean
};
[[nodiscard]] const std::array<Industry, 25>& industries();

/// One firm of the register: what does not change.
struct Firm {
    SizeClass size_class = SizeClass::micro;
    std::uint8_t industry = 0;  ///< place in industries()
    std::uint8_t code = 0;      ///< which of the industry's two codes
    std::uint8_t region = 0;    ///< place in region_names()
    std::int16_t founded = 0;
    std::int8_t founded_month = 1;
    std::int8_t founded_day = 1;
    double base_employment = 1;   ///< in the first year, before shocks
    double sales_per_worker = 0;  ///< log of million won
    double export_share = 0;      ///< of sales; 0 = never exports
    double rnd_ratio = 0;         ///< R&D expense over sales
    double margin = 0;            ///< operating profit over sales
    double hidden_trait = 0;      ///< standard normal, in no file
};

[[nodiscard]] const std::array<std::string_view, 17>& region_names();
[[nodiscard]] std::string_view size_class_name(SizeClass size_class);

/// Adopters in the whole register, by the rule of generate_demo.
[[nodiscard]] std::int64_t adopter_count(std::int64_t firms);

[[nodiscard]] std::vector<Firm> make_register(const DemoOptions& options);

}  // namespace twinfirm::demo
