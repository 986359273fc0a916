// SPDX-License-Identifier: GPL-3.0-or-later
#include "adoption.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace twinfirm::demo {

namespace {

// 2014 to 2017; only the sum and the cumulative number of 2014 are public.
constexpr std::array<std::int64_t, 4> cohort_sizes{277, 963, 1560, 2203};
constexpr std::int64_t smallest_cohort = 48;

// Shares of adopters by size band; the real mix is not public, these give the released mean employment of about 71.
constexpr std::array<double, 5> band_shares{0.120, 0.420, 0.253, 0.182, 0.025};
constexpr std::array<double, 5> band_slopes{1.0, 0.9, 0.6, 0.4, 0.0};  // of log employment within a band

constexpr std::array<double, 4> level_shares{0.470, 0.317, 0.203, 0.010};
constexpr double response_rate = 0.789;

constexpr std::array<double, 5> band_effects{0.095, 0.062, 0.050, 0.045, 0.030};
constexpr std::array<double, 4> level_effects{0.85, 1.0, 1.25, 1.5};
constexpr std::array<double, 5> effect_path{0.4, 0.8, 1.1, 1.3, 1.4};

constexpr std::array<double, 6> solution_shares{0.46, 0.22, 0.08, 0.07, 0.05, 0.12};

int band_of(std::int64_t employment) {
    int band = 0;
    while (band + 1 < 5 && employment >= size_band_edges[band + 1]) ++band;
    return band;
}

// Splits `total` by shares into whole numbers that add up (largest remainder, the earlier share first on ties).
template <std::size_t n>
std::array<std::int64_t, n> apportion(std::int64_t total, const std::array<double, n>& shares) {
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::array<std::int64_t, n> parts{};
    std::array<double, n> remainders{};
    std::int64_t given = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double exact = static_cast<double>(total) * shares[i] / sum;
        parts[i] = static_cast<std::int64_t>(exact);
        remainders[i] = exact - static_cast<double>(parts[i]);
        given += parts[i];
    }
    for (; given < total; ++given) {
        const auto largest = std::max_element(remainders.begin(), remainders.end());
        ++parts[static_cast<std::size_t>(largest - remainders.begin())];
        *largest = -1;
    }
    return parts;
}

std::vector<std::int64_t> cohort_counts(std::int64_t adopters, std::size_t cohorts) {
    std::array<double, 4> shares{};
    for (std::size_t c = 0; c < cohorts; ++c) shares[c] = static_cast<double>(cohort_sizes[c]);
    const auto proportional = apportion(adopters, shares);
    // A cohort of a handful could not be matched on its own, so the first ones get a floor in small registers.
    const std::int64_t floor = std::min(smallest_cohort, adopters / static_cast<std::int64_t>(2 * cohorts));
    std::vector<std::int64_t> counts(proportional.begin(), proportional.begin() + static_cast<long>(cohorts));
    for (std::size_t c = 0; c + 1 < cohorts; ++c) {
        const std::int64_t lacking = std::max<std::int64_t>(0, floor - counts[c]);
        counts[c] += lacking;
        counts.back() -= lacking;
    }
    return counts;
}

struct Candidate {
    std::size_t firm = 0;
    double appeal = 0;
};

// Log-odds of adoption, but for the size band's constant: from what the files show of g-1 and g-2.
double appeal(const DemoOptions& options, const Population& population, std::size_t firm, int year, int band) {
    const FirmYear before = population.observe(firm, year - 1);
    const FirmYear earlier = population.observe(firm, year - 2);
    const Firm& traits = population.firms()[firm];
    const double log_sales = std::log(static_cast<double>(before.sales));
    const double log_employment = std::log(static_cast<double>(before.employment));
    double growth = log_sales - std::log(static_cast<double>(earlier.sales));
    if (options.same_year_selection) {
        growth = 3 * (std::log(static_cast<double>(population.observe(firm, year).sales)) - log_sales);
    }
    return band_slopes[static_cast<std::size_t>(band)] * log_employment + 0.35 * (log_sales - log_employment) +
           1.2 * growth + 0.3 * (before.exports > 0) + 0.3 * (traits.rnd_ratio > 0) +
           0.008 * (year - 1 - traits.founded) + industries()[traits.industry].adoption +
           0.5 * options.hidden * traits.hidden_trait;
}

// Adds the adopters of one year. Adding Gumbel noise to the log-odds and taking the largest draws without replacement
// with probabilities in proportion to the odds.
void draw_cohort(const DemoOptions& options, const Population& population, std::size_t cohort, int year,
                 std::int64_t count, std::vector<int>& adopted_in, std::vector<Adoption>& adoptions) {
    std::array<std::vector<Candidate>, 5> candidates;
    for (std::size_t firm = 0; firm < population.firms().size(); ++firm) {
        const bool eligible =
            adopted_in[firm] == 0 && population.firms()[firm].founded <= year - 2 && population.alive(firm, year);
        if (!eligible) continue;
        const int band = band_of(population.observe(firm, year - 1).employment);
        Random random = firm_random(options.seed, firm, Purpose::selection, cohort);
        const double uniform = std::max(random.uniform(), 0x1.0p-54);  // never 0
        const double gumbel = -std::log(-std::log(uniform));
        candidates[static_cast<std::size_t>(band)].push_back(
            {firm, appeal(options, population, firm, year, band) + gumbel});
    }
    const auto counts = apportion(count, band_shares);
    for (std::size_t band = 0; band < counts.size(); ++band) {
        auto& pool = candidates[band];
        // At most a third of a band in a year: the rest must be there to compare with.
        const std::size_t chosen = std::min(static_cast<std::size_t>(counts[band]), pool.size() / 3);
        std::sort(pool.begin(), pool.end(), [](const Candidate& a, const Candidate& b) {
            return a.appeal != b.appeal ? a.appeal > b.appeal : a.firm < b.firm;
        });
        for (std::size_t i = 0; i < chosen; ++i) {
            adopted_in[pool[i].firm] = year;
            Adoption adoption;
            adoption.firm = pool[i].firm;
            adoption.year = year;
            adoption.size_band = static_cast<int>(band);
            adoptions.push_back(adoption);
        }
    }
}

