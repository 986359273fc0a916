// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of disclosure control, as a CSV file: times on tables of 30 x 20 x 5 with all margins, what the audit
// recovers of 500 random tables, and the loss on small tables beside the least possible, found by trying all patterns.
#include <fmt/core.h>

#include <cmath>
#include <ctime>
#include <string>

#include "disclosure/small_tables.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"

namespace {

using namespace twinfirm;
using namespace twinfirm::disclosure;

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string name_of(Content content, double mean) {
    return fmt::format("{} of mean {}", content == Content::counts ? "counts" : "magnitudes", mean);
}

/// One row of the file; what does not belong to a figure is left empty.
struct Figure {
    std::string figure;
    std::string what;
    std::size_t tables = 1;
    std::size_t cells = 0;
    std::size_t sensitive = 0;
    std::size_t complementary = 0;
    double loss_percent = std::nan("");  ///< of the sum of all cells
    double ratio = std::nan("");         ///< loss over the least possible
    double worst_ratio = std::nan("");
    double suppression_seconds = std::nan("");
    double audit_seconds = std::nan("");
    std::size_t programs = 0;
    std::size_t recovered = 0;
};

void write(const Figure& figure, const char* commit, const char* date, CsvWriter& csv) {
    const auto count = [&](std::size_t value) { csv.integer(static_cast<std::int64_t>(value)); };
    csv.text(figure.figure).text(figure.what);
    for (const std::size_t value : {figure.tables, figure.cells, figure.sensitive, figure.complementary}) count(value);
    for (const double value :
         {figure.loss_percent, figure.ratio, figure.worst_ratio, figure.suppression_seconds, figure.audit_seconds}) {
        csv.number(std::round(value * 1000) / 1000);
    }
    count(figure.programs);
    count(figure.recovered);
    csv.text(commit).text(date);
    csv.end_row();
}

Figure large_table(Content content, double mean) {
    Random random(1);
    const AggregateTable table =
        random_table(content, {flat_dimension("industry", 30), flat_dimension("region", 20), flat_dimension("size", 5)},
                     mean, random);
    Figure figure{"30 x 20 x 5", name_of(content, mean)};
    const double start = cpu_seconds();
    const auto pattern = suppress_cells(table, {});
    const double suppressed = cpu_seconds();
    const auto audit = audit_suppression(table, pattern->suppressed(), {});
    figure.audit_seconds = cpu_seconds() - suppressed;
    figure.suppression_seconds = suppressed - start;
    figure.cells = table.cells.size();
    double sum = 0;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        figure.sensitive += pattern->states[i] == CellState::sensitive ? 1 : 0;
        sum += std::abs(table.cells[i].value);
    }
    figure.complementary = pattern->complementary;
    figure.loss_percent = 100 * pattern->loss / sum;
    figure.programs = audit->programs;
    figure.recovered = audit->failures().size();
    return figure;
}

std::vector<Dimension> shape(int round, Random& random) {
    switch (round / 2 % 5) {
        case 0:
            return {flat_dimension("a", 3 + random.below(8)), flat_dimension("b", 2 + random.below(6))};
        case 1:
            return {flat_dimension("a", 3 + random.below(4)), flat_dimension("b", 2 + random.below(3)),
                    flat_dimension("c", 2 + random.below(3))};
        case 2:
            return {tree_dimension("a", 3, random), flat_dimension("b", 2 + random.below(4))};
        case 3:
            return {tree_dimension("a", 4, random), flat_dimension("b", 2 + random.below(2))};
        default:
            return {tree_dimension("a", 3, random), tree_dimension("b", 3, random)};
    }
}

Figure random_tables(int rounds) {
    Random random(2027);
    Figure figure{"random tables", "two and three dimensions, hierarchies of up to four levels"};
    figure.tables = static_cast<std::size_t>(rounds);
    for (int round = 0; round < rounds; ++round) {
        const Content content = round % 2 == 0 ? Content::counts : Content::magnitudes;
        const auto dimensions = shape(round, random);
        const auto table = random_table(content, dimensions, 3 + static_cast<double>(random.below(15)), random);
        const auto result = protect_table(table, {});
        figure.cells += table.cells.size();
        if (!result) {
            ++figure.recovered;
            continue;
        }
        figure.sensitive += result->audit.cells.size() - result->suppression.complementary;
        figure.complementary += result->suppression.complementary;
        figure.programs += result->audit.programs;
        figure.recovered += result->audit.failures().size();
    }
    return figure;
}

Figure small_tables(std::size_t rows, double mean, int rounds) {
    Random random(78 + rows);
    Figure figure{"least loss", fmt::format("{} x 3 cells of mean {}", rows, mean)};
    figure.tables = 0;
    double ours = 0;
    double least = 0;
    figure.worst_ratio = 1;
    for (int round = 0; round < rounds; ++round) {
        const Content content = round % 2 == 0 ? Content::counts : Content::magnitudes;
        const auto table = random_table(content, {flat_dimension("a", rows), flat_dimension("b", 3)}, mean, random);
        const auto best = best_by_trying_all(table, {});
        const auto result = protect_table(table, {});
        if (!best || !result) continue;  // only totals can protect it
        ++figure.tables;
        figure.cells += table.cells.size();
        figure.sensitive += result->audit.cells.size() - result->suppression.complementary;
        figure.complementary += result->suppression.complementary;
        figure.recovered += result->audit.failures().size();
        ours += result->suppression.loss;
        least += best->loss;
        if (best->loss > 0) figure.worst_ratio = std::max(figure.worst_ratio, result->suppression.loss / best->loss);
    }
    figure.ratio = ours / least;
    return figure;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        fmt::print(stderr, "twinfirm_disclosure_figures FILE COMMIT DATE\n");
        return 2;
    }
    CsvWriter csv;
    csv.header({"figure", "what", "tables", "cells", "sensitive", "complementary", "loss_percent", "ratio",
                "worst_ratio", "suppression_seconds", "audit_seconds", "programs", "recovered", "commit", "date"});
    for (const double mean : {4.0, 15.0, 60.0}) {
        for (const Content content : {Content::counts, Content::magnitudes}) {
            write(large_table(content, mean), arguments[2], arguments[3], csv);
        }
    }
    write(random_tables(500), arguments[2], arguments[3], csv);
    for (const std::size_t rows : {3, 4}) {
        for (const double mean : {4.0, 10.0}) {
            write(small_tables(rows, mean, 100), arguments[2], arguments[3], csv);
        }
    }
    const auto written = twinfirm::write_file_atomically(arguments[1], csv.bytes());
    return written ? 0 : 4;
}
