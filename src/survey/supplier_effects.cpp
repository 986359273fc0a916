// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/supplier_effects.h"

#include <algorithm>
#include <cmath>

#include "sorted_sum.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

namespace {

struct Supplied {
    std::map<std::string, std::vector<double>> effects_of_firm;
    std::map<int, std::int64_t> levels;
    std::int64_t events = 0;
};

/// A supplier whose customers have effects.
struct Judged {
    SupplierFinding* finding = nullptr;
    double variance = 0;  ///< of its mean
};

double mean_of(std::vector<double> values) {
    const auto n = static_cast<double>(values.size());
    return sorted_sum(std::move(values)) / n;
}

struct Centre {
    double mean = 0;
    double q = 0;
};

Centre centre_at(const std::vector<Judged>& judged, double between) {
    std::vector<double> weights;
    std::vector<double> products;
    for (const Judged& item : judged) {
        weights.push_back(1 / (item.variance + between));
        products.push_back(weights.back() * item.finding->mean);
    }
    Centre centre;
    centre.mean = sorted_sum(std::move(products)) / sorted_sum(std::move(weights));
    std::vector<double> squares;
    for (const Judged& item : judged) {
        const double distance = item.finding->mean - centre.mean;
        squares.push_back(distance * distance / (item.variance + between));
    }
    centre.q = sorted_sum(std::move(squares));
    return centre;
}

/// tau^2 with Q(tau^2) = k - 1; Q falls as tau^2 grows. 0 where the means scatter less than chance alone would.
double between_variance(const std::vector<Judged>& judged) {
    const double wanted = static_cast<double>(judged.size()) - 1;
    if (!(centre_at(judged, 0).q > wanted)) return 0;
    double low = 0;
    double high = judged.front().variance;
    while (centre_at(judged, high).q > wanted) high *= 2;
    for (int step = 0; step < 200; ++step) {
        const double middle = low + (high - low) / 2;
        if (middle == low || middle == high) break;
        (centre_at(judged, middle).q > wanted ? low : high) = middle;
    }
    return low;
}

void shrink(const std::vector<Judged>& judged, SupplierFindings& findings, double confidence) {
    const auto k = static_cast<double>(judged.size());
    const double between = between_variance(judged);
    const Centre none = centre_at(judged, 0);
    findings.q = none.q;
    findings.q_df = k - 1;
    findings.q_p = stats::chi_squared_upper_tail(none.q, k - 1);
    findings.between_sd = std::sqrt(between);
    findings.mean = centre_at(judged, between).mean;
    if (judged.size() < 4) {
        findings.messages.push_back({"suppliers_few", Severity::warning, {}, static_cast<std::int64_t>(judged.size())});
        return;
    }
    std::vector<double> weights;
    std::vector<double> variances;
    for (const Judged& item : judged) {
        weights.push_back(1 / (item.variance + between));
        variances.push_back(item.variance);
    }
    const double all = sorted_sum(weights);
    const double mean_variance = mean_of(variances);
    const double z = stats::normal_quantile(0.5 + confidence / 2);
    for (std::size_t j = 0; j < judged.size(); ++j) {
        SupplierFinding& finding = *judged[j].finding;
        const double variance = judged[j].variance;
        const double distance = finding.mean - findings.mean;
        const double b = (k - 3) / (k - 1) * variance / (variance + between);
        const double part = weights[j] / all;
        const double uncertain =
            2 / (k - 3) * b * b * (mean_variance + between) / (variance + between) * distance * distance;
        finding.shrunken = findings.mean + (1 - b) * distance;
        finding.shrunken_error = std::sqrt(variance * (1 - (1 - part) * b) + uncertain);
        finding.interval = {finding.shrunken - z * finding.shrunken_error,
                            finding.shrunken + z * finding.shrunken_error};
    }
}

void withhold(SupplierFindings& findings, std::int64_t minimum) {
    std::int64_t withheld = 0;
    for (SupplierFinding& finding : findings.suppliers) {
        if (finding.firms < minimum) {
            finding.levels_withheld = true;
            finding.levels.clear();
            finding.events = 0;
        }
        if (finding.n > 0 && finding.n < minimum) {
            ++withheld;
            finding.effect_withheld = true;
            constexpr double missing = std::numeric_limits<double>::quiet_NaN();
            finding.mean = finding.std_error = finding.shrunken = finding.shrunken_error = missing;
            finding.interval = {};
        }
    }
    if (withheld > 0) {
        findings.messages.push_back(
            {"suppliers_withheld", Severity::info, {{"minimum", std::to_string(minimum)}}, withheld});
    }
}

}  // namespace

SupplierFindings supplier_effects(const std::vector<SupplierEvent>& events, const SupplierSettings& settings) {
    SupplierFindings findings;
    std::map<std::string, Supplied> by_name;
    std::map<std::string, int> firms;
    for (const SupplierEvent& event : events) {
        if (event.supplier.empty()) {
            ++findings.without_supplier;
            continue;
        }
        Supplied& supplied = by_name[event.supplier];
        ++supplied.events;
        ++findings.events;
        firms[event.firm] = 1;
        ++supplied.levels[event.level];
        std::vector<double>& effects = supplied.effects_of_firm[event.firm];
        if (std::isfinite(event.effect)) effects.push_back(event.effect);
    }
    findings.firms = static_cast<std::int64_t>(firms.size());
    if (findings.without_supplier > 0) {
        findings.messages.push_back({"suppliers_without_name", Severity::info, {}, findings.without_supplier});
    }
    std::vector<std::vector<double>> effects_of;
    for (auto& [name, supplied] : by_name) {
        SupplierFinding finding;
        finding.supplier = name;
        finding.firms = static_cast<std::int64_t>(supplied.effects_of_firm.size());
        finding.events = supplied.events;
        finding.levels = std::move(supplied.levels);
        effects_of.emplace_back();
        for (auto& [firm, effects] : supplied.effects_of_firm)
            if (!effects.empty()) effects_of.back().push_back(mean_of(std::move(effects)));
        finding.n = static_cast<std::int64_t>(effects_of.back().size());
        findings.n += finding.n;
        findings.suppliers.push_back(std::move(finding));
    }
    std::vector<double> squares;
    std::vector<Judged> judged;
    double df = 0;
    for (std::size_t j = 0; j < effects_of.size(); ++j) {
        if (effects_of[j].empty()) continue;
        findings.suppliers[j].mean = mean_of(effects_of[j]);
        judged.push_back({&findings.suppliers[j], 0});
        df += static_cast<double>(effects_of[j].size()) - 1;
        for (const double effect : effects_of[j]) {
            const double distance = effect - findings.suppliers[j].mean;
            squares.push_back(distance * distance);
        }
    }
    const double within = df > 0 ? sorted_sum(std::move(squares)) / df : std::numeric_limits<double>::quiet_NaN();
    if (within > 0 && judged.size() >= 2) {
        findings.within_sd = std::sqrt(within);
        for (Judged& item : judged) {
            item.variance = within / static_cast<double>(item.finding->n);
            item.finding->std_error = std::sqrt(item.variance);
        }
        shrink(judged, findings, settings.confidence);
    }
    withhold(findings, settings.minimum_firms);
    std::stable_sort(findings.suppliers.begin(), findings.suppliers.end(),
                     [](const SupplierFinding& a, const SupplierFinding& b) { return a.firms > b.firms; });
    return findings;
}

}  // namespace twinfirm::survey
