// SPDX-License-Identifier: GPL-3.0-or-later
#include "population.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace twinfirm::demo {

namespace {

// Growth of the whole economy in each year, used over and over for longer panels; made up.
constexpr std::array<double, 8> sales_growth{0.012, 0.012, 0.008, 0.004, 0.008, 0.024, 0.012, 0.004};
constexpr double employment_growth = 0.003;

// Shocks are larger in small firms, by size class.
constexpr std::array<double, size_classes> sales_shock{0.17, 0.11, 0.09, 0.08};
constexpr std::array<double, size_classes> employment_shock{0.09, 0.06, 0.05, 0.04};
constexpr double sales_persistence = 0.6;
constexpr double employment_persistence = 0.7;
constexpr double sales_follow_employment = 0.4;

constexpr double hidden_growth = 0.010;

constexpr std::array<double, size_classes> closing_hazard{0.034, 0.026, 0.020, 0.012};
constexpr std::array<double, size_classes> accident_level{0.0088, 0.0080, 0.0068, 0.0050};
constexpr double accident_decline = 0.03;

double stationary_sd(double shock, double persistence) {
    return shock / std::sqrt(1 - persistence * persistence);
}

std::int64_t whole(double value, std::int64_t least) {
    return std::max(least, static_cast<std::int64_t>(std::floor(value + 0.5)));
}

}  // namespace

Population::Population(const DemoOptions& options)
    : seed_(options.seed),
      first_year_(options.first_year),
      last_year_(options.last_year),
      years_(static_cast<std::size_t>(options.last_year - options.first_year + 1)),
      firms_(make_register(options)),
      log_sales_(firms_.size() * years_),
      log_employment_(firms_.size() * years_),
      log_export_share_(firms_.size() * years_),
      closing_(firms_.size()) {
    for (std::size_t firm = 0; firm < firms_.size(); ++firm) {
        draw_path(options, firm);
        closing_[firm] = static_cast<std::int16_t>(draw_closing(firm, 0));
    }
}

void Population::draw_path(const DemoOptions& options, std::size_t firm) {
    Random random = firm_random(options.seed, firm, Purpose::path);
    const Firm& traits = firms_[firm];
    const auto size_class = static_cast<std::size_t>(traits.size_class);
    const double sales_trend = 0.012 * random.normal() + hidden_growth * options.hidden * traits.hidden_trait;
    const double employment_trend = 0.006 * random.normal();
    double employment_part = stationary_sd(employment_shock[size_class], employment_persistence) * random.normal();
    double sales_part = stationary_sd(sales_shock[size_class], sales_persistence) * random.normal();
    double economy = 0;
    for (std::size_t t = 0; t < years_; ++t) {
        const auto elapsed = static_cast<double>(t);
        if (t > 0) {
            economy += sales_growth[t % sales_growth.size()];
            employment_part = employment_persistence * employment_part + employment_shock[size_class] * random.normal();
            sales_part = sales_persistence * sales_part + sales_shock[size_class] * random.normal();
        }
        const double log_base = std::log(traits.base_employment);
        const std::size_t at = firm * years_ + t;
        log_employment_[at] = log_base + (employment_growth + employment_trend) * elapsed + employment_part;
        log_sales_[at] = log_base + traits.sales_per_worker + economy + sales_trend * elapsed + sales_part +
                         sales_follow_employment * employment_part;
        if (traits.export_share > 0) {
            log_export_share_[at] = static_cast<float>(std::log(traits.export_share) + 0.15 * random.normal());
        }
    }
}

int Population::draw_closing(std::size_t firm, int adoption_year) const {
    Random random = firm_random(seed_, firm, Purpose::closing);
    const double hazard = closing_hazard[static_cast<std::size_t>(firms_[firm].size_class)];
    for (int year = first_year_ + 1; year <= last_year_; ++year) {
        const double draw = random.uniform();
        if (year <= firms_[firm].founded + 1) continue;
        const bool adopted = adoption_year != 0 && year > adoption_year;
        if (draw < (adopted ? 0.5 * hazard : hazard)) return year;
    }
    return 0;
}

int Population::closing_year(std::size_t firm, int adoption_year) const {
    return adoption_year == 0 ? closing_[firm] : draw_closing(firm, adoption_year);
}

bool Population::alive(std::size_t firm, int year, int adoption_year) const {
    const int closing = closing_year(firm, adoption_year);
    return firms_[firm].founded <= year && (closing == 0 || year < closing);
}

FirmYear Population::observe(std::size_t firm, int year, const LogEffect& effect) const {
    const std::size_t at = cell(firm, year);
    FirmYear shown;
    shown.sales = whole(std::exp(log_sales_[at] + effect.sales), 1);
    shown.employment = whole(std::exp(log_employment_[at] + effect.employment), 1);
    if (firms_[firm].export_share > 0) {
        const double log_share = std::min(0.0, static_cast<double>(log_export_share_[at]));
        shown.exports = std::min(shown.sales, whole(std::exp(log_sales_[at] + log_share + effect.exports), 0));
    }
    return shown;
}

double Population::accident_rate(std::size_t firm, int year, const LogEffect& effect) const {
    const double level = accident_level[static_cast<std::size_t>(firms_[firm].size_class)];
    return level * std::exp(-accident_decline * (year - first_year_) + effect.accidents);
}

}  // namespace twinfirm::demo
