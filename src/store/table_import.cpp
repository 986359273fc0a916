// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <future>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "content_hash.h"
#include "project_impl.h"
#include "schema.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

namespace {

// Several rows an INSERT: about twice as fast as one by one. Bound values stay below what any SQLite build takes.
constexpr std::size_t rows_per_insert = 40;
constexpr std::size_t values_per_insert = 30'000;
// Below that a second thread costs more than it gives.
constexpr std::size_t rows_worth_a_thread = 256;

Status check_definition(const TableDefinition& definition) {
    if (definition.name.empty()) return fail(ErrorKind::usage, "table_name_empty");
    if (definition.columns.empty()) {
        return fail(ErrorKind::input, "table_without_columns", {{"table", definition.name}});
    }
    if (definition.columns.size() > maximum_columns) {
        return fail(
            ErrorKind::input, "too_many_columns",
            {{"columns", std::to_string(definition.columns.size())}, {"limit", std::to_string(maximum_columns)}});
    }
    std::set<std::string_view> names;
    for (const ColumnDefinition& column : definition.columns) {
        if (!names.insert(column.name).second) {
            return fail(ErrorKind::input, "column_name_twice", {{"table", definition.name}, {"column", column.name}});
        }
    }
    return {};
}

/// Writes the columns of one part.
class PartWriter {
  public:
    PartWriter(const Database& database, std::int64_t id, std::size_t part, std::size_t columns)
        : database_(&database),
          name_(part_name(id, part)),
          first_(part * columns_per_part),
          width_(std::min(columns_per_part, columns - first_)),
          block_(std::clamp<std::size_t>(values_per_insert / (width_ + 1), 1, rows_per_insert)) {}

    [[nodiscard]] Status prepare() {
        auto block = database_->prepare(insert_sql(block_));
        if (!block) return tl::unexpected<Error>(std::move(block.error()));
        block_insert_ = std::move(*block);
        auto single = database_->prepare(insert_sql(1));
        if (!single) return tl::unexpected<Error>(std::move(single.error()));
        single_insert_ = std::move(*single);
        return {};
    }

    [[nodiscard]] Status write(const RowChunk& chunk) {
        std::size_t row = 0;
        for (; row + block_ <= chunk.rows; row += block_) TWINFIRM_TRY(write_rows(block_insert_, chunk, row, block_));
        for (; row < chunk.rows; ++row) TWINFIRM_TRY(write_rows(single_insert_, chunk, row, 1));
        return {};
    }

  private:
    [[nodiscard]] std::string insert_sql(std::size_t rows) const {
        std::string row = "(?";
        for (std::size_t column = 0; column < width_; ++column) row += ",?";
        row += ')';
        std::string sql = "INSERT INTO " + name_ + " VALUES";
        for (std::size_t i = 0; i < rows; ++i) {
            if (i > 0) sql += ',';
            sql += row;
        }
        return sql;
    }

    [[nodiscard]] Status write_rows(Statement& insert, const RowChunk& chunk, std::size_t begin, std::size_t count) {
        statuses_.resize(count);
        int parameter = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const int status_parameter = ++parameter;
            bool plain = true;
            for (std::size_t column = 0; column < width_; ++column) {
                const ColumnChunk& cells = chunk.columns[first_ + column];
                bind(insert, ++parameter, cells, begin + i);
                plain = plain && cells.status(begin + i) <= ValueStatus::missing;
            }
            if (plain) {
                insert.bind_null(status_parameter);
            } else {
                pack_statuses(chunk, begin + i, statuses_[i]);
                insert.bind_blob(status_parameter, statuses_[i]);
            }
        }
        if (insert.step() != SQLITE_DONE) return database_->failure();
        insert.reset();
        return {};
    }

    static void bind(Statement& insert, int parameter, const ColumnChunk& cells, std::size_t row) {
        if (!cells.has_value(row)) {
            insert.bind_null(parameter);
        } else if (cells.type() == ColumnType::integer) {
            insert.bind(parameter, cells.integer(row));
        } else if (cells.type() == ColumnType::real) {
            insert.bind(parameter, cells.real(row));  // SQLite stores what is not a number as NULL
        } else {
            insert.bind(parameter, cells.text(row));
        }
    }

    void pack_statuses(const RowChunk& chunk, std::size_t row, std::string& bytes) const {
        bytes.assign((width_ + 3) / 4, '\0');
        for (std::size_t column = 0; column < width_; ++column) {
            const ColumnChunk& cells = chunk.columns[first_ + column];
            ValueStatus status = cells.status(row);
            if (status == ValueStatus::value && cells.type() == ColumnType::real && std::isnan(cells.real(row))) {
                status = ValueStatus::missing;
            }
            const auto bits = static_cast<unsigned>(status) << (2 * (column % 4));
            bytes[column / 4] = static_cast<char>(static_cast<unsigned char>(bytes[column / 4]) | bits);
        }
    }

