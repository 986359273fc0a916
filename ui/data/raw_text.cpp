// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/raw_text.h"

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

}  // namespace twinfirm::ui
