// SPDX-License-Identifier: GPL-3.0-or-later
// A text file of any bytes: looked at, and imported by the plan that comes out of it.
#include "counting_sink.h"
#include "memory_file.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static twinfirm::fuzz::MemoryFile file;
    static const twinfirm::PseudonymKey key(twinfirm::PseudonymKey::Bytes{1, 2, 3});
    file.fill(data, size);
    const auto inspection = twinfirm::ingest::inspect_file(file.path());
    if (!inspection) return 0;
    twinfirm::fuzz::CountingSink sink;
    const auto audit = twinfirm::ingest::import_csv(file.path(), inspection->plan, "t", sink, {}, {}, &key);
    if (!audit) return 0;
    if (audit->rows_read != audit->rows_stored + audit->rows_rejected || audit->rows_stored != sink.rows) std::abort();
    return 0;
}
