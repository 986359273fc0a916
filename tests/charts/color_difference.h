// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <numbers>

#include "twinfirm/charts/palette.h"

namespace twinfirm::charts {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

inline constexpr Matrix normal_vision{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
/// Dichromats in linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.
inline constexpr Matrix protan_vision{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
inline constexpr Matrix deutan_vision{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
inline constexpr Matrix tritan_vision{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

inline Triple times(const Matrix& matrix, const Triple& value) {
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) result[i] += matrix[i][j] * value[j];
    }
    return result;
}

/// CIE L*a*b* (D65) of an sRGB colour as seen with that vision.
inline Triple lab(Color color, const Matrix& vision) {
    Triple linear{};
    const Triple coded{color.red / 255.0, color.green / 255.0, color.blue / 255.0};
    for (std::size_t i = 0; i < 3; ++i) {
        linear[i] = coded[i] <= 0.04045 ? coded[i] / 12.92 : std::pow((coded[i] + 0.055) / 1.055, 2.4);
    }
    linear = times(vision, linear);
    for (double& channel : linear) channel = std::fmin(1, std::fmax(0, channel));
    constexpr Matrix to_xyz{
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    const Triple xyz = times(to_xyz, linear);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f(xyz[0] / 0.95047);
    const double y = f(xyz[1]);
    const double z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIEDE2000 (Sharma, Wu and Dalal 2005).
inline double color_difference(const Triple& one, const Triple& two) {
    constexpr double pi = std::numbers::pi;
    const auto degrees = [](double radians) { return radians * 180 / pi; };
    const auto radians = [](double angle) { return angle * pi / 180; };
    const double mean_c = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double c7 = std::pow(mean_c, 7);
    const double g = 0.5 * (1 - std::sqrt(c7 / (c7 + std::pow(25.0, 7))));
    const double a1 = (1 + g) * one[1];
    const double a2 = (1 + g) * two[1];
    const double c1 = std::hypot(a1, one[2]);
    const double c2 = std::hypot(a2, two[2]);
    const auto hue = [&](double b, double a) {
        if (a == 0 && b == 0) return 0.0;
        const double angle = degrees(std::atan2(b, a));
        return angle < 0 ? angle + 360 : angle;
    };
    const double h1 = hue(one[2], a1);
    const double h2 = hue(two[2], a2);
    const double dl = two[0] - one[0];
    const double dc = c2 - c1;
    double dh = 0;
    double mean_h = h1 + h2;
    if (c1 * c2 != 0) {
        dh = h2 - h1;
        if (dh > 180) dh -= 360;
        if (dh < -180) dh += 360;
        mean_h = (h1 + h2) / 2;
        if (std::abs(h1 - h2) > 180) mean_h += h1 + h2 < 360 ? 180 : -180;
    }
    const double dh_term = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2));
    const double mean_l = (one[0] + two[0]) / 2;
    const double mean_cp = (c1 + c2) / 2;
    const double t = 1 - 0.17 * std::cos(radians(mean_h - 30)) + 0.24 * std::cos(radians(2 * mean_h)) +
                     0.32 * std::cos(radians(3 * mean_h + 6)) - 0.20 * std::cos(radians(4 * mean_h - 63));
    const double l50 = (mean_l - 50) * (mean_l - 50);
    const double sl = 1 + 0.015 * l50 / std::sqrt(20 + l50);
    const double sc = 1 + 0.045 * mean_cp;
    const double sh = 1 + 0.015 * mean_cp * t;
    const double cp7 = std::pow(mean_cp, 7);
    const double rc = 2 * std::sqrt(cp7 / (cp7 + std::pow(25.0, 7)));
    const double rotation = -rc * std::sin(radians(60 * std::exp(-std::pow((mean_h - 275) / 25, 2))));
    const double l = dl / sl;
    const double c = dc / sc;
    const double h = dh_term / sh;
    return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

}  // namespace twinfirm::charts
