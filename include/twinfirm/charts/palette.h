// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "twinfirm/charts/chart.h"

namespace twinfirm::charts {

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    friend bool operator==(const Color&, const Color&) = default;
};

/// The colour of a role on a light background. Colours that stand in one chart differ by at least 10 (CIEDE2000) for
/// normal, protan, deutan and tritan vision and by 15 in lightness; a test holds this.
[[nodiscard]] Color role_color(Role role, Palette palette = Palette::standard);

/// The outline of a mark: dark where the fill is too light to stand alone.
[[nodiscard]] Color outline_color(Role role, Palette palette = Palette::standard);

/// `standard`, `purple_green`, `grey`.
[[nodiscard]] std::string_view palette_name(Palette palette);
[[nodiscard]] std::optional<Palette> palette_of(std::string_view name);

}  // namespace twinfirm::charts
