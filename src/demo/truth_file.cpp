// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "files.h"
#include "table_file.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::demo {

namespace {

// A year of an adopter with and without its adoption.
struct Comparison {
    double log_sales = 0;
    std::int64_t sales = 0;
    std::int64_t exports = 0;
    std::int64_t employment = 0;
    double injured = 0;  ///< expected
    double injured_without = 0;
    std::int64_t workers = 0;
    std::int64_t workers_without = 0;
};

Comparison compare(const World& world, const Adoption& adoption, int year) {
    const LogEffect effect = effect_in_year(adoption, year);
    const FirmYear with = world.population.observe(adoption.firm, year, effect);
    const FirmYear without = world.population.observe(adoption.firm, year);
    Comparison difference;
    difference.log_sales = effect.sales;
    difference.sales = with.sales - without.sales;
    difference.exports = with.exports - without.exports;
    difference.employment = with.employment - without.employment;
    difference.workers = with.employment;
    difference.workers_without = without.employment;
    difference.injured =
        world.population.accident_rate(adoption.firm, year, effect) * static_cast<double>(with.employment);
    difference.injured_without =
        world.population.accident_rate(adoption.firm, year) * static_cast<double>(without.employment);
    return difference;
}

struct Total {
    std::int64_t firms = 0;
    double log_sales = 0;
    std::int64_t sales = 0;
    std::int64_t exports = 0;
    std::int64_t employment = 0;
    double injured = 0;
    double injured_without = 0;
    std::int64_t workers = 0;
    std::int64_t workers_without = 0;

    void add(const Comparison& one) {
        ++firms;
        log_sales += one.log_sales;
        sales += one.sales;
        exports += one.exports;
        employment += one.employment;
        injured += one.injured;
        injured_without += one.injured_without;
        workers += one.workers;
        workers_without += one.workers_without;
    }
};

constexpr int decimals = 6;
constexpr int all_cohorts = 0;

void write_average(CsvWriter& row, int cohort, int elapsed, const Total& total) {
    const auto firms = static_cast<double>(total.firms);
    const auto mean = [&](std::int64_t sum) { return fixed_text(static_cast<double>(sum) / firms, decimals); };
    if (cohort == all_cohorts) {
        row.text("all");
    } else {
        row.integer(cohort);
    }
    row.integer(elapsed).integer(total.firms).text(fixed_text(total.log_sales / firms, decimals));
    row.text(mean(total.sales)).text(mean(total.exports)).text(mean(total.employment));
    row.text(fixed_text(100 * (total.injured / static_cast<double>(total.workers) -
                               total.injured_without / static_cast<double>(total.workers_without)),
                        decimals));
}

}  // namespace

Status write_truth(const World& world, const std::filesystem::path& path, const std::filesystem::path& average_path) {
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"firm_id", "adopt_year", "event_time", "year", "ln_sales", "sales_million_won",
                             "export_million_won", "employment", "expected_injured"}) {
        file.row().text(name);
    }
    file.end_row();
    std::map<std::pair<int, int>, Total> totals;  // by cohort and years since adoption
    for (const Adoption& adoption : world.adoptions) {
        for (int year = adoption.year; year <= world.population.last_year(); ++year) {
            if (!world.population.alive(adoption.firm, year, adoption.year)) continue;
            const Comparison one = compare(world, adoption, year);
            const int elapsed = year - adoption.year;
            totals[{all_cohorts, elapsed}].add(one);
            totals[{adoption.year, elapsed}].add(one);
            file.row().text(firm_id(adoption.firm)).integer(adoption.year).integer(elapsed).integer(year);
            file.row().text(fixed_text(one.log_sales, decimals)).integer(one.sales).integer(one.exports);
            file.row().integer(one.employment).text(fixed_text(one.injured - one.injured_without, decimals));
            file.end_row();
        }
    }
    TWINFIRM_TRY(file.finish());

    TableFile average(average_path, FileEncoding::utf8_with_mark);
    for (const char* name : {"cohort", "event_time", "firms", "ln_sales", "sales_million_won", "export_million_won",
                             "employment", "accidents_per_100"}) {
        average.row().text(name);
    }
    average.end_row();
    for (const auto& [key, total] : totals) {
        write_average(average.row(), key.first, key.second, total);
        average.end_row();
    }
    return average.finish();
}

}  // namespace twinfirm::demo
