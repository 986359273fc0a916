// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "files.h"
#include "table_file.h"
#include "twinfirm/demo/business_number.h"

namespace twinfirm::demo {

namespace {

std::string firm_name(const Firm& firm, std::size_t number) {
    // Plainly made up: no real firm is called like this.
    const std::string name = fmt::format("가상{}{}", industries()[firm.industry].word, number + 1);
    if (firm.size_class == SizeClass::micro) return name;
    return number % 4 == 0 ? "주식회사 " + name : "(주)" + name;
}

std::string level_word(int level) {
    if (level <= 2) return "기초";
    return level == 3 ? "중간1" : "중간2";
}

// How people write one and the same thing in the dirty register.
struct Spelling {
    bool dirty = false;
    std::uint64_t date = 0;
    std::uint64_t number = 0;
    bool several_industries = false;
    bool twice = false;

    Spelling(const DemoOptions& options, std::size_t firm) : dirty(options.dirty) {
        if (!dirty) return;
        Random random = firm_random(options.seed, firm, Purpose::dirt);
        date = random.below(3);
        number = random.below(3);
        several_industries = random.uniform() < 0.08;
        twice = random.uniform() < 0.003;
    }

    [[nodiscard]] std::string day(int year, int month, int day_of_month) const {
        if (dirty && date == 0) return fmt::format("{}{:02}{:02}", year, month, day_of_month);
        if (dirty && date == 1) return fmt::format("{}.{}.{}.", year, month, day_of_month);
        return fmt::format("{}-{:02}-{:02}", year, month, day_of_month);
    }

    [[nodiscard]] std::string registration(std::string text) const {
        if (dirty && number == 0) std::erase(text, '-');
        return text;
    }

    [[nodiscard]] std::string industry(const Firm& firm) const {
        const Industry& division = industries()[firm.industry];
        std::string code(division.codes[firm.code]);
        if (several_industries) code += ", " + std::string(division.codes[1U - firm.code]);
        return code;
    }
};

void write_adoption(CsvWriter& row, const World& world, const Adoption* adoption) {
    if (adoption == nullptr) {
        for (int empty = 0; empty < 8; ++empty) row.missing();
        return;
    }
    row.integer(adoption->year);
    if (world.options.dirty) {
        row.text(level_word(adoption->level));
    } else {
        row.integer(adoption->level);
    }
    row.integer(adoption->level_before).text(solution_name(adoption->solution));
    row.text(programme_name(adoption->programme)).integer(adoption->grant).integer(adoption->total_cost);
    row.text(fmt::format("가상공급기업{:03}", adoption->supplier));
}

void write_firm(CsvWriter& row, const World& world, std::size_t number) {
    const Firm& firm = world.population.firms()[number];
    const std::int32_t place = world.adoption_of[number];
    const Adoption* adoption = place < 0 ? nullptr : &world.adoptions[static_cast<std::size_t>(place)];
    const Spelling spelling(world.options, number);
    row.text(firm_id(number)).text(spelling.registration(business_number(static_cast<std::int64_t>(number))));
    row.text(firm_name(firm, number)).text(spelling.industry(firm)).text(industries()[firm.industry].name);
    row.text(region_names()[firm.region]).text(size_class_name(firm.size_class));
    row.text(spelling.day(firm.founded, firm.founded_month, firm.founded_day));
    const int closing = world.population.closing_year(number, adoption == nullptr ? 0 : adoption->year);
    if (closing == 0) {
        row.missing();
    } else {
        row.text(spelling.day(closing, 1 + static_cast<int>(number % 12), 28));
    }
    write_adoption(row, world, adoption);
}

}  // namespace

std::string firm_id(std::size_t firm) {
    return fmt::format("F{:07}", firm + 1);
}

Status write_firms(const World& world, const std::filesystem::path& path, const CancellationToken& token) {
    const bool dirty = world.options.dirty;
    TableFile file(path, dirty ? FileEncoding::cp949 : FileEncoding::utf8_with_mark);
    if (dirty) {
        file.line("제조업 기업 명부 (가상 자료)");
        file.line("");
    }
    for (const char* name : {"기업ID", "사업자등록번호", "기업명", "업종코드", "업종명", "시도", "기업규모", "설립일",
                             "폐업일", "도입연도", "구축수준", "도입전 수준", "솔루션", "사업유형",
                             "정부지원금(백만원)", "총사업비(백만원)", "공급기업"}) {
        file.row().text(name);
    }
    file.end_row();
    for (std::size_t number = 0; number < world.population.firms().size(); ++number) {
        if (number % 4096 == 0) TWINFIRM_TRY(token.check());
        write_firm(file.row(), world, number);
        file.end_row();
        if (Spelling(world.options, number).twice) {
            write_firm(file.row(), world, number);
            file.end_row();
        }
    }
    return file.finish();
}

}  // namespace twinfirm::demo
