// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/raw_text.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace twinfirm::ui {

QString first_lines(const std::filesystem::path& path, TextEncoding encoding, int lines) {
    constexpr std::size_t most_bytes = 64 * 1024;
    std::ifstream file(path, std::ios::binary);
    std::string bytes(most_bytes, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    std::string text;
    TextDecoder decoder(encoding);
    // What could be read before a bad character is shown all the same: the inspection tells of it.
    if (const Status decoded = decoder.decode(bytes, text); !decoded && text.empty()) return {};
    std::size_t end = 0;
    for (int line = 0; line < lines && end != std::string::npos; ++line) {
        end = text.find('\n', end == 0 ? 0 : end + 1);
    }
    return QString::fromStdString(text.substr(0, end));
}

Result<LinesOfFile> lines_around(const std::filesystem::path& path, TextEncoding encoding, std::int64_t line,
                                 const CancellationToken& token) {
    constexpr std::int64_t neighbours = 25;
    constexpr std::size_t block = 1 << 20;
    LinesOfFile found;
    found.first = std::max<std::int64_t>(1, line - neighbours);
    const std::int64_t last = line + neighbours;
    std::ifstream file(path, std::ios::binary);
    TextDecoder decoder(encoding);
    std::string bytes(block, '\0');
    std::string text;
    std::string rest;
    std::int64_t number = 1;
    bool ends = false;
    while (!ends && number <= last) {
        TWINFIRM_TRY(token.check());
        file.read(bytes.data(), static_cast<std::streamsize>(block));
        const auto count = static_cast<std::size_t>(file.gcount());
        ends = count < block;
        text.clear();
        // A character that cannot be read ends what is shown, as in the import.
        if (const Status decoded = decoder.decode({bytes.data(), count}, text); !decoded) ends = true;
        std::size_t at = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos && number <= last; end = text.find('\n', at)) {
            if (number >= found.first) found.lines << QString::fromStdString(rest + text.substr(at, end - at));
            rest.clear();
            at = end + 1;
            ++number;
        }
        if (number >= found.first && number <= last) rest += text.substr(at);
    }
    if (!rest.empty()) found.lines << QString::fromStdString(rest);
    return found;
}

}  // namespace twinfirm::ui
