// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "firm.h"

namespace twinfirm::demo {

/// What the files show of a firm in one year.
struct FirmYear {
    std::int64_t sales = 0;       ///< million won, at least 1
    std::int64_t exports = 0;     ///< million won
    std::int64_t employment = 0;  ///< persons, at least 1
};

/// An adopter's true effects in one year, in logs.
struct LogEffect {
    double sales = 0;
    double exports = 0;
    double employment = 0;
    double accidents = 0;  ///< of the rate
};

/// The firms and the story each would have without adoption.
class Population {
  public:
    explicit Population(const DemoOptions& options);

    [[nodiscard]] const std::vector<Firm>& firms() const { return firms_; }
    [[nodiscard]] int first_year() const { return first_year_; }
    [[nodiscard]] int last_year() const { return last_year_; }

    /// Founded and not yet closed, were it never to adopt.
    [[nodiscard]] bool alive(std::size_t firm, int year) const { return alive(firm, year, 0); }
    /// The same for a firm that adopted in `adoption_year` (0 = never): adopters close half as often from then on.
    [[nodiscard]] bool alive(std::size_t firm, int year, int adoption_year) const;
    /// Year in which the firm closes (its first without a row), 0 = not within the panel.
    [[nodiscard]] int closing_year(std::size_t firm, int adoption_year) const;

    /// The values in the files, with or without effects.
    [[nodiscard]] FirmYear observe(std::size_t firm, int year, const LogEffect& effect = {}) const;
    /// Expected injured workers for each worker.
    [[nodiscard]] double accident_rate(std::size_t firm, int year, const LogEffect& effect = {}) const;

  private:
    [[nodiscard]] int draw_closing(std::size_t firm, int adoption_year) const;
    [[nodiscard]] std::size_t cell(std::size_t firm, int year) const {
        return firm * years_ + static_cast<std::size_t>(year - first_year_);
    }
    void draw_path(const DemoOptions& options, std::size_t firm);

    std::uint64_t seed_;
    int first_year_;
    int last_year_;
    std::size_t years_;
    std::vector<Firm> firms_;
    std::vector<double> log_sales_;
    std::vector<double> log_employment_;
    std::vector<float> log_export_share_;  ///< only of exporters
    std::vector<std::int16_t> closing_;    ///< without adoption; 0 = none
};

}  // namespace twinfirm::demo
