// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexed_image.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace twinfirm::render {

namespace {

constexpr std::size_t most_colors = 256;

int distance(QRgb a, QRgb b) {
    const int red = qRed(a) - qRed(b);
    const int green = qGreen(a) - qGreen(b);
    const int blue = qBlue(a) - qBlue(b);
    return red * red + green * green + blue * blue;
}

/// Number of pixels of each colour. Charts are long runs of one colour, so that each run is looked up once.
std::unordered_map<QRgb, std::int64_t> count_colors(const QImage& image) {
    std::unordered_map<QRgb, std::int64_t> counts;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width();) {
            const int begin = x;
            while (x < image.width() && line[x] == line[begin]) ++x;
            counts[line[begin] | 0xFF000000U] += x - begin;
        }
    }
    return counts;
}

}  // namespace

QImage indexed_image(const QImage& image) {
    const QImage source = image.convertToFormat(QImage::Format_RGB32);
    const auto counts = count_colors(source);
    std::vector<std::pair<std::int64_t, QRgb>> colors;
    for (const auto& [color, count] : counts) colors.emplace_back(-count, color);
    std::sort(colors.begin(), colors.end());  // the most frequent first, equal ones by colour
    std::unordered_map<QRgb, std::uint8_t> place;
    QList<QRgb> table;
    for (std::size_t i = 0; i < std::min(most_colors, colors.size()); ++i) {
        place[colors[i].second] = static_cast<std::uint8_t>(i);
        table.append(colors[i].second);
    }
    for (std::size_t i = most_colors; i < colors.size(); ++i) {
        int nearest = std::numeric_limits<int>::max();
        for (std::size_t j = 0; j < most_colors; ++j) {
            const int apart = distance(colors[i].second, colors[j].second);
            if (apart >= nearest) continue;
            nearest = apart;
            place[colors[i].second] = static_cast<std::uint8_t>(j);
        }
    }
    QImage result(source.size(), QImage::Format_Indexed8);
    result.setColorTable(table);
    for (int y = 0; y < source.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(source.constScanLine(y));
        std::uint8_t* to = result.scanLine(y);
        for (int x = 0; x < source.width();) {
            const int begin = x;
            while (x < source.width() && from[x] == from[begin]) ++x;
            std::fill(to + begin, to + x, place.at(from[begin] | 0xFF000000U));
        }
    }
    result.setDotsPerMeterX(image.dotsPerMeterX());
    result.setDotsPerMeterY(image.dotsPerMeterY());
    return result;
}

}  // namespace twinfirm::render
