// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "files.h"
#include "table_file.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::demo {

namespace {

struct PanelRow {
    FirmYear shown;
    std::int64_t profit = 0;
    std::int64_t assets = 0;
    std::int64_t rnd = 0;
    std::int64_t injured = 0;
    std::int64_t regular = 0;
    std::int64_t labour_cost = 0;
    std::int64_t value_added = 0;
};

std::int64_t rounded(double value) {
    return static_cast<std::int64_t>(std::floor(value + 0.5));
}

// What a firm's jobs and accounts are like; adoption leaves it as it is.
struct Accounts {
    double regular_share = 0;
    double log_wage = 0;  ///< million won a head in the first year
    double value_added_ratio = 0;
    Random random;

    Accounts(const World& world, std::size_t firm)
        : random(firm_random(world.options.seed + 1, firm, Purpose::extras)) {
        const auto size = static_cast<double>(world.population.firms()[firm].size_class);
        regular_share = 0.82 + 0.03 * size + 0.08 * random.uniform();
        log_wage = 3.3 + 0.12 * size + 0.2 * random.normal();
        value_added_ratio = 0.24 + 0.16 * random.uniform();
    }
};

// The columns beside sales, exports and employment; `extras` is the firm's own stream, one call a year.
PanelRow make_row(const World& world, std::size_t firm, int year, const LogEffect& effect, Random& extras,
                  Accounts& accounts) {
    const Firm& traits = world.population.firms()[firm];
    PanelRow row;
    row.shown = world.population.observe(firm, year, effect);
    const auto sales = static_cast<double>(row.shown.sales);
    row.profit = rounded(sales * (traits.margin + 0.04 * extras.normal()));
    row.assets = std::max<std::int64_t>(1, rounded(sales * std::exp(-0.2 + 0.15 * extras.normal())));
    row.rnd = rounded(sales * traits.rnd_ratio * std::exp(0.2 * extras.normal()));
    const double rate = world.population.accident_rate(firm, year, effect);
    row.injured = std::min(row.shown.employment, extras.poisson(rate * static_cast<double>(row.shown.employment)));
    const auto employment = static_cast<double>(row.shown.employment);
    const double regular = employment * (accounts.regular_share + 0.02 * accounts.random.normal());
    row.regular = std::clamp<std::int64_t>(rounded(regular), 0, row.shown.employment);
    const double wage =
        std::exp(accounts.log_wage + 0.03 * (year - world.population.first_year()) + 0.05 * accounts.random.normal());
    row.labour_cost = std::max<std::int64_t>(1, rounded(employment * wage));
    row.value_added = std::max<std::int64_t>(
        1, rounded(sales * accounts.value_added_ratio * std::exp(0.06 * accounts.random.normal())));
    return row;
}

std::string with_thousands(std::int64_t value) {
    std::string digits = integer_text(value < 0 ? -value : value);
    for (auto at = static_cast<std::int64_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return value < 0 ? "△" + digits : digits;
}

void write_row(CsvWriter& out, std::size_t firm, int year, const PanelRow& row) {
    out.text(firm_id(firm)).integer(year).integer(row.shown.sales).integer(row.shown.exports);
    out.integer(row.shown.employment).integer(row.profit).integer(row.assets).integer(row.rnd).integer(row.injured);
    out.integer(row.regular).integer(row.labour_cost).integer(row.value_added);
}

// One firm in twenty came from a supplier of data that counts in thousand won.
void write_dirty_row(CsvWriter& out, std::size_t firm, int year, const PanelRow& row, double luck) {
    const std::int64_t unit = firm % 20 == 7 ? 1000 : 1;
    out.text(firm_id(firm)).integer(year);
    if (luck < 0.02) {
        out.missing();
    } else if (luck < 0.04) {
        out.text("-");
    } else {
        out.text(with_thousands(row.shown.sales * unit));
    }
    out.text(with_thousands(row.shown.exports * unit)).text(with_thousands(row.shown.employment));
    out.text(with_thousands(row.profit * unit)).text(with_thousands(row.assets * unit));
    out.text(with_thousands(row.rnd * unit)).integer(row.injured).integer(row.regular);
    out.text(with_thousands(row.labour_cost * unit)).text(with_thousands(row.value_added * unit));
}

void write_header(TableFile& file, bool dirty) {
    if (dirty) {
        file.line("중소제조업 연도별 재무·고용 현황 (가상 자료)");
        file.line("");
        file.line("(단위: 백만원, 명)");
        for (const char* name : {"기업ID", "연도", "매출액", "수출액", "종업원수", "영업이익", "총자산", "연구개발비",
                                 "재해자수", "상용근로자수", "인건비", "부가가치"}) {
            file.row().text(name);
        }
    } else {
        for (const char* name :
             {"기업ID", "연도", "매출액(백만원)", "수출액(백만원)", "종업원수", "영업이익(백만원)", "총자산(백만원)",
              "연구개발비(백만원)", "재해자수", "상용근로자수", "인건비(백만원)", "부가가치(백만원)"}) {
            file.row().text(name);
        }
    }
    file.end_row();
}

}  // namespace

Result<std::int64_t> write_panel(const World& world, const std::filesystem::path& path, const CancellationToken& token,
                                 const ProgressSink& progress) {
    const Population& population = world.population;
    const bool dirty = world.options.dirty;
    TableFile file(path, dirty ? FileEncoding::cp949 : FileEncoding::utf8_with_mark);
    write_header(file, dirty);
    std::int64_t rows = 0;
    for (std::size_t firm = 0; firm < population.firms().size(); ++firm) {
        if (firm % 4096 == 0) {
            report_progress(progress, "demo_files",
                            static_cast<double>(firm) / static_cast<double>(population.firms().size()));
            TWINFIRM_TRY(token.check());
        }
        const std::int32_t place = world.adoption_of[firm];
        const Adoption adoption = place < 0 ? Adoption{} : world.adoptions[static_cast<std::size_t>(place)];
        Random extras = firm_random(world.options.seed, firm, Purpose::extras);
        Accounts accounts(world, firm);
        Random dirt = firm_random(world.options.seed, firm, Purpose::dirt);
        for (int year = population.first_year(); year <= population.last_year(); ++year) {
            const PanelRow row = make_row(world, firm, year, effect_in_year(adoption, year), extras, accounts);
            if (!population.alive(firm, year, adoption.year)) continue;
            ++rows;
            if (!dirty) {
                write_row(file.row(), firm, year, row);
                file.end_row();
                continue;
            }
            const double luck = dirt.uniform();
            const int copies = dirt.uniform() < 0.005 ? 2 : 1;
            for (int copy = 0; copy < copies; ++copy) {
                write_dirty_row(file.row(), firm, year, row, luck);
                file.end_row();
            }
        }
    }
    if (dirty) {
        file.line("주) 종업원수는 고용보험 피보험자 기준");
        file.line("자료: 가상 자료");
    }
    TWINFIRM_TRY(file.finish());
    return rows;
}

}  // namespace twinfirm::demo