    const Database* database_;
    std::string name_;
    std::size_t first_;
    std::size_t width_;
    std::size_t block_;
    Statement block_insert_;
    Statement single_insert_;
    std::vector<std::string> statuses_;
};

}  // namespace

struct TableImport::Impl {
    Project::Impl* project = nullptr;
    ImportSource source;
    TableDefinition definition;
    std::int64_t id = 0;
    std::optional<Transaction> transaction;
    std::vector<PartWriter> parts;
    ContentHash hash;

    Status start();
    void end() noexcept;
    Status finish(const ImportRecord& record);
    /// A full disk is told with what the file needs and what is left.
    void explain(Status& failed) const;
};

void TableImport::Impl::explain(Status& failed) const {
    if (failed.error().code != "disk_full") return;
    Status sizes = check_disk_space(project->path, source.bytes, true);
    if (!sizes) failed = std::move(sizes);
}

Status TableImport::Impl::start() {
    Database& database = project->database;
    auto catalogue = load_catalogue(database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    id = catalogue->next_table;
    const std::string& name = source.file_name.empty() ? definition.name : source.file_name;
    TWINFIRM_TRY(project->lock->note_import({id, name}));
    auto begun = Transaction::begin(database);
    if (!begun) return tl::unexpected<Error>(std::move(begun.error()));
    transaction.emplace(std::move(*begun));
    for (std::size_t part = 0; part < part_count(definition.columns.size()); ++part) {
        TWINFIRM_TRY(database.run(create_part_sql(id, part, definition.columns)));
        parts.emplace_back(database, id, part, definition.columns.size());
        TWINFIRM_TRY(parts.back().prepare());
    }
    return {};
}

Status TableImport::Impl::finish(const ImportRecord& record) {
    Database& database = project->database;
    parts.clear();
    auto catalogue = load_catalogue(database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    const auto old = catalogue->find(definition.name);
    const std::int64_t replaced = old == catalogue->tables.end() ? 0 : old->first;
    if (replaced > 0) {
        // One version back is kept for undo_import; the one before it goes.
        const auto former = catalogue->former_version(replaced);
        if (former != catalogue->tables.end()) {
            TWINFIRM_TRY(drop_rows_and_entry(database, *catalogue, former->first));
        }
    }
    catalogue->next_table = id + 1;
    TWINFIRM_TRY(
        insert_table(database, *catalogue, id, {definition, hash.rows(), hash.hex_digest(definition.columns), record}));
    if (replaced > 0) TWINFIRM_TRY(set_replaced_by(database, *catalogue, replaced, id));
    TWINFIRM_TRY(seal_catalogue(database, *catalogue));
    return transaction->commit();
}

void TableImport::Impl::end() noexcept {
    if (project == nullptr) return;
    parts.clear();
    transaction.reset();  // undoes what was not committed
    // What happened was told by a result already: the note for the next one has no use any more.
    static_cast<void>(project->lock->clear_import());
    project->importing = false;
    project = nullptr;
}

TableImport::TableImport(Project::Impl& project, ImportSource source) : impl_(std::make_unique<Impl>()) {
    impl_->project = &project;
    impl_->source = std::move(source);
    project.importing = true;
}

TableImport::~TableImport() {
    impl_->end();
}

Status TableImport::begin(const TableDefinition& definition) {
    if (impl_->project == nullptr || impl_->transaction) throw std::logic_error("TableImport: begin twice");
    TWINFIRM_TRY(check_definition(definition));
    impl_->definition = definition;
    Status started = impl_->start();
    if (!started) impl_->end();
    return started;
}

Status TableImport::append(const RowChunk& chunk) {
    const std::vector<ColumnDefinition>& columns = impl_->definition.columns;
    if (!impl_->transaction || chunk.columns.size() != columns.size()) {
        throw std::logic_error("TableImport: rows do not fit what was begun");
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (chunk.columns[i].type() != columns[i].type || chunk.columns[i].size() != chunk.rows) {
            throw std::logic_error("TableImport: cells do not fit the column");
        }
    }
    std::future<void> hashing;
    if (chunk.rows >= rows_worth_a_thread) {
        hashing = std::async(std::launch::async, [&] { impl_->hash.add(chunk.columns, 0, chunk.rows); });
    } else {
        impl_->hash.add(chunk.columns, 0, chunk.rows);
    }
    Status written;
    for (PartWriter& part : impl_->parts) {
        written = part.write(chunk);
        if (!written) break;
    }
    if (hashing.valid()) hashing.get();
    if (!written) {
        impl_->explain(written);
        impl_->end();
    }
    return written;
}

std::int64_t TableImport::rows() const {
    return impl_->hash.rows();
}

Status TableImport::commit(const ImportRecord& record) {
    if (!impl_->transaction) throw std::logic_error("TableImport: commit without begin");
    Status finished = impl_->finish(record);
    if (!finished) impl_->explain(finished);
    impl_->end();
    return finished;
}

}  // namespace twinfirm::store
