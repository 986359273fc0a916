// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/export_table.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "twinfirm/base/csv_writer.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::store {

namespace {

/// A file that gets its name only when it is whole.
class PendingFile {
  public:
    explicit PendingFile(std::filesystem::path path) : path_(std::move(path)), temporary_(path_) {
        temporary_ += ".tmp" + std::to_string(::getpid());
    }
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;
    ~PendingFile() {
        if (file_ < 0) return;
        ::close(file_);
        ::unlink(temporary_.c_str());
    }

    [[nodiscard]] Status open() {
        file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        return file_ < 0 ? failure(errno) : Status();
    }
    [[nodiscard]] Status write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::write(file_, bytes.data(), bytes.size());
            if (count >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
            } else if (errno != EINTR) {
                return failure(errno);
            }
        }
        return {};
    }
    [[nodiscard]] Status finish() {
        if (::fsync(file_) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0) return failure(errno);
        ::close(std::exchange(file_, -1));
        return {};
    }

  private:
    [[nodiscard]] Status failure(int reason) const {
        const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
        return fail_at(ErrorKind::access, full ? "disk_full" : "file_not_writable",
                       {{"path", path_.string()}, {"reason", std::strerror(reason)}}, path_.string());
    }

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    int file_ = -1;
};

void write_text(CsvWriter& csv, std::string_view text, const ExportOptions& options) {
    if (options.raw) {
        csv.text(text);
    } else {
        csv.text(guard_formula(text));
    }
}

void write_absent(CsvWriter& csv, ValueStatus status, const AbsentTexts& absent) {
    const std::string& text = status == ValueStatus::suppressed ? absent.suppressed : absent.not_applicable;
    if (status == ValueStatus::missing || text.empty()) {
        csv.missing();
    } else {
        csv.text(text);
    }
}

void write_cell(CsvWriter& csv, const ColumnChunk& column, std::size_t row, const AbsentTexts& absent,
                const ExportOptions& options) {
    if (!column.has_value(row)) {
        write_absent(csv, column.status(row), absent);
    } else if (column.type() == ColumnType::integer) {
        csv.integer(column.integer(row));
    } else if (column.type() == ColumnType::real) {
        csv.number(column.real(row));
    } else {
        write_text(csv, column.text(row), options);
    }
}

/// The column's name with the unit of the values that are written. A file may say 백만원 where the store holds 원:
/// under the file's own name the values would be read as a million times as much when they come in again.
std::string exported_name(const ColumnDefinition& column) {
    constexpr std::string_view won = "원";
    if (column.unit != won) return column.name;
    const std::size_t open = column.name.find_last_of("([");
    const bool unit_in_name = open != std::string::npos && open > 0 && column.name.find(won, open) != std::string::npos;
    return column.name.substr(0, unit_in_name ? open : std::string::npos) + "(" + column.unit + ")";
}

}  // namespace

Status export_table_csv(const Project& project, const std::string& table, const std::filesystem::path& path,
                        const ExportOptions& options, const CancellationToken& token) {
    const auto info = project.table(table);
    if (!info) return tl::unexpected<Error>(info.error());
    PendingFile file(path);
    TWINFIRM_TRY(file.open());
    std::vector<AbsentTexts> absent;
    for (const ColumnDefinition& column : info->definition.columns) {
        const auto texts = options.absent.find(column.name);
        absent.push_back(texts == options.absent.end() ? AbsentTexts{} : texts->second);
    }
    CsvWriter header;
    for (const ColumnDefinition& column : info->definition.columns) write_text(header, exported_name(column), options);
    header.end_row();
    TWINFIRM_TRY(file.write(header.bytes()));
    TWINFIRM_TRY(project.scan(
        table, {},
        [&](const RowChunk& chunk) -> Status {
            CsvWriter csv(false);
            for (std::size_t row = 0; row < chunk.rows; ++row) {
                for (std::size_t i = 0; i < chunk.columns.size(); ++i) {
                    write_cell(csv, chunk.columns[i], row, absent[i], options);
                }
                csv.end_row();
            }
            return file.write(csv.bytes());
        },
        token));
    return file.finish();
}

}  // namespace twinfirm::store
