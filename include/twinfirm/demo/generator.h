// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"

namespace twinfirm::demo {

/// What the synthetic ministry files shall be like.
struct DemoOptions {
    std::int64_t firms = 163273;  ///< size of the register, 100 to 2,000,000
    std::uint64_t seed = 1;
    int first_year = 2012;  ///< first and last year of the panel; 4 to 20 years
    int last_year = 2019;
    bool dirty = false;       ///< the ways in which real files go wrong, see below
    double effect_scale = 1;  ///< multiplies every true effect; 0 = adoption does nothing. 0 to 10
    /// Strength, 0 to 10, of a trait that nobody measured and that raises both the chance of adoption and the growth of
    /// sales: above 0 no matching on the files' columns can be right.
    double hidden = 0;
    /// Adoption depends on the growth of the year of adoption itself instead of the year before: matching on g-1 is
    /// then wrong, and flat leads do not reveal it.
    bool same_year_selection = false;
    /// A table of adoptions besides the register: 8 % of the adopters adopt again after two or three years (or in the
    /// last year) and reach a higher level. The second project has no effect of its own. Nothing else changes.
    bool events = false;
    /// A status survey besides: 5,000 factories of the register (a quarter of it where that is fewer), drawn from
    /// strata of size and area by root allocation, with weights, and the true values of the whole register; and a
    /// survey study with suppliers, technology level, market and best practice.
    bool status_survey = false;
};

/// The files written and what they hold.
struct DemoFiles {
    std::filesystem::path firms;                ///< register, one row a firm
    std::filesystem::path panel;                ///< one row a firm and year
    std::filesystem::path survey;               ///< process indicators of the adopters that answered
    std::filesystem::path truth;                ///< true effects, one row an adopter and year since adoption
    std::filesystem::path truth_average;        ///< their means by cohort and year since adoption
    std::filesystem::path adoptions;            ///< one row an adoption; empty without DemoOptions::events
    std::filesystem::path status_survey;        ///< one row a factory drawn; empty without DemoOptions::status_survey
    std::filesystem::path status_survey_truth;  ///< item, level, by_column, by, value over the whole register
    std::filesystem::path survey_study;         ///< its specification; the files that it names lie beside it
    std::filesystem::path study;                ///< study.json: the files and the recommended specification
    std::filesystem::path full_study;           ///< study_full.json: the same files, everything that can be asked
    std::int64_t firm_count = 0;
    std::int64_t panel_rows = 0;  ///< firm-years; the dirty file repeats some of them
    std::int64_t adopters = 0;
    std::int64_t respondents = 0;
    std::int64_t adoption_rows = 0;
    std::int64_t status_survey_rows = 0;
};

/// Writes a made-up register, panel and survey with known true effects into `directory` (made if it is not there).
///
/// The model, in logs, for firm i and year t; the numbers are tuned so that the naive figures resemble those the
/// ministry released in 2019 (30.0 / 43.5 / 15.9 / 15.5 % for productivity, quality, cost and delivery; mean employment
/// of adopters about 70; levels 78.7 / 20.3 / 1.0 %), which says nothing about the true effects of the real programme:
///
///     ln sales(i,t) = a(i) + m(t) + b(i) t + v(i,t) + tau(i,k),   v: AR(1), so that chance passes and firms regress
///     tau(i,k)      = scale * size(i) * level(i) * path(k) * (1 + e(i)),  path = 0.4, 0.8, 1.1, 1.3, 1.4, ... growing
///
/// with k the years since adoption; employment, exports and accidents move with tau. Adopters of year g are drawn
/// within employment bands by employment, sales per worker, growth of sales, R&D, exports, age and industry of g-1 and
/// earlier, as the files show them, plus noise: conditional on those, matched difference-in-differences is unbiased.
/// (R&D and industry do not move growth; but of two firms with equal sales that of the richer industry had a bad year.)
///
/// Adopters: 5,003 in 163,273 firms (2014-2017: 277, 963, 1,560, 2,203), in proportion for other numbers but at least
/// min(400, 13 % of the firms). Where that floor binds the register holds more middle-sized firms than the country
/// does, as a sample drawn for an evaluation would: else the adopters would have no firms like them. Cohorts are the
/// third to the sixth year of the panel.
///
/// Business registration numbers carry the unassigned middle digits 00 and belong to nobody.
///
/// `dirty` writes what such files look like in practice: CP949, title and unit lines, footnotes, thousands separators,
/// △ for negative numbers, 4 % missing sales, one batch of firms in thousand won instead of million, rows twice,
/// several industry codes in a cell, dates and levels in several spellings. The truth files and study.json stay clean.
///
/// The same options give the same bytes: all draws come from twinfirm::Random with a stream for each firm, and results
/// of the mathematical library (exact to about 1e-16) reach the files only rounded to the unit of the column, so that
/// they do not depend on the processor.
///
/// Cost: O(firms x years); about 2 s for the default.
/// Errors: `demo_option_range` (usage), `disk_full`, `file_not_writable`, `cancelled`.
[[nodiscard]] Result<DemoFiles> generate_demo(const DemoOptions& options, const std::filesystem::path& directory,
                                              const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::demo
