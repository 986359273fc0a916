// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/demo/demo_panel.h"

#include <limits>

#include "demo_options.h"
#include "files.h"

namespace twinfirm::demo {

Result<DemoPanel> demo_panel(const DemoOptions& options) {
    TWINFIRM_TRY(check_options(options));
    const Population population(options);
    const std::vector<Adoption> adoptions = draw_adoptions(options, population);
    const std::size_t firms = population.firms().size();
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    constexpr double million = 1e6;
    std::vector<std::string> ids;
    for (std::size_t firm = 0; firm < firms; ++firm) ids.push_back(firm_id(firm));
    DemoPanel result{stats::Panel(std::move(ids), options.first_year, options.last_year), {}};
    stats::Panel& panel = result.panel;
    panel.adoption_year.assign(firms, 0);
    panel.level.assign(firms, 0);
    std::vector<Adoption> of_firm(firms);
    for (const Adoption& adoption : adoptions) {
        of_firm[adoption.firm] = adoption;
        panel.adoption_year[adoption.firm] = adoption.year;
        panel.level[adoption.firm] = adoption.level;
    }
    const std::size_t years = panel.years();
    std::vector<double> sales(firms * years, missing);
    std::vector<double> exports(firms * years, missing);
    std::vector<double> employment(firms * years, missing);
    result.effect.assign(firms * years, missing);
    std::vector<double> founded;
    std::vector<double> research;
    std::vector<std::string> ksic;
    std::vector<std::string> region;
    for (std::size_t firm = 0; firm < firms; ++firm) {
        const Firm& traits = population.firms()[firm];
        founded.push_back(traits.founded);
        research.push_back(traits.rnd_ratio > 0 ? 1 : 0);
        ksic.emplace_back(industries()[traits.industry].codes[traits.code]);
        region.emplace_back(region_names()[traits.region]);
        const Adoption& adoption = of_firm[firm];
        for (std::size_t y = 0; y < years; ++y) {
            const int year = options.first_year + static_cast<int>(y);
            const std::size_t at = firm * years + y;
            if (!population.alive(firm, year, adoption.year)) continue;
            const LogEffect effect = effect_in_year(adoption, year);
            const FirmYear shown = population.observe(firm, year, effect);
            sales[at] = static_cast<double>(shown.sales) * million;
            exports[at] = static_cast<double>(shown.exports) * million;
            employment[at] = static_cast<double>(shown.employment);
            if (adoption.year != 0 && year >= adoption.year) result.effect[at] = effect.sales;
        }
    }
    panel.add_variable("sales", std::move(sales));
    panel.add_variable("export", std::move(exports));
    panel.add_variable("emp", std::move(employment));
    panel.attributes().add(stats::Column::numbers("founded", std::move(founded)));
    panel.attributes().add(stats::Column::numbers("rnd", std::move(research)));
    panel.attributes().add(stats::Column::from_texts("ksic", ksic));
    panel.attributes().add(stats::Column::from_texts("sido", region));
    return result;
}

}  // namespace twinfirm::demo
