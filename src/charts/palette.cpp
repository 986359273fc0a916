// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/palette.h"

#include <array>

namespace twinfirm::charts {

namespace {

constexpr std::array<std::string_view, 3> names{"standard", "purple_green", "grey"};

/// The colours that differ between palettes. `dark` outlines the fills of non-adopters, `darkest` marks the total.
struct Colors {
    Color adopter;
    Color non_adopter;
    Color adopter_before;
    Color adopter_after;
    Color non_adopter_before;
    Color non_adopter_after;
    Color faint;
    Color faint_outline;
    Color dark;
    Color darkest;
};

constexpr std::array<Colors, 3> palettes{{
    {{0x00, 0x72, 0xB2},
     {0xE6, 0x9F, 0x00},
     {0x9D, 0xB7, 0xCF},
     {0x0B, 0x4F, 0x7D},
     {0xFF, 0xE4, 0xB0},
     {0xB3, 0x6B, 0x00},
     {0xA6, 0xA6, 0xA6},
     {0x59, 0x59, 0x59},
     {0x5C, 0x3A, 0x00},
     {0x0B, 0x3C, 0x66}},
    {{0x8E, 0x4C, 0xA8},
     {0x7F, 0xBC, 0x41},
     {0xC2, 0xA5, 0xCF},
     {0x4A, 0x1A, 0x6B},
     {0xE6, 0xF5, 0xD0},
     {0x4D, 0x92, 0x21},
     {0xB4, 0xB4, 0xB4},
     {0x59, 0x59, 0x59},
     {0x27, 0x4A, 0x10},
     {0x2D, 0x0F, 0x45}},
    {{0x4D, 0x4D, 0x4D},
     {0xB8, 0xB8, 0xB8},
     {0xB4, 0xB4, 0xB4},
     {0x2B, 0x2B, 0x2B},
     {0xEC, 0xEC, 0xEC},
     {0x74, 0x74, 0x74},
     {0xB8, 0xB8, 0xB8},
     {0x59, 0x59, 0x59},
     {0x2B, 0x2B, 0x2B},
     {0x14, 0x14, 0x14}},
}};

const Colors& colors_of(Palette palette) {
    return palettes.at(static_cast<std::size_t>(palette));
}

}  // namespace

Color role_color(Role role, Palette palette) {
    const Colors& colors = colors_of(palette);
    switch (role) {
        case Role::adopter:
        case Role::effect:
        case Role::adjusted:
            return colors.adopter;
        case Role::non_adopter:
            return colors.non_adopter;
        case Role::adopter_before:
            return colors.adopter_before;
        case Role::adopter_after:
            return colors.adopter_after;
        case Role::non_adopter_before:
            return colors.non_adopter_before;
        case Role::non_adopter_after:
            return colors.non_adopter_after;
        case Role::unadjusted:
        case Role::naive:
            return colors.faint;
        case Role::total:
            return colors.darkest;
    }
    return {};
}

Color outline_color(Role role, Palette palette) {
    const Colors& colors = colors_of(palette);
    switch (role) {
        case Role::non_adopter:
        case Role::non_adopter_before:
        case Role::non_adopter_after:
            return colors.dark;
        case Role::adopter_before:
            return colors.darkest;
        case Role::unadjusted:
        case Role::naive:
            return colors.faint_outline;
        default:
            return role_color(role, palette);
    }
}

std::string_view palette_name(Palette palette) {
    return names.at(static_cast<std::size_t>(palette));
}

std::optional<Palette> palette_of(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<Palette>(i);
    }
    return std::nullopt;
}

}  // namespace twinfirm::charts