// Gives the adopters levels in the released shares; larger firms tend to reach higher ones.
void draw_levels(const DemoOptions& options, std::vector<Adoption>& adoptions) {
    std::vector<Candidate> ranking;
    for (std::size_t i = 0; i < adoptions.size(); ++i) {
        Random random = firm_random(options.seed, adoptions[i].firm, Purpose::level);
        ranking.push_back({i, -0.3 * adoptions[i].size_band - random.normal()});
    }
    std::sort(ranking.begin(), ranking.end(), [](const Candidate& a, const Candidate& b) {
        return a.appeal != b.appeal ? a.appeal > b.appeal : a.firm < b.firm;
    });
    const auto counts = apportion(static_cast<std::int64_t>(adoptions.size()), level_shares);
    std::size_t next = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        for (std::int64_t i = 0; i < counts[level]; ++i)
            adoptions[ranking[next++].firm].level = static_cast<int>(level) + 1;
    }
}

void draw_answers(const DemoOptions& options, std::vector<Adoption>& adoptions) {
    std::vector<Candidate> ranking;
    for (std::size_t i = 0; i < adoptions.size(); ++i) {
        Random random = firm_random(options.seed, adoptions[i].firm, Purpose::survey);
        ranking.push_back({i, random.uniform()});
    }
    std::sort(ranking.begin(), ranking.end(), [](const Candidate& a, const Candidate& b) {
        return a.appeal != b.appeal ? a.appeal < b.appeal : a.firm < b.firm;
    });
    const auto answers = static_cast<std::size_t>(response_rate * static_cast<double>(adoptions.size()) + 0.5);
    for (std::size_t i = 0; i < answers; ++i) adoptions[ranking[i].firm].answered = true;
}

void draw_project(const DemoOptions& options, Adoption& adoption) {
    Random random = firm_random(options.seed, adoption.firm, Purpose::effect);
    const double own = 1 + 0.25 * random.normal();
    adoption.strength = options.effect_scale * own * band_effects[static_cast<std::size_t>(adoption.size_band)] *
                        level_effects[static_cast<std::size_t>(adoption.level - 1)];
    const bool started = random.uniform() < 0.25;
    adoption.level_before = started ? static_cast<int>(random.below(static_cast<std::uint64_t>(adoption.level))) : 0;
    double left = random.uniform();
    while (adoption.solution + 1U < solution_shares.size() && left >= solution_shares[adoption.solution]) {
        left -= solution_shares[adoption.solution++];
    }
    adoption.programme = random.uniform() < 0.62 ? 0 : 1;
    adoption.supplier = 1 + static_cast<int>(random.below(400));
    adoption.grant = 15 + 5 * static_cast<std::int64_t>(random.below(8)) + 15 * (adoption.level - 1);
    adoption.total_cost = adoption.grant * 2 + static_cast<std::int64_t>(random.below(60));
}

}  // namespace

std::string_view solution_name(std::uint8_t solution) {
    constexpr std::array<std::string_view, 6> names{"MES", "ERP", "PLM", "SCM", "FEMS", "공정자동화"};
    return names[solution];
}

std::string_view programme_name(std::uint8_t programme) {
    return programme == 0 ? std::string_view("정부형") : std::string_view("민간협력형");
}

std::vector<int> cohort_years(const DemoOptions& options) {
    std::vector<int> years;
    for (int year = options.first_year + 2; year <= std::min(options.first_year + 5, options.last_year); ++year) {
        years.push_back(year);
    }
    return years;
}

std::vector<Adoption> draw_adoptions(const DemoOptions& options, const Population& population) {
    const std::vector<int> years = cohort_years(options);
    const std::vector<std::int64_t> counts = cohort_counts(adopter_count(options.firms), years.size());
    std::vector<int> adopted_in(population.firms().size(), 0);
    std::vector<Adoption> adoptions;
    for (std::size_t c = 0; c < years.size(); ++c) {
        draw_cohort(options, population, c, years[c], counts[c], adopted_in, adoptions);
    }
    std::sort(adoptions.begin(), adoptions.end(), [](const Adoption& a, const Adoption& b) { return a.firm < b.firm; });
    draw_levels(options, adoptions);
    draw_answers(options, adoptions);
    for (Adoption& adoption : adoptions) draw_project(options, adoption);
    return adoptions;
}

LogEffect effect_in_year(const Adoption& adoption, int year) {
    LogEffect effect;
    if (adoption.year == 0 || year < adoption.year) return effect;
    const auto elapsed = static_cast<std::size_t>(year - adoption.year);
    const double path = effect_path[std::min(elapsed, effect_path.size() - 1)];
    effect.sales = adoption.strength * path;
    effect.exports = 1.2 * effect.sales;
    effect.employment = 0.6 * effect.sales;
    effect.accidents = -2.6 * effect.sales;
    return effect;
}

}  // namespace twinfirm::demo
