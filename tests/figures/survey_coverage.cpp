// SPDX-License-Identifier: GPL-3.0-or-later
// survey_coverage SAMPLES OUT.csv COMMIT DATE: how often 95 % intervals from samples of 5,000 hold the truth.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "survey/coverage_simulation.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"

int main(int argc, char** argv) {
    using namespace twinfirm;
    std::size_t samples = 0;
    if (argc != 5 || std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), samples).ec != std::errc{}) {
        std::fputs("usage: survey_coverage SAMPLES OUT.csv COMMIT DATE\n", stderr);
        return 2;
    }
    const survey::CoveragePopulation population(20241);
    CsvWriter csv(false);
    for (const char* name :
         {"commit", "date", "what", "truth", "domain", "mean_n", "method", "samples", "coverage", "mean_width"})
        csv.text(name);
    csv.end_row();
    for (const survey::Coverage& row : survey::simulate_coverage(population, samples, 7, 2)) {
        csv.text(argv[3]).text(argv[4]).text(row.what).number(row.truth);
        row.domain < 0 ? csv.missing() : csv.number(survey::CoveragePopulation::domains.at(row.domain));
        csv.number(row.mean_n).text(row.method).integer(row.samples).number(row.rate()).number(row.mean_width);
        csv.end_row();
    }
    return write_file_atomically(argv[2], csv.bytes()) ? 0 : 4;
}
