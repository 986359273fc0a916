// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// The code systems of the seventeen 시도. They collide: 26 is 부산 in one and 울산 in the other.
enum class RegionCodes {
    administrative,  ///< 행정·법정동: 11, 26, 27 ... 52; also the old 42 and 45
    statistical,     ///< 통계청: 11, 21 ... 39
};

/// The short name (강원) of a 시도 under any of its names: 강원, 강원도, 강원특별자치도, Gangwon; of an address the
/// first word decides. Nothing if it is none.
[[nodiscard]] std::optional<std::string> region_of_name(std::string_view text);
/// Of a code of two digits.
[[nodiscard]] std::optional<std::string> region_of_code(std::string_view code, RegionCodes system);

}  // namespace twinfirm::ingest
