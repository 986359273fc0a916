// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/result.h"

namespace twinfirm::demo {

enum class FileEncoding { utf8_with_mark, cp949 };

/// A CSV file written piece by piece under a temporary name that becomes the real one in finish(). A file that is not
/// finished is removed.
class TableFile {
  public:
    TableFile(std::filesystem::path path, FileEncoding encoding);
    ~TableFile();
    TableFile(const TableFile&) = delete;
    TableFile& operator=(const TableFile&) = delete;

    /// The row being written; end it with end_row() of this class.
    [[nodiscard]] CsvWriter& row() { return rows_; }
    void end_row();
    /// A whole line as it is.
    void line(std::string_view text);

    /// Errors: `file_not_writable`, `disk_full`.
    [[nodiscard]] Status finish();

  private:
    void flush();

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    FileEncoding encoding_;
    std::ofstream file_;
    int reason_ = 0;  ///< errno of the first failure
    CsvWriter rows_;
};

}  // namespace twinfirm::demo
