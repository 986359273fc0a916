// SPDX-License-Identifier: GPL-3.0-or-later
// The input is a whole file: a zip archive, a page or XML.
#include "workbook_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static twinfirm::fuzz::MemoryFile file;
    file.fill(data, size);
    twinfirm::fuzz::read_everything(file.path());
    return 0;
}
