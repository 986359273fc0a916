// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "files.h"
#include "table_file.h"
#include "twinfirm/survey/allocation.h"

namespace twinfirm::demo {

namespace {

// Rates of the first status survey (2024) where they were released; the tilt by size of what was released for all
// factories alone is made up.
constexpr std::array<double, size_classes> adoption_rate{0.087, 0.285, 0.542, 0.857};
constexpr std::array<double, size_classes> importance{0.21, 0.31, 0.42, 0.60};
constexpr std::array<double, size_classes> beyond_basic{0.196, 0.226, 0.290, 0.403};
constexpr std::array<double, size_classes> log_investment{4.6, 5.6, 6.7, 8.0};  ///< of million won
constexpr double advanced = 0.025;                                              ///< of those beyond the basic level
constexpr double second_middle = 0.12;
constexpr std::array<double, 3> aims{0.565, 0.371, 0.227};
constexpr std::array aim_names{"목적: 생산효율", "목적: 품질", "목적: 비용"};
constexpr double collects_data = 0.924;
constexpr double analyses_data = 0.80;  ///< of those that collect
constexpr double artificial_intelligence = 0.052;

struct Answers {
    bool adopted = false;
    int level = 0;  ///< 1 basic .. 4 advanced
    bool important = false;
    std::array<bool, 3> aim{};
    bool collects = false;
    bool analyses = false;
    bool intelligence = false;
    std::int64_t investment = 0;  ///< million won
};

Answers answers_of(const World& world, std::size_t firm) {
    const auto size = static_cast<std::size_t>(world.population.firms()[firm].size_class);
    Random random = firm_random(world.options.seed, firm, Purpose::status_survey);
    const auto happens = [&](double chance) { return random.uniform() < chance; };
    Answers answers;
    answers.important = happens(importance[size]);
    answers.adopted = happens(adoption_rate[size]);
    if (!answers.adopted) return answers;
    answers.level = 1;
    if (happens(beyond_basic[size])) answers.level = happens(advanced) ? 4 : happens(second_middle) ? 3 : 2;
    for (std::size_t i = 0; i < aims.size(); ++i) answers.aim[i] = happens(aims[i]);
    // Everybody has some aim.
    if (std::none_of(answers.aim.begin(), answers.aim.end(), [](bool aim) { return aim; })) answers.aim[0] = true;
    answers.collects = happens(collects_data);
    answers.analyses = answers.collects && happens(analyses_data);
    answers.intelligence = happens(artificial_intelligence);
    const double amount = std::exp(log_investment[size] + 0.9 * random.normal());
    answers.investment = std::max<std::int64_t>(5, std::llround(amount));
    return answers;
}

std::string_view level_name(int level) {
    constexpr std::array<std::string_view, 4> names{"기초", "중간1", "중간2", "고도화"};
    return names[static_cast<std::size_t>(level - 1)];
}

bool in_capital_area(const Firm& firm) {
    const std::string_view region = region_names()[firm.region];
    return region == "서울" || region == "인천" || region == "경기";
}

std::string_view area_name(const Firm& firm) {
    return in_capital_area(firm) ? "수도권" : "비수도권";
}

/// Size class by area, in this order.
std::size_t stratum_of(const Firm& firm) {
    return static_cast<std::size_t>(firm.size_class) * 2 + (in_capital_area(firm) ? 0 : 1);
}

/// Sums over the register, from which the true values are taken.
class Truth {
  public:
    void add(const Firm& firm, const Answers& answers) {
        add_to({"", ""}, answers);
        add_to({"규모", std::string(size_class_name(firm.size_class))}, answers);
        add_to({"권역", std::string(area_name(firm))}, answers);
    }

    [[nodiscard]] Status write(const std::filesystem::path& path) const {
        TableFile file(path, FileEncoding::utf8_with_mark);
        for (const char* name : {"item", "level", "by_column", "by", "value", "base"}) file.row().text(name);
        file.end_row();
        for (const auto& entry : groups_) {
            const auto& group = entry.first;
            const Sums& sums = entry.second;
            const auto row = [&](std::string_view item, std::string_view level, double value, double base) {
                CsvWriter& csv = file.row().text(item).text(level).text(group.first).text(group.second);
                base > 0 ? csv.number(value / base) : csv.missing();
                csv.integer(static_cast<std::int64_t>(base));
                file.end_row();
            };
            row("스마트공장", "도입", sums.adopted, sums.firms);
            row("중요성 인식", "1", sums.important, sums.firms);
            for (int level = 1; level <= 4; ++level)
                row("수준", level_name(level), sums.level[static_cast<std::size_t>(level - 1)], sums.adopted);
            for (std::size_t i = 0; i < aims.size(); ++i) row(aim_names[i], "1", sums.aim[i], sums.adopted);
            row("데이터 수집", "1", sums.collects, sums.adopted);
            row("데이터 분석", "1", sums.analyses, sums.adopted);
            row("제조AI", "1", sums.intelligence, sums.adopted);
            row("투자액", "", sums.investment, sums.adopted);
        }
        return file.finish();
    }

