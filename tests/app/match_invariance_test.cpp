// SPDX-License-Identifier: GPL-3.0-or-later
// The files of `match` have the same bytes for any number of threads, order of the rows and columns, and locale: every
// method, score, weighting and error.

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "twinfirm/app/match_file.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/random.h"

namespace twinfirm::app {

namespace {

using design::MatchMethod;
using evaluation::OutcomeAdjustment;
using evaluation::StandardError;

/// A way of matching and estimating.
struct Way {
    std::string name;
    design::MatchingSettings settings;
    OutcomeAdjustment adjustment = OutcomeAdjustment::none;
    StandardError error = StandardError::automatic;
    std::string cluster{};
};

design::MatchingSettings by(MatchMethod method) {
    design::MatchingSettings settings;
    settings.method = method;
    return settings;
}

std::vector<Way> ways() {
    std::vector<Way> all;
    const auto add = [&](const std::string& name, MatchMethod method, auto set) -> Way& {
        all.push_back({name, by(method)});
        set(all.back().settings);
        return all.back();
    };
    const auto plain = [](design::MatchingSettings&) {};
    using Settings = design::MatchingSettings;
    for (const auto order : {design::MatchOrder::largest, design::MatchOrder::smallest, design::MatchOrder::closest,
                             design::MatchOrder::farthest, design::MatchOrder::random}) {
        add("nearest order " + std::to_string(static_cast<int>(order)), MatchMethod::nearest, [&](Settings& s) {
            s.order = order;
            s.caliper = 0.25;
            s.ratio = 2;
        });
    }
    add("replace", MatchMethod::nearest, [](Settings& s) { s.replace = true; });
    add("bias corrected", MatchMethod::nearest, [](Settings& s) { s.replace = s.keep_ties = true; }).adjustment =
        OutcomeAdjustment::bias;
    add("estimated score", MatchMethod::nearest, [](Settings& s) {
        s.replace = true;
        s.estimand = design::Estimand::ate;
    }).error = StandardError::ai_estimated;
    add("bootstrap", MatchMethod::nearest, plain).error = StandardError::bootstrap;
    add("permutation", MatchMethod::nearest, plain).error = StandardError::permutation;
    add("by cluster", MatchMethod::nearest, plain).cluster = "region";
    add("regression", MatchMethod::optimal, [](Settings& s) { s.caliper = 0.2; }).adjustment =
        OutcomeAdjustment::regression;
    add("optimal smallest caliper", MatchMethod::optimal, [](Settings& s) { s.smallest_caliper = true; });
    add("optimal mahalanobis", MatchMethod::optimal, [](Settings& s) { s.score = design::ScoreKind::mahalanobis; });
    add("mahalanobis", MatchMethod::nearest, [](Settings& s) { s.score = design::ScoreKind::mahalanobis; });
    add("robust mahalanobis", MatchMethod::nearest,
        [](Settings& s) { s.score = design::ScoreKind::robust_mahalanobis; });
    add("mahalanobis in a caliper", MatchMethod::nearest, [](Settings& s) {
        s.mahalanobis = {"sales", "age"};
        s.caliper = 0.5;
    });
    add("exact strata", MatchMethod::nearest, [](Settings& s) { s.exact = {"size"}; });
    add("probit", MatchMethod::nearest, [](Settings& s) { s.score = design::ScoreKind::linear_probit; });
    add("firth", MatchMethod::nearest, [](Settings& s) { s.score = design::ScoreKind::linear_firth; });
    add("full", MatchMethod::full, plain);
    add("full ate", MatchMethod::full, [](Settings& s) { s.estimand = design::Estimand::ate; });
    add("quick", MatchMethod::quick, plain);
    add("cem", MatchMethod::cem, [](Settings& s) {
        s.coarsenings = {{"sales", design::Coarsening::Rule::quantiles, 3, {}},
                         {"age", design::Coarsening::Rule::bins, 2, {}}};
    });
    add("cem k2k", MatchMethod::cem, [](Settings& s) {
        s.coarsenings = {{"sales", design::Coarsening::Rule::quantiles, 3, {}},
                         {"age", design::Coarsening::Rule::bins, 2, {}}};
        s.k2k = true;
    });
    add("exact", MatchMethod::exact, plain);
    add("subclass", MatchMethod::subclass, plain);
    add("kernel", MatchMethod::kernel, plain);
    add("none", MatchMethod::none, plain).adjustment = OutcomeAdjustment::regression;
    for (const auto weighting :
         {design::Weighting::ipw, design::Weighting::overlap, design::Weighting::entropy, design::Weighting::cbps}) {
        for (const auto estimand : {design::Estimand::att, design::Estimand::ate}) {
            add("weighting " + std::to_string(static_cast<int>(weighting)), MatchMethod::weighting, [&](Settings& s) {
                s.weighting = weighting;
                s.estimand = estimand;
            }).adjustment = estimand == design::Estimand::att ? OutcomeAdjustment::none : OutcomeAdjustment::aipw;
        }
    }
    return all;
}

struct Firms {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> columns{"firm", "sales", "age", "size", "region", "treated", "y"};

