// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/palette.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "charts/color_difference.h"

namespace twinfirm::charts {
namespace {

const std::vector<std::vector<Role>> together{
    {Role::adopter, Role::non_adopter},
    {Role::adopter_before, Role::adopter_after, Role::non_adopter_before, Role::non_adopter_after},
    {Role::unadjusted, Role::adjusted},
    {Role::naive, Role::effect, Role::total}};

TEST(ColorDifference, AgreesWithSharmasPairs) {
    EXPECT_NEAR(color_difference({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 5e-5);
    EXPECT_NEAR(color_difference({50, 2.5, 0}, {58, 24, 15}), 19.4535, 5e-5);
    EXPECT_NEAR(color_difference({2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}), 0.9082, 5e-5);
}

TEST(Palette, ColorsOfOneChartStayApartForEveryVision) {
    const std::vector<std::pair<const char*, Matrix>> visions{
        {"normal", normal_vision}, {"protan", protan_vision}, {"deutan", deutan_vision}, {"tritan", tritan_vision}};
    for (const Palette palette : {Palette::standard, Palette::purple_green, Palette::grey}) {
        for (const auto& roles : together) {
            for (std::size_t i = 0; i < roles.size(); ++i) {
                for (std::size_t j = i + 1; j < roles.size(); ++j) {
                    const Color one = role_color(roles[i], palette);
                    const Color two = role_color(roles[j], palette);
                    for (const auto& [name, vision] : visions) {
                        EXPECT_GE(color_difference(lab(one, vision), lab(two, vision)), 10)
                            << role_name(roles[i]) << " / " << role_name(roles[j]) << ", " << name << ", "
                            << palette_name(palette);
                    }
                    EXPECT_GE(std::abs(lab(one, normal_vision)[0] - lab(two, normal_vision)[0]), 15)
                        << role_name(roles[i]) << " / " << role_name(roles[j]) << " in grey, " << palette_name(palette);
                }
            }
        }
    }
}

/// Relative luminance and contrast of WCAG 2.1, section 1.4.3.
double luminance(Color color) {
    const auto linear = [](std::uint8_t value) {
        const double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

TEST(Palette, MarksThatStandAloneHaveAnOutlineThatIsSeenOnWhite) {
    for (const Palette palette : {Palette::standard, Palette::purple_green, Palette::grey}) {
        EXPECT_EQ(palette_of(palette_name(palette)), palette);
        for (const auto& roles : together) {
            for (const Role role : roles) {
                // 4.5 : 1 holds for text, which some series are labelled with in this colour.
                EXPECT_GE(1.05 / (luminance(outline_color(role, palette)) + 0.05), 4.5)
                    << role_name(role) << ", " << palette_name(palette);
            }
        }
    }
    EXPECT_EQ(palette_of("rainbow"), std::nullopt);
}

}  // namespace
}  // namespace twinfirm::charts
