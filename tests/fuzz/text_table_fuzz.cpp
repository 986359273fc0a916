// SPDX-License-Identifier: GPL-3.0-or-later
// A text file of any bytes: looked at, and imported by the plan that comes out of it.
#include "memory_file.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/store/row_sink.h"

namespace {

using twinfirm::Status;

/// Counts rows and holds the columns of each chunk to one length.
class CountingSink final : public twinfirm::store::RowSink {
  public:
    Status begin(const twinfirm::store::TableDefinition& table) override {
        columns_ = table.columns.size();
        return {};
    }
    Status append(const twinfirm::store::RowChunk& chunk) override {
        if (chunk.columns.size() != columns_) std::abort();
        rows += static_cast<std::int64_t>(chunk.rows);
        return {};
    }

    std::int64_t rows = 0;

  private:
    std::size_t columns_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static twinfirm::fuzz::MemoryFile file;
    static const twinfirm::PseudonymKey key(twinfirm::PseudonymKey::Bytes{1, 2, 3});
    file.fill(data, size);
    const auto inspection = twinfirm::ingest::inspect_file(file.path());
    if (!inspection) return 0;
    CountingSink sink;
    const auto audit = twinfirm::ingest::import_csv(file.path(), inspection->plan, "t", sink, {}, {}, &key);
    if (!audit) return 0;
    if (audit->rows_read != audit->rows_stored + audit->rows_rejected || audit->rows_stored != sink.rows) std::abort();
    return 0;
}
