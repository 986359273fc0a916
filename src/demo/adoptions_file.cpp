// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "files.h"
#include "table_file.h"

namespace twinfirm::demo {

namespace {

constexpr double upgrade_rate = 0.08;
constexpr int highest_level = 5;

/// The second project of a firm; year 0 = it has none.
Adoption upgrade_of(const World& world, const Adoption& first) {
    Random random = firm_random(world.options.seed, first.firm, Purpose::upgrade);
    Adoption second = first;
    const bool again = random.uniform() < upgrade_rate;
    second.year = std::min(first.year + 2 + static_cast<int>(random.below(2)), world.options.last_year);
    second.level_before = first.level;
    second.level = std::min(first.level + 1 + static_cast<int>(random.below(2)), highest_level);
    second.grant = first.grant + 50;
    second.total_cost = 2 * second.grant + static_cast<std::int64_t>(random.below(60));
    const bool possible = second.year > first.year && world.population.alive(first.firm, second.year, first.year);
    if (!again || !possible) second.year = 0;
    return second;
}

void write_event(TableFile& file, const Adoption& adoption) {
    CsvWriter& row = file.row();
    row.text(firm_id(adoption.firm)).integer(adoption.year).integer(adoption.level_before).integer(adoption.level);
    row.text(solution_name(adoption.solution)).text(programme_name(adoption.programme));
    row.integer(adoption.grant).integer(adoption.total_cost);
    file.end_row();
}

}  // namespace

Result<std::int64_t> write_adoptions(const World& world, const std::filesystem::path& path) {
    TableFile file(path, world.options.dirty ? FileEncoding::cp949 : FileEncoding::utf8_with_mark);
    for (const char* name : {"기업ID", "도입연도", "도입전 수준", "구축수준", "솔루션", "사업유형",
                             "정부지원금(백만원)", "총사업비(백만원)"}) {
        file.row().text(name);
    }
    file.end_row();
    std::int64_t events = 0;
    for (const Adoption& first : world.adoptions) {
        write_event(file, first);
        ++events;
        const Adoption second = upgrade_of(world, first);
        if (second.year == 0) continue;
        write_event(file, second);
        ++events;
    }
    TWINFIRM_TRY(file.finish());
    return events;
}

}  // namespace twinfirm::demo
