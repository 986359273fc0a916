// SPDX-License-Identifier: GPL-3.0-or-later
// A text file of any bytes, imported by a plan with a column of each type. The first byte chooses the plan's dialect,
// encoding and rules.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "counting_sink.h"
#include "memory_file.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/csv_import.h"

namespace {

using namespace twinfirm;
using namespace twinfirm::ingest;

ImportPlan plan_of(std::uint8_t choices) {
    ImportPlan plan;
    plan.header = false;
    plan.delimiter = (choices & 1U) != 0 ? '\t' : ',';
    plan.quote = (choices & 2U) != 0 ? '\'' : '"';
    plan.padded = (choices & 4U) != 0;
    plan.escape = (choices & 8U) != 0 ? '\\' : '\0';
    plan.encoding = (choices & 16U) != 0 ? TextEncoding::cp949 : TextEncoding::utf8;
    plan.reject_totals = (choices & 32U) != 0;
    for (int type = 0; type <= static_cast<int>(ValueType::ksic); ++type) {
        ColumnPlan column;
        column.name = "c" + std::to_string(type);
        column.type = static_cast<ValueType>(type);
        column.on_bad_cell = (choices & 64U) != 0 ? BadCell::missing : BadCell::reject_row;
        if (column.type == ValueType::money) column.unit = "천원";
        if (column.type == ValueType::ksic) column.rest_name = "rest";
        if (column.type == ValueType::text) column.field = "brn", column.protection = Protection::pseudonym;
        for (std::size_t rule = first_confirmed_rule; (choices & 128U) != 0 && rule < conversion_rules; ++rule) {
            column.rules.push_back(static_cast<ConversionRule>(rule));
        }
        plan.columns.push_back(std::move(column));
    }
    return plan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz::MemoryFile file;
    static const PseudonymKey key(PseudonymKey::Bytes{1, 2, 3});
    file.fill(data + 1, size - 1);
    fuzz::CountingSink sink;
    const auto audit = import_csv(file.path(), plan_of(data[0]), "t", sink, {}, {}, &key);
    if (!audit) return 0;
    if (audit->rows_read != audit->rows_stored + audit->rows_rejected || audit->rows_stored != sink.rows) std::abort();
    return 0;
}
