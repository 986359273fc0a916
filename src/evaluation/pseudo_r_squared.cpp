// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/pseudo_r_squared.h"

#include "twinfirm/stats/binary_regression.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::evaluation {

PseudoRSquared pseudo_r_squared(const stats::DesignMatrix& design, std::span<const std::uint8_t> treated,
                                std::span<const double> weight, unsigned threads) {
    stats::DesignMatrix kept;
    kept.terms = design.terms;
    kept.columns = design.columns;
    std::vector<Eigen::Index> places;
    std::vector<std::uint8_t> adopter;
    std::vector<double> weights;
    for (std::size_t i = 0; i < design.rows.size(); ++i) {
        const std::size_t row = design.rows[i];
        if (!(weight[row] > 0)) continue;
        places.push_back(static_cast<Eigen::Index>(i));
        kept.rows.push_back(row);
        adopter.push_back(treated[row] != 0 ? 1 : 0);
        weights.push_back(weight[row]);
    }
    kept.x = design.x(places, Eigen::all);
    stats::BinaryOptions options;
    options.threads = threads;
    PseudoRSquared result;
    const auto fit = stats::fit_binary(kept, adopter, weights, options);
    if (!fit) {
        result.separated = fit.error().code == "separation";
        return result;
    }
    if (!(fit->null_deviance > 0)) return result;
    result.value = 1 - fit->deviance / fit->null_deviance;
    result.likelihood_ratio = fit->null_deviance - fit->deviance;
    result.df = static_cast<double>(fit->rank) - 1;
    if (result.df > 0) result.p_value = stats::chi_squared_upper_tail(result.likelihood_ratio, result.df);
    return result;
}

}  // namespace twinfirm::evaluation
