// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/conversion_rule.h"
#include "twinfirm/ingest/registration_number.h"

namespace twinfirm::ingest {

/// A cell that speaks against a type.
struct Offender {
    std::int64_t line = 0;  ///< 0 = none
    std::string text;
};

/// Cells that a rule would read which the analyst has to confirm.
struct RuleUse {
    std::int64_t count = 0;
    Offender first;
};

/// What all cells of one column have in common; filled row by row, of bounded size.
class ColumnProfile {
  public:
    static constexpr std::size_t words_kept = 64;
    static constexpr std::size_t odd_cells_kept = 60;

    ColumnProfile() = default;
    ColumnProfile(const ColumnProfile&) = delete;
    ColumnProfile& operator=(const ColumnProfile&) = delete;
    ColumnProfile(ColumnProfile&&) noexcept = default;
    ColumnProfile& operator=(ColumnProfile&&) noexcept = default;
    ~ColumnProfile() = default;

    void add(std::string_view cell, std::int64_t line);
    /// To be called after the last cell; before it the counts lack some repeated cells.
    void finish();

    std::int64_t cells = 0;
    std::int64_t empty = 0;
    std::int64_t coded_missing = 0;  ///< codes of data/fields.json
    std::int64_t numbers = 0;        ///< without percent signs
    std::int64_t whole = 0;          ///< of the numbers, those that are whole numbers within int64
    std::int64_t percents = 0;
    std::int64_t decimal_commas = 0;  ///< numbers only if , is the decimal point
    std::int64_t years = 0;
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t doubtful_dates = 0;  ///< ambiguous or impossible
    std::int64_t leading_zeros = 0;   ///< digits that begin with 0
    std::int64_t digits_only = 0;
    std::size_t least_digits = 0;
    std::size_t most_digits = 0;
    std::int64_t scientific = 0;  ///< 1.23457E+09
    std::int64_t nul_bytes = 0;
    std::int64_t invisible = 0;  ///< cells with zero-width or direction characters
    Offender first_invisible;
    std::string field;                ///< set before the first cell: of columns of registration numbers
    std::int64_t industry_codes = 0;  ///< where `field` is ksic: cells that hold codes,
    std::int64_t several_codes = 0;   ///< ... more than one
    std::int64_t emails = 0;
    std::int64_t phones = 0;
    std::int64_t resident_numbers = 0;  ///< cells that hold one
    std::int64_t resident_cells = 0;    ///< cells that hold nothing else
    std::int64_t business_numbers = 0;  ///< valid ones, also where the header says nothing
    std::int64_t corporate_numbers = 0;
    std::array<std::int64_t, registration_classes> registrations{};  ///< where `field` is brn or crn
    std::array<Offender, registration_classes> first_registrations;
    std::array<RuleUse, conversion_rules> proposals;  ///< filled from first_confirmed_rule on
    std::vector<Offender> odd_cells;                  ///< the first that are neither a plain number nor a plain date
    Offender first_not_number;
    Offender first_not_date;
    Offender first_scientific;

    /// Distinct texts and their counts; complete only while there are at most `words_kept`.
    std::map<std::string, std::int64_t, std::less<>> words;
    bool words_complete = true;

    /// Cells that are neither empty nor a missing-value code.
    [[nodiscard]] std::int64_t values() const { return cells - empty - coded_missing; }
    [[nodiscard]] std::vector<std::string> word_list() const;

  private:
    using Word = std::map<std::string, std::int64_t, std::less<>>::value_type;

    /// A text that came a short while ago, and how often it has come again since.
    struct RecentCell {
        std::string text;
        std::int64_t repeated = 0;
    };
    static constexpr std::size_t recent_cells_kept = 64;

    /// What the header promises.
    enum class Content { unknown, business_number, corporate_number, industry_code, other };
    [[nodiscard]] static Content content_of(std::string_view field);

    void look_at(std::string_view cell, std::int64_t line);
    void settle(RecentCell& recent);
    void add_word(std::string_view text);
    void add_digits(std::string_view text, std::int64_t line);
    void add_other(std::string_view text, std::int64_t line);
    void add_proposals(std::string_view text, std::int64_t line);
    void add_content(std::string_view text, std::int64_t line);
    void add_odd_cell(std::string_view text, std::int64_t line);

    Content content_ = Content::unknown;
    std::vector<RecentCell> recent_cells_;
    std::int64_t weight_ = 1;  ///< how many cells look_at counts at once
    bool repeating_ = false;
    std::array<Word*, 64> recent_words_{};  ///< entries of `words` by a cheap hash
};

}  // namespace twinfirm::ingest