    [[nodiscard]] std::string csv(const std::vector<std::size_t>& row_order,
                                  const std::vector<std::size_t>& column_order) const {
        std::string text;
        const auto line = [&](const std::vector<std::string>& cells) {
            for (std::size_t i = 0; i < column_order.size(); ++i) {
                text += (i == 0 ? "" : ",") + cells[column_order[i]];
            }
            text += "\n";
        };
        line(columns);
        for (const std::size_t row : row_order) line(rows[row]);
        return text;
    }
};

Firms draw(std::size_t count) {
    Random random(20261122);
    Firms firms;
    for (std::size_t i = 0; i < count; ++i) {
        const double sales = std::exp(3 + random.normal());
        const auto age = static_cast<double>(random.below(25));  // with ties
        const std::string size = std::vector<std::string>{"micro", "small", "medium"}[random.below(3)];
        const bool adopter = random.uniform() < 1 / (1 + std::exp(3.2 - 0.6 * std::log(sales)));
        std::string id = "F";
        id.append(std::to_string(100000 + (i * 7919) % 90001));
        std::string region = "R";
        region.append(std::to_string(random.below(9)));
        firms.rows.push_back({id, shortest_text(sales), shortest_text(age), size, region, adopter ? "1" : "0",
                              shortest_text(10 + 0.3 * sales + age + (adopter ? 2 : 0) + random.normal())});
    }
    return firms;
}

std::string bytes_of(const std::filesystem::path& file) {
    const auto read = read_whole_file(file);
    EXPECT_TRUE(read) << file;
    return read ? *read : std::string();
}

/// What was written, the rows of the file named by their firms, and lines about rows in the order of these names.
struct Written {
    std::string numbers;
    std::vector<std::string> units;
    std::vector<std::string> pairs;

    friend bool operator==(const Written&, const Written&) = default;
};

class MatchInvariance : public TestFolder {
  protected:
    [[nodiscard]] Written run(const Way& way, const Firms& firms, const std::vector<std::size_t>& row_order,
                              const std::vector<std::size_t>& column_order, unsigned threads) const {
        MatchRequest request;
        request.file = folder_ / "data.csv";
        EXPECT_TRUE(write_file_atomically(request.file, firms.csv(row_order, column_order)));
        const bool exact = way.settings.method == MatchMethod::exact;
        request.formula = exact ? "treated ~ size + region" : "treated ~ sales + age + size";
        request.id = "firm";
        request.outcomes = {"y", "log(y)"};
        request.by = {"size"};
        if (way.error == StandardError::ai_estimated) request.by.clear();
        request.settings = way.settings;
        request.settings.seed = 5;
        request.adjustment = way.adjustment;
        request.error = way.error;
        request.cluster = way.cluster;
        request.replications = 99;
        request.balance_interactions = true;
        request.threads = threads;
        const auto done = match_file(request, folder_ / "out");
        EXPECT_TRUE(done) << way.name << ": " << done.error().code;
        Written written;
        if (!done) return written;
        for (const char* file : {"coefficients.csv", "balance.csv", "effects.csv"}) {
            written.numbers += bytes_of(folder_ / "out" / file);
        }
        const auto name = [&](const std::string& row) {
            return firms.rows[row_order[static_cast<std::size_t>(std::stoi(row)) - 1]][0];
        };
        const auto lines = [&](const char* file, std::size_t named) {
            std::vector<std::string> all;
            std::istringstream text(bytes_of(folder_ / "out" / file));
            std::string line;
            std::getline(text, line);
            while (std::getline(text, line)) {
                std::string key;
                for (std::size_t i = 0; i < named; ++i) {
                    const std::size_t comma = line.find(',');
                    key += name(line.substr(0, comma)) + " ";
                    line = line.substr(comma + 1);
                }
                all.push_back(key + line);
            }
            std::sort(all.begin(), all.end());
            return all;
        };
        written.units = lines("units.csv", 1);
        written.pairs = lines("pairs.csv", 2);
        return written;
    }
};

TEST_F(MatchInvariance, EveryMethodWritesTheSameBytes) {
    const Firms firms = draw(180);
    std::vector<std::size_t> rows(firms.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::vector<std::size_t> columns(firms.columns.size());
    std::iota(columns.begin(), columns.end(), std::size_t{0});
    Random random(4);
    int locales = 0;
    for (const Way& way : ways()) {
        const Written first = run(way, firms, rows, columns, 1);
        ASSERT_FALSE(first.numbers.empty()) << way.name;
        EXPECT_EQ(run(way, firms, rows, columns, 2), first) << way.name << ": 2 threads";
        EXPECT_EQ(run(way, firms, rows, columns, 4), first) << way.name << ": 4 threads";
        std::vector<std::size_t> shuffled = rows;
        random.shuffle(shuffled);
        std::vector<std::size_t> other_columns = columns;
        random.shuffle(other_columns);
        const std::string before = std::setlocale(LC_ALL, nullptr);
        for (const char* locale : {"ko_KR.UTF-8", "de_DE.UTF-8"}) {
            locales += std::setlocale(LC_ALL, locale) != nullptr ? 1 : 0;
            const Written other = run(way, firms, shuffled, other_columns, 2);
            std::setlocale(LC_ALL, before.c_str());
            EXPECT_EQ(other.numbers, first.numbers) << way.name << ": rows and columns in another order, " << locale;
            EXPECT_EQ(other.units, first.units) << way.name << ", " << locale;
            EXPECT_EQ(other.pairs, first.pairs) << way.name << ", " << locale;
        }
    }
    RecordProperty("locales", locales);
}

}  // namespace

}  // namespace twinfirm::app
