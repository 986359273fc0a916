// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/design_matrix.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/missing_covariates.h"

namespace twinfirm::stats {
namespace {

/// One factor of a term, evaluated on the rows of the frame and later on the complete rows.
struct Evaluated {
    Factor factor;
    std::string text;
    bool categorical = false;
    std::vector<double> values;       // of a number; NaN = missing
    std::vector<std::int32_t> codes;  // of a category; -1 = missing
    std::vector<std::string> levels;
};

double power(double base, int exponent) {
    double result = base;
    for (int i = 1; i < exponent; ++i) result *= base;
    return result;
}

void make_levels_of_numbers(Evaluated& target, std::span<const double> values) {
    std::vector<double> numbers;
    for (const double value : values) {
        if (std::isfinite(value)) numbers.push_back(value);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    target.categorical = true;
    for (const double number : numbers) target.levels.push_back(shortest_text(number));
    for (const double value : values) {
        const auto place = std::lower_bound(numbers.begin(), numbers.end(), value);
        target.codes.push_back(std::isfinite(value) ? static_cast<std::int32_t>(place - numbers.begin()) : -1);
    }
}

Result<Evaluated> evaluate(const Frame& frame, const Factor& factor, const std::string& text, Messages& messages) {
    const Column* column = frame.find(factor.column);
    if (column == nullptr) return fail(ErrorKind::usage, "covariate_unknown", {{"covariate", factor.column}});
    Evaluated result{factor, text, false, {}, {}, {}};
    const bool numeric_only = factor.kind == Factor::Kind::power || factor.kind == Factor::Kind::log;
    std::int64_t missing = 0;
    if (column->kind() == ColumnKind::category) {
        if (numeric_only) return fail(ErrorKind::usage, "covariate_not_numeric", {{"covariate", text}});
        result.categorical = true;
        result.codes.assign(column->codes().begin(), column->codes().end());
        result.levels = column->levels();
        missing = std::count(result.codes.begin(), result.codes.end(), -1);
    } else {
        const std::span<const double> values = column->values();
        missing = std::count_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); });
        if (factor.kind == Factor::Kind::factor) {
            make_levels_of_numbers(result, values);
        } else {
            std::int64_t not_positive = 0;
            result.values.reserve(values.size());
            for (const double value : values) {
                double transformed = value;
                if (factor.kind == Factor::Kind::power) transformed = power(value, factor.exponent);
                if (factor.kind == Factor::Kind::log) {
                    not_positive += value <= 0 ? 1 : 0;
                    transformed = value > 0 ? std::log(value) : std::numeric_limits<double>::quiet_NaN();
                }
                result.values.push_back(std::isfinite(transformed) ? transformed
                                                                   : std::numeric_limits<double>::quiet_NaN());
            }
            if (not_positive > 0) {
                messages.push_back(
                    {"covariate_log_not_positive", Severity::warning, {{"covariate", text}}, not_positive});
            }
        }
    }
    if (missing > 0) messages.push_back({"covariate_missing", Severity::warning, {{"covariate", text}}, missing});
    return result;
}

/// Keeps the complete rows; drops the levels that have none of them.
void keep_rows(Evaluated& target, const std::vector<std::size_t>& rows, Messages& messages) {
    if (!target.categorical) {
        for (std::size_t i = 0; i < rows.size(); ++i) target.values[i] = target.values[rows[i]];
        target.values.resize(rows.size());
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) target.codes[i] = target.codes[rows[i]];
    target.codes.resize(rows.size());
    std::vector<std::int32_t> place(target.levels.size(), -1);
    for (const std::int32_t code : target.codes) place[code] = 0;
    std::vector<std::string> used;
    std::string unused;
    std::int64_t unused_count = 0;
    for (std::size_t level = 0; level < target.levels.size(); ++level) {
        if (place[level] == 0) {
            place[level] = static_cast<std::int32_t>(used.size());
            used.push_back(target.levels[level]);
        } else if (target.levels[level] != missing_level) {
            if (!unused.empty()) unused += ", ";
            unused += target.levels[level];
            ++unused_count;
        }
    }
    for (std::int32_t& code : target.codes) code = place[code];
    target.levels = std::move(used);
    if (unused_count > 0) {
        messages.push_back(
            {"covariate_level_unused", Severity::info, {{"covariate", target.text}, {"levels", unused}}, unused_count});
    }
}

class Builder {
  public:
    Builder(std::vector<Evaluated> factors, const std::vector<Term>& terms, DesignMatrix& design)
        : factors_(std::move(factors)), terms_(terms), design_(design) {}

    void build() {
        begin_columns();
        for (const Term& term : terms_) add_term(term);
        design_.x.conservativeResize(Eigen::NoChange, static_cast<Eigen::Index>(design_.terms.size()));
    }

  private:
    const Evaluated& find(const Factor& factor) const {
        return *std::find_if(factors_.begin(), factors_.end(), [&](const Evaluated& e) { return e.factor == factor; });
    }

    /// A category in a term is coded by contrasts if the rest of the term is in the model too (the empty rest is the
    /// intercept), else by all its levels.
    bool by_contrasts(const Term& term, std::size_t place) const {
        if (term.factors.size() == 1) return true;
        return std::any_of(terms_.begin(), terms_.end(), [&](const Term& other) {
            if (other.factors.size() + 1 != term.factors.size()) return false;
            return std::all_of(other.factors.begin(), other.factors.end(), [&](const Factor& factor) {
                return factor != term.factors[place] &&
                       std::find(term.factors.begin(), term.factors.end(), factor) != term.factors.end();
            });
        });
    }

