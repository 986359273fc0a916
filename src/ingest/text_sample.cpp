// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_sample.h"

#include <cstddef>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t sample_bytes = std::size_t{1024} * 1024;

/// Length of the first `count` lines of `text`, with their line breaks, or npos; counts down to what is left.
std::size_t length_of_lines(const std::string& text, std::int64_t& count) {
    std::size_t length = 0;
    while (count > 0) {
        const std::size_t end = text.find('\n', length);
        if (end == std::string::npos) return end;
        length = end + 1;
        --count;
    }
    return length;
}

}  // namespace

Result<std::string> text_sample(TextSource& source, LineRange lines) {
    std::string sample;
    std::int64_t above = lines.first - 1;
    bool more = true;
    while (more && sample.size() < sample_bytes) {
        const auto read = source.read(sample);
        if (!read) return tl::unexpected(read.error());
        more = *read;
        if (above == 0) continue;
        const std::size_t skipped = length_of_lines(sample, above);
        if (above == 0) {
            sample.erase(0, skipped);
        } else {
            const std::size_t line_begin = sample.rfind('\n');
            sample.erase(0, line_begin == std::string::npos ? 0 : line_begin + 1);
        }
    }
    if (above > 0) sample.clear();
    if (lines.last > 0) {
        std::int64_t wanted = lines.last - lines.first + 1;
        const std::size_t length = length_of_lines(sample, wanted);
        if (length != std::string::npos) sample.resize(length);
    }
    return sample;
}

}  // namespace twinfirm::ingest
