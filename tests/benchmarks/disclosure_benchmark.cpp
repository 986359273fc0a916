// SPDX-License-Identifier: GPL-3.0-or-later
// CPU times of suppression and of its audit on a table of 30 x 20 x 5 with all margins.
#include <fmt/core.h>

#include <cmath>
#include <ctime>
#include <string>

#include "disclosure/small_tables.h"

namespace {

using namespace twinfirm;
using namespace twinfirm::disclosure;

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(Content content, double mean) {
    Random random(1);
    const AggregateTable table =
        random_table(content, {flat_dimension("industry", 30), flat_dimension("region", 20), flat_dimension("size", 5)},
                     mean, random);
    const double start = cpu_seconds();
    const auto pattern = suppress_cells(table, {});
    const double suppressed = cpu_seconds();
    const auto audit = audit_suppression(table, pattern->suppressed(), {});
    const double audited = cpu_seconds();
    std::size_t sensitive = 0;
    double sum = 0;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        sensitive += pattern->states[i] == CellState::sensitive;
        sum += std::abs(table.cells[i].value);
    }
    fmt::print("{} of mean {}: {} cells, {} sensitive, {} complementary ({:.2f} % of the sum of all cells)\n",
               content == Content::counts ? "counts" : "magnitudes", mean, table.cells.size(), sensitive,
               pattern->complementary, 100 * pattern->loss / sum);
    fmt::print("  suppression {:.2f} s, audit {:.2f} s of {} programs: {}\n", suppressed - start, audited - suppressed,
               audit->programs, audit->passed() ? "nothing recovered" : "RECOVERED");
}

}  // namespace

int main() {
    for (const double mean : {4.0, 15.0, 60.0}) {
        measure(Content::counts, mean);
        measure(Content::magnitudes, mean);
    }
}