    std::size_t first_level(const Term& term, std::size_t place) const { return by_contrasts(term, place) ? 1 : 0; }

    std::size_t width(const Term& term) const {
        std::size_t columns = 1;
        for (std::size_t i = 0; i < term.factors.size(); ++i) {
            const Evaluated& factor = find(term.factors[i]);
            if (factor.categorical) columns *= factor.levels.size() - first_level(term, i);
        }
        return columns;
    }

    void begin_columns() {
        std::size_t columns = 1;
        for (const Term& term : terms_) columns += width(term);
        design_.x.resize(static_cast<Eigen::Index>(design_.rows.size()), static_cast<Eigen::Index>(columns));
        design_.x.col(0).setOnes();
        design_.terms.emplace_back("(Intercept)");
        design_.columns.push_back({"(Intercept)", "", "", true});
    }

    void add_term(const Term& term) {
        const std::size_t columns = width(term);
        for (std::size_t i = 0; i < term.factors.size() && columns == 0; ++i) {
            const Evaluated& factor = find(term.factors[i]);
            if (factor.levels.size() != 1) continue;
            const MessageArguments arguments{{"covariate", term.text}, {"value", factor.levels.front()}};
            design_.messages.push_back({"covariate_constant", Severity::warning, arguments, 1});
            break;
        }
        for (std::size_t column = 0; column < columns; ++column) add_column(term, column);
    }

    void add_column(const Term& term, std::size_t number) {
        auto target = design_.x.col(static_cast<Eigen::Index>(design_.terms.size()));
        target.setOnes();
        std::string name;
        DesignColumn column{term.text, "", "", false};
        for (std::size_t i = 0; i < term.factors.size(); ++i) {
            const Evaluated& factor = find(term.factors[i]);
            if (i > 0) name += ':';
            name += factor.text;
            if (!factor.categorical) {
                target.array() *= Eigen::Map<const Eigen::ArrayXd>(factor.values.data(), target.size());
                continue;
            }
            const std::size_t first = first_level(term, i);
            const std::size_t choices = factor.levels.size() - first;
            const std::size_t level = first + number % choices;
            number /= choices;
            const auto code = static_cast<std::int32_t>(level);
            for (Eigen::Index row = 0; row < target.size(); ++row) {
                if (factor.codes[row] != code) target[row] = 0;
            }
            name += factor.levels[level];
            if (!column.level.empty()) column.level += ':';
            column.level += factor.levels[level];
            if (term.factors.size() == 1) column.reference = factor.levels.front();
        }
        if (target.maxCoeff() == target.minCoeff()) {
            design_.messages.push_back({"covariate_constant",
                                        Severity::warning,
                                        {{"covariate", name}, {"value", shortest_text(target[0])}},
                                        1});
            return;  // the next column takes its place
        }
        column.binary = (target.array() == 0 || target.array() == 1).all();
        design_.terms.push_back(std::move(name));
        design_.columns.push_back(std::move(column));
    }

    std::vector<Evaluated> factors_;
    const std::vector<Term>& terms_;
    DesignMatrix& design_;
};

void find_complete_rows(const std::vector<Evaluated>& factors, std::size_t count, DesignMatrix& design) {
    std::vector<char> complete(count, 1);
    for (const Evaluated& factor : factors) {
        for (std::size_t row = 0; row < count; ++row) {
            const bool missing = factor.categorical ? factor.codes[row] < 0 : std::isnan(factor.values[row]);
            if (missing) complete[row] = 0;
        }
    }
    for (std::size_t row = 0; row < count; ++row) {
        (complete[row] != 0 ? design.rows : design.incomplete).push_back(row);
    }
}

}  // namespace

Result<DesignMatrix> build_design_matrix(const Frame& frame, const std::vector<Term>& terms,
                                         const DesignOptions& options) {
    DesignMatrix design;
    std::vector<Evaluated> factors;
    for (const Term& term : terms) {
        for (const Factor& factor : term.factors) {
            const bool known =
                std::any_of(factors.begin(), factors.end(), [&](const Evaluated& e) { return e.factor == factor; });
            if (known) continue;
            auto evaluated = evaluate(frame, factor, factor_text(factor), design.messages);
            if (!evaluated) return tl::unexpected(std::move(evaluated.error()));
            factors.push_back(std::move(*evaluated));
        }
    }
    find_complete_rows(factors, frame.rows(), design);
    if (design.rows.empty()) return fail(ErrorKind::statistics, "no_complete_rows");
    const std::size_t limit = std::max(options.always_allowed_levels, design.rows.size() / 10);
    for (Evaluated& factor : factors) {
        keep_rows(factor, design.rows, design.messages);
        if (factor.categorical && factor.levels.size() > limit) {
            return fail(ErrorKind::statistics, "covariate_too_many_levels",
                        {{"covariate", factor.text},
                         {"levels", std::to_string(factor.levels.size())},
                         {"limit", std::to_string(limit)}});
        }
    }
    Builder(std::move(factors), terms, design).build();
    return design;
}

}  // namespace twinfirm::stats
