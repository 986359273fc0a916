// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/palette.h"

#include <gtest/gtest.h>

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
    for (const auto& roles : together) {
        for (std::size_t i = 0; i < roles.size(); ++i) {
            for (std::size_t j = i + 1; j < roles.size(); ++j) {
                const Color one = role_color(roles[i]);
                const Color two = role_color(roles[j]);
                for (const auto& [name, vision] : visions) {
                    EXPECT_GE(color_difference(lab(one, vision), lab(two, vision)), 10)
                        << role_name(roles[i]) << " / " << role_name(roles[j]) << ", " << name;
                }
                EXPECT_GE(std::abs(lab(one, normal_vision)[0] - lab(two, normal_vision)[0]), 15)
                    << role_name(roles[i]) << " / " << role_name(roles[j]) << " in grey";
            }
        }
    }
}

}  // namespace
}  // namespace twinfirm::charts
