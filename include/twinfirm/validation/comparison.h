// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::validation {

/// How a number of ours has to agree with the reference's.
enum class Rule {
    near,     ///< to a number of digits
    equal,    ///< counts, and what holds or does not
    at_most,  ///< ours <= reference + 1e-9: totals of distances, of which several answers have the same
};

/// One line of the validation table. Where it stands for several numbers, the one with the least to spare is shown.
struct Comparison {
    std::string family;    ///< folder of the reference: nist, logit, matchit, ...
    std::string name;      ///< of the case
    std::string quantity;  ///< what is compared: coefficients, pairs, std_error, ...
    Rule rule = Rule::near;
    double reference = 0;
    double ours = 0;
    double digits = 0;    ///< that agree, from -16 to 16
    double required = 0;  ///< digits that have to; of `near` alone
    std::int64_t numbers = 1;
    bool pass = false;
    std::string exception;  ///< code of the message that says why less or something else is asked; empty = nothing is
};

/// Digits that agree: -log10(|ours - reference| / scale), 16 where they are equal or both are missing, -16 where one
/// of them is. For `scale` = |reference| this is the log relative error of NIST's Statistical Reference Datasets.
[[nodiscard]] double agreeing_digits(double ours, double reference, double scale);

/// |x|, or 1 where that is 0: the scale of a relative difference.
[[nodiscard]] double size_of(double x);
/// max(1, |x|): the scale of numbers of very different size, absolute below 1 and relative above.
[[nodiscard]] double at_least_one(double x);

/// Collects the comparisons of one case; comparisons of the same quantity become one line.
class CaseReport {
  public:
    CaseReport(std::string family, std::string name) : family_(std::move(family)), name_(std::move(name)) {}

    void near(std::string_view quantity, double ours, double reference, double scale, double required,
              std::string_view exception = {});
    void equal(std::string_view quantity, double ours, double reference, std::string_view exception = {});
    void at_most(std::string_view quantity, double ours, double reference, std::string_view exception = {});

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<Comparison>& rows() const { return rows_; }

  private:
    void add(Comparison row);

    std::string family_;
    std::string name_;
    std::vector<Comparison> rows_;
};

}  // namespace twinfirm::validation
