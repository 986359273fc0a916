// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// One adoption with the firm that supplied it.
struct SupplierEvent {
    std::string supplier;
    std::string firm;  ///< that adopted
    int level = 0;     ///< reached; 0 = not known
    /// What the adoption did to the firm: its change less that of its matched non-adopters. NaN = not known.
    double effect = std::numeric_limits<double>::quiet_NaN();
};

/// What a supplier's customers got.
struct SupplierFinding {
    std::string supplier;
    std::int64_t firms = 0;   ///< different adopters supplied
    std::int64_t events = 0;  ///< adoptions
    std::map<int, std::int64_t> levels;
    std::int64_t n = 0;  ///< firms with an effect
    double mean = std::numeric_limits<double>::quiet_NaN();
    double std_error = std::numeric_limits<double>::quiet_NaN();
    double shrunken = std::numeric_limits<double>::quiet_NaN();
    double shrunken_error = std::numeric_limits<double>::quiet_NaN();
    Interval interval;             ///< of `shrunken`
    bool levels_withheld = false;  ///< fewer than the limit of firms: no numbers but that of firms are told
    bool effect_withheld = false;  ///< fewer than the limit of firms with an effect
};

struct SupplierSettings {
    std::int64_t minimum_firms = 3;  ///< fewer firms disclose single ones
    double confidence = 0.95;
};

struct SupplierFindings {
    std::vector<SupplierFinding> suppliers;  ///< by falling number of firms, then by name
    std::int64_t firms = 0;
    std::int64_t events = 0;
    std::int64_t without_supplier = 0;                             ///< events that name none: not counted above
    std::int64_t n = 0;                                            ///< firms with an effect
    double mean = std::numeric_limits<double>::quiet_NaN();        ///< of suppliers' effects, weights 1/(s^2/n + tau^2)
    double within_sd = std::numeric_limits<double>::quiet_NaN();   ///< s: of firms within suppliers, pooled
    double between_sd = std::numeric_limits<double>::quiet_NaN();  ///< tau: of the suppliers' true effects
    double q = std::numeric_limits<double>::quiet_NaN();           ///< Cochran's Q: do suppliers differ at all?
    double q_df = 0;
    double q_p = std::numeric_limits<double>::quiet_NaN();
    Messages messages;
};

/// Effects by supplier, drawn towards their mean by as much as chance alone would scatter them: a supplier of three
/// firms with an enormous mean is more likely lucky than excellent. A firm with several events counts once, with the
/// mean of its effects.
///
///     d_j | theta_j ~ N(theta_j, V_j),  V_j = s^2 / n_j,  theta_j ~ N(mu, tau^2)
///
/// s^2 pooled within suppliers; tau^2 by Paule & Mandel (1982, Journal of Research NBS 87:377-385), the root of
/// sum (d - mu)^2 / (V + tau^2) = k - 1. Empirical Bayes estimates and intervals by Morris (1983, JASA 78:47-55,
/// section 5) with k suppliers:
///
///     B_j = (k-3)/(k-1) V_j/(V_j + tau^2),  shrunken = mu + (1 - B_j)(d_j - mu)
///     error^2 = V_j (1 - (1 - r_j) B_j) + 2/(k-3) B_j^2 (mean V + tau^2)/(V_j + tau^2) (d_j - mu)^2
///
/// r_j the supplier's part of the weights of mu. All suppliers enter mu and tau, also those whose own numbers are
/// withheld. No causal claim about suppliers: firms choose them.
/// Messages: `suppliers_few` (under 4 suppliers with effects: nothing is shrunk), `suppliers_withheld` with their
/// number, `suppliers_without_name`. Cost: O(n log n).
[[nodiscard]] SupplierFindings supplier_effects(const std::vector<SupplierEvent>& events,
                                                const SupplierSettings& settings = {});

}  // namespace twinfirm::survey
