// SPDX-License-Identifier: GPL-3.0-or-later
#include "word_alignment.h"

#include <algorithm>
#include <limits>

#include "sample_reading.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t longest_word = 40;

/// What a text looks like: digits as 9, letters as a, runs as one. "MG-8769" -> "a-9".
std::string shape_of(std::string_view text) {
    std::string shape;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        const char kind = digit ? '9' : letter ? 'a' : c;
        if (shape.empty() || shape.back() != kind) shape += kind;
    }
    return shape;
}

}  // namespace

WordAlignment::WordAlignment(std::string_view sample, const CsvDialect& dialect) {
    const SampleReading reading = read_sample(sample, dialect, 0);
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const SampleRecord& record : reading.records) least = std::min(least, record.fields.size());
    if (reading.records.empty() || least < 2) return;
    shapes_.resize(least);
    for (std::size_t i = 1; i < reading.records.size(); ++i) {
        const auto& fields = reading.records[i].fields;
        if (fields.size() != least) continue;
        ++records_;
        for (std::size_t column = 0; column < least; ++column) shapes_[column].insert(shape_of(fields[column]));
    }
}

double WordAlignment::cost(std::size_t column, const std::vector<std::string>& row, std::size_t first,
                           std::size_t count) const {
    constexpr double each_join = 0.1;
    constexpr double strange_shape = 1;
    constexpr double join_in_uniform_column = 2;
    constexpr double join_of_long_text = 10;
    constexpr double join_of_nothing = 0.5;
    const auto& shapes = shapes_[column];
    if (count == 1) return shapes.contains(shape_of(row[first])) ? 0 : strange_shape;
    double total = each_join * static_cast<double>(count - 1);
    for (std::size_t i = first; i < first + count; ++i) {
        // Texts with spaces inside stood in quotes; nothing at all is a field or a second space.
        if (row[i].find(' ') != std::string::npos || row[i].size() > longest_word) total += join_of_long_text;
        if (row[i].empty()) total += join_of_nothing;
    }
    const bool uniform = shapes.size() * 4 <= records_ || shapes.size() == 1;
    return total + (uniform ? join_in_uniform_column : 0);
}

void WordAlignment::align(std::vector<std::string>& row) const {
    constexpr std::size_t most_words = 256;
    const std::size_t width = shapes_.size();
    const std::size_t words = row.size();
    if (width == 0 || records_ == 0 || words <= width || words > most_words) return;
    // Shortest way to give `used` words to the first columns.
    const double never = std::numeric_limits<double>::infinity();
    std::vector<std::vector<double>> best(width + 1, std::vector<double>(words + 1, never));
    std::vector<std::vector<std::size_t>> taken(width + 1, std::vector<std::size_t>(words + 1, 0));
    best[0][0] = 0;
    for (std::size_t column = 0; column < width; ++column) {
        for (std::size_t used = 0; used < words; ++used) {
            if (best[column][used] == never) continue;
            for (std::size_t count = 1; used + count + (width - column - 1) <= words; ++count) {
                const double total = best[column][used] + cost(column, row, used, count);
                if (total >= best[column + 1][used + count]) continue;
                best[column + 1][used + count] = total;
                taken[column + 1][used + count] = count;
            }
        }
    }
    if (best[width][words] == never) return;
    std::vector<std::string> joined(width);
    std::size_t used = words;
    for (std::size_t column = width; column-- > 0;) {
        const std::size_t count = taken[column + 1][used];
        used -= count;
        for (std::size_t i = used; i < used + count; ++i) {
            if (i > used) joined[column] += ' ';
            joined[column] += row[i];
        }
    }
    row = std::move(joined);
}

}  // namespace twinfirm::ingest
