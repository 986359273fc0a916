// SPDX-License-Identifier: GPL-3.0-or-later
// The input is a list of changes to a project file: page (1 byte), place (2), length (1), bytes; a length of 0 cuts the
// file off there. The changed project is refused, or holds what it held: no change is silent.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/store/project.h"

namespace {

namespace fs = std::filesystem;
using namespace twinfirm;
using namespace twinfirm::store;

void hold(bool so) {
    if (!so) std::abort();
}

/// A column of each type, with every status a cell can have.
Status import_sample(Project& project, const std::string& name) {
    const TableDefinition definition{name,
                                     {{"기업", "firm_id", ColumnType::text, ""},
                                      {"연도", "", ColumnType::integer, ""},
                                      {"비율", "", ColumnType::real, "%"}}};
    RowChunk rows;
    for (const ColumnDefinition& column : definition.columns) rows.columns.emplace_back(column.type);
    for (int i = 0; i < 30; ++i, ++rows.rows) {
        rows.columns[0].append_text("F" + std::to_string(i));
        rows.columns[1].append_integer(2014 + i);
        if (i % 4 == 0) {
            rows.columns[2].append_real(i * 0.7);
        } else {
            rows.columns[2].append_absent(static_cast<ValueStatus>(i % 4));
        }
    }
    auto import = project.begin_import({"기업.csv", 0});
    if (!import) return tl::unexpected<Error>(import.error());
    TWINFIRM_TRY((*import)->begin(definition));
    TWINFIRM_TRY((*import)->append(rows));
    return (*import)->commit({"기업.csv", 1234, "ab12", "{}", "{}", "2026-01-02T03:04:05Z"});
}

/// A project with two tables, in a folder of its own.
class SampleProject {
  public:
    SampleProject() {
        const fs::path memory = "/dev/shm";
        std::string pattern =
            ((fs::exists(memory) ? memory : fs::temp_directory_path()) / "twinfirm-fuzz-XXXXXX").string();
        hold(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        auto project = Project::create(path());
        hold(project.has_value());
        hold(import_sample(*project, "a").has_value() && import_sample(*project, "나").has_value());
        hold(project->set_specification("{}").has_value());
        bytes_ = read_whole_file(path()).value();
        expected_ = content(*project).value();
    }
    ~SampleProject() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    SampleProject(const SampleProject&) = delete;
    SampleProject& operator=(const SampleProject&) = delete;

    void open_changed(std::string changed) const {
        write(changed);
        for (const auto access : {Project::Access::read_only, Project::Access::read_write}) {
            auto project = Project::open(path(), access);
            if (!project) continue;
            const auto found = content(*project);
            if (found) hold(*found == expected_);
            if (access == Project::Access::read_write) static_cast<void>(project->drop_table("a"));
        }
        for (const char* ending : {".lock", "-journal", "-wal"}) {
            std::error_code ignored;
            fs::remove(path().concat(ending), ignored);
        }
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    [[nodiscard]] fs::path path() const { return folder_ / "p.twinfirm"; }
    void write(std::string_view bytes) const {
        std::ofstream(path(), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    /// Everything that an analysis reads, after the check of its hashes.
    static Result<std::string> content(const Project& project) {
        std::string all;
        auto tables = project.tables();
        if (!tables) return tl::unexpected<Error>(tables.error());
        for (const TableInfo& info : *tables) {
            TWINFIRM_TRY(project.check_content(info.definition.name));
            auto data = project.read(info.definition.name);
            if (!data) return tl::unexpected<Error>(data.error());
            all += info.definition.name + info.content_hash + info.import.file_name + info.import.sha256 +
                   info.import.plan_json + info.import.audit_json + info.import.time + std::to_string(info.rows);
            for (const ColumnDefinition& column : info.definition.columns) {
                all +=
                    column.name + column.field + column.unit + static_cast<char>('0' + static_cast<int>(column.type));
            }
            for (const ColumnChunk& column : data->columns) {
                for (std::size_t row = 0; row < column.size(); ++row) {
                    all += static_cast<char>('0' + static_cast<int>(column.status(row)));
                    if (!column.has_value(row)) continue;
                    if (column.type() == ColumnType::integer) all += std::to_string(column.integer(row));
                    if (column.type() == ColumnType::real) all += std::to_string(column.real(row));
                    if (column.type() == ColumnType::text) all += column.text(row);
                }
            }
        }
        auto specification = project.specification();
        if (!specification) return tl::unexpected<Error>(specification.error());
        return all + *specification;
    }

    fs::path folder_;
    std::string bytes_;
    std::string expected_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const SampleProject project;
    constexpr std::size_t page = 16384;
    const std::size_t pages = project.bytes().size() / page;
    std::string changed = project.bytes();
    for (std::size_t at = 0; at + 4 <= size;) {
        const std::size_t place = (data[at] % pages) * page + (data[at + 1] * 256U + data[at + 2]) % page;
        const std::size_t length = data[at + 3] % 32;
        at += 4;
        if (length == 0 && place < changed.size()) changed.resize(place);
        for (std::size_t i = 0; i < length && at < size; ++i, ++at) {
            if (place + i < changed.size()) changed[place + i] = static_cast<char>(data[at]);
        }
    }
    project.open_changed(std::move(changed));
    return 0;
}
