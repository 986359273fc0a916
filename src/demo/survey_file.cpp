// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "files.h"
#include "table_file.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::demo {

namespace {

// Mean improvement by size band and level, tuned to the released means over all, under ten employees and level 4.
constexpr double productivity_gain = 0.297;
constexpr double defect_reduction = 0.437;
constexpr double cost_reduction = 0.150;
constexpr double delivery_gain = 0.160;
constexpr std::array<double, 5> productivity_by_band{1.32, 1.02, 0.93, 0.90, 0.85};
constexpr std::array<double, 5> defect_by_band{1.08, 1.01, 0.98, 0.97, 0.95};
constexpr std::array<double, 5> cost_by_band{1.95, 1.02, 0.85, 0.80, 0.75};
constexpr std::array<double, 5> delivery_by_band{1.45, 1.00, 0.92, 0.90, 0.88};
constexpr std::array<double, 4> productivity_by_level{1.05, 1.02, 0.86, 0.95};
constexpr std::array<double, 4> defect_by_level{0.98, 1.00, 1.03, 1.29};
constexpr std::array<double, 4> cost_by_level{0.95, 1.00, 1.06, 2.95};
constexpr std::array<double, 4> delivery_by_level{0.97, 1.00, 1.04, 1.68};

struct Answers {
    double productivity_before = 0;
    double productivity_after = 0;
    double defects_before = 0;
    double defects_after = 0;
    std::int64_t cost_before = 0;
    std::int64_t cost_after = 0;
    double delivery_before = 0;
    double delivery_after = 0;
};

Answers draw_answers(const World& world, const Adoption& adoption) {
    Random random = firm_random(world.options.seed, adoption.firm, Purpose::survey);
    (void)random.uniform();  // the draw that decided whether the firm answers
    const auto band = static_cast<std::size_t>(adoption.size_band);
    const auto level = static_cast<std::size_t>(adoption.level - 1);
    const double scale = world.options.effect_scale;
    const auto improvement = [&](double mean, const auto& by_band, const auto& by_level) {
        return scale * mean * by_band[band] * by_level[level];
    };
    Answers answers;
    // Each firm measures its own way, so only the change can be compared between firms.
    answers.productivity_before = std::exp(3.6 + 0.8 * random.normal());
    const double gain = improvement(productivity_gain, productivity_by_band, productivity_by_level);
    answers.productivity_after = answers.productivity_before * (1 + gain) * std::exp(0.16 * random.normal() - 0.0128);
    answers.defects_before = std::clamp(std::exp(1.1 + 0.6 * random.normal()), 0.3, 25.0);
    const double fewer = improvement(defect_reduction, defect_by_band, defect_by_level) + 0.14 * random.normal();
    answers.defects_after = answers.defects_before * (1 - std::clamp(fewer, -0.3, 0.95));
    const double unit_cost = std::exp(8.5 + 1.0 * random.normal());
    const double cheaper = improvement(cost_reduction, cost_by_band, cost_by_level) + 0.06 * random.normal();
    answers.cost_before = std::max<std::int64_t>(100, std::llround(unit_cost));
    answers.cost_after = std::llround(static_cast<double>(answers.cost_before) * (1 - std::clamp(cheaper, -0.2, 0.8)));
    answers.delivery_before = std::clamp(76 + 7 * random.normal(), 50.0, 90.0);
    const double sooner = improvement(delivery_gain, delivery_by_band, delivery_by_level) + 0.04 * random.normal();
    answers.delivery_after = std::clamp(answers.delivery_before * (1 + sooner), 0.0, 100.0);
    return answers;
}

}  // namespace

Result<std::int64_t> write_survey(const World& world, const std::filesystem::path& path) {
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"기업ID", "생산성(도입전)", "생산성(도입후)", "불량률(도입전)", "불량률(도입후)",
                             "원가(도입전)", "원가(도입후)", "납기준수율(도입전)", "납기준수율(도입후)"}) {
        file.row().text(name);
    }
    file.end_row();
    std::int64_t respondents = 0;
    for (const Adoption& adoption : world.adoptions) {
        if (!adoption.answered) continue;
        ++respondents;
        const Answers answers = draw_answers(world, adoption);
        Random dirt = firm_random(world.options.seed, adoption.firm, Purpose::dirt);
        CsvWriter& row = file.row().text(firm_id(adoption.firm));
        const auto pair = [&](const std::string& before, const std::string& after) {
            const bool refused = world.options.dirty && dirt.uniform() < 0.03;
            row.text(before).text(refused ? "무응답" : after);
        };
        pair(fixed_text(answers.productivity_before, 1), fixed_text(answers.productivity_after, 1));
        pair(fixed_text(answers.defects_before, 2), fixed_text(answers.defects_after, 2));
        pair(integer_text(answers.cost_before), integer_text(answers.cost_after));
        pair(fixed_text(answers.delivery_before, 1), fixed_text(answers.delivery_after, 1));
        file.end_row();
    }
    TWINFIRM_TRY(file.finish());
    return respondents;
}

}  // namespace twinfirm::demo