  private:
    struct Sums {
        double firms = 0;
        double adopted = 0;
        double important = 0;
        std::array<double, 4> level{};
        std::array<double, 3> aim{};
        double collects = 0;
        double analyses = 0;
        double intelligence = 0;
        double investment = 0;
    };

    void add_to(const std::pair<std::string, std::string>& group, const Answers& answers) {
        Sums& sums = groups_[group];
        ++sums.firms;
        sums.important += answers.important ? 1 : 0;
        if (!answers.adopted) return;
        ++sums.adopted;
        ++sums.level[static_cast<std::size_t>(answers.level - 1)];
        for (std::size_t i = 0; i < aims.size(); ++i) sums.aim[i] += answers.aim[i] ? 1 : 0;
        sums.collects += answers.collects ? 1 : 0;
        sums.analyses += answers.analyses ? 1 : 0;
        sums.intelligence += answers.intelligence ? 1 : 0;
        sums.investment += static_cast<double>(answers.investment);
    }

    std::map<std::pair<std::string, std::string>, Sums> groups_;
};

/// Firms drawn, in the order of the register, with the size of each stratum's sample.
std::vector<std::size_t> draw(const World& world, const std::vector<std::vector<std::size_t>>& strata,
                              const std::vector<std::int64_t>& sizes) {
    std::vector<std::size_t> drawn;
    for (std::size_t h = 0; h < strata.size(); ++h) {
        std::vector<std::pair<double, std::size_t>> keys;
        for (const std::size_t firm : strata[h])
            keys.emplace_back(firm_random(world.options.seed, firm, Purpose::sampling).uniform(), firm);
        std::sort(keys.begin(), keys.end());
        for (std::int64_t i = 0; i < sizes[h]; ++i) drawn.push_back(keys[static_cast<std::size_t>(i)].second);
    }
    std::sort(drawn.begin(), drawn.end());
    return drawn;
}

void write_answers(TableFile& file, const Answers& answers) {
    CsvWriter& row = file.row();
    row.text(answers.adopted ? "도입" : "미도입");
    row.integer(answers.important ? 1 : 2);
    // Those who have not adopted are led past the rest.
    if (!answers.adopted) {
        for (int skipped = 0; skipped < 8; ++skipped) row.missing();
        return;
    }
    row.text(level_name(answers.level));
    for (const bool aim : answers.aim) aim ? row.integer(1) : row.missing();
    for (const bool yes : {answers.collects, answers.analyses, answers.intelligence}) row.integer(yes ? 1 : 2);
    row.integer(answers.investment);
}

}  // namespace

Result<std::int64_t> write_status_survey(const World& world, const std::filesystem::path& path,
                                         const std::filesystem::path& truth_path) {
    const std::vector<Firm>& firms = world.population.firms();
    std::vector<std::vector<std::size_t>> members(std::size_t{2} * size_classes);
    Truth truth;
    for (std::size_t firm = 0; firm < firms.size(); ++firm) {
        members[stratum_of(firms[firm])].push_back(firm);
        truth.add(firms[firm], answers_of(world, firm));
    }
    std::vector<survey::AllocationStratum> strata;
    std::vector<std::size_t> place(members.size(), 0);
    for (std::size_t h = 0; h < members.size(); ++h) {
        if (members[h].empty()) continue;
        place[h] = strata.size();
        strata.push_back({std::string(size_class_name(firms[members[h].front()].size_class)) + " " +
                              std::string(area_name(firms[members[h].front()])),
                          static_cast<std::int64_t>(members[h].size())});
    }
    std::erase_if(members, [](const std::vector<std::size_t>& stratum) { return stratum.empty(); });
    const std::int64_t size = std::min<std::int64_t>(5000, static_cast<std::int64_t>(firms.size()) / 4);
    const auto allocation = survey::allocate(strata, size, {survey::AllocationRule::power, 0.5, 2, 0.95});
    if (!allocation) return tl::unexpected<Error>(allocation.error());
    std::vector<std::int64_t> sizes;
    for (const survey::AllocatedStratum& stratum : allocation->strata) sizes.push_back(stratum.n);

    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name :
         {"기업ID", "층", "규모", "권역", "업종", "종사자수", "스마트공장", "중요성 인식", "수준", aim_names[0],
          aim_names[1], aim_names[2], "데이터 수집", "데이터 분석", "제조AI", "투자액", "가중치", "층 모집단"}) {
        file.row().text(name);
    }
    file.end_row();
    const std::vector<std::size_t> drawn = draw(world, members, sizes);
    for (const std::size_t number : drawn) {
        const Firm& firm = firms[number];
        const std::size_t h = place[stratum_of(firm)];
        CsvWriter& row = file.row().text(firm_id(number)).text(strata[h].label);
        row.text(size_class_name(firm.size_class)).text(area_name(firm)).text(industries()[firm.industry].division);
        row.integer(std::max<std::int64_t>(1, std::llround(firm.base_employment)));
        write_answers(file, answers_of(world, number));
        file.row().number(allocation->strata[h].weight).integer(strata[h].population);
        file.end_row();
    }
    TWINFIRM_TRY(file.finish());
    TWINFIRM_TRY(truth.write(truth_path));
    return static_cast<std::int64_t>(drawn.size());
}

}  // namespace twinfirm::demo
