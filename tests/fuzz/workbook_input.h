// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "memory_file.h"
#include "twinfirm/ingest/workbook.h"

namespace twinfirm::fuzz {

/// Reads all sheets of a file to their end. Every row must lie within a worksheet and behind the one before.
inline void read_everything(const std::filesystem::path& path) {
    const auto format = ingest::recognize_format(path);
    if (!format || *format == ingest::FileFormat::text || *format == ingest::FileFormat::xls) return;
    const auto workbook = ingest::Workbook::open(path, *format);
    if (!workbook) return;
    for (std::size_t i = 0; i < (*workbook)->sheets().size(); ++i) {
        auto sheet = (*workbook)->open_sheet(i);
        if (!sheet) continue;
        (*sheet)->fill_merged_to(30);
        ingest::Record record;
        std::int64_t last = 0;
        std::size_t bytes = 0;
        for (auto more = (*sheet)->next(record); more && *more; more = (*sheet)->next(record)) {
            if (record.line <= last || record.fields.size() > ingest::worksheet_columns) std::abort();
            last = record.line;
            for (const std::string_view field : record.fields) {
                for (const char c : field) bytes += static_cast<unsigned char>(c);
            }
        }
        volatile const std::size_t touched = bytes;
        static_cast<void>(touched);
        static_cast<void>((*sheet)->remarks());
    }
}

}  // namespace twinfirm::fuzz
