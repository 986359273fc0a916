// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/staggered_panel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace twinfirm::effects {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Numbers from 0 for each row's value, in the order of the values; -1 = missing.
std::vector<std::int32_t> value_codes(const stats::Column& column) {
    // The levels of a text column stand in code-point order already.
    if (column.kind() == stats::ColumnKind::category) return {column.codes().begin(), column.codes().end()};
    std::vector<double> values;
    for (const double value : column.values())
        if (!std::isnan(value)) values.push_back(value);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::int32_t> codes;
    codes.reserve(column.size());
    for (const double value : column.values()) {
        const auto place = std::lower_bound(values.begin(), values.end(), value) - values.begin();
        codes.push_back(std::isnan(value) ? -1 : static_cast<std::int32_t>(place));
    }
    return codes;
}

tl::unexpected<Error> rows_differ(const char* code, std::size_t a, std::size_t b) {
    return fail(ErrorKind::input, code,
                {{"first", std::to_string(std::min(a, b) + 1)}, {"second", std::to_string(std::max(a, b) + 1)}});
}

/// Rows that have firm and year, by firm and year.
std::vector<std::size_t> rows_in_order(const std::vector<std::int32_t>& firm, const std::vector<int>& time) {
    std::vector<std::size_t> order;
    order.reserve(firm.size());
    for (std::size_t row = 0; row < firm.size(); ++row)
        if (firm[row] >= 0 && time[row] != no_year) order.push_back(row);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (firm[a] != firm[b]) return firm[a] < firm[b];
        return time[a] != time[b] ? time[a] < time[b] : a < b;
    });
    return order;
}

Status check_rows(const LongRows& rows, const std::vector<std::int32_t>& firm, const std::vector<std::int32_t>& cluster,
                  const std::vector<std::size_t>& order) {
    for (std::size_t i = 1; i < order.size(); ++i) {
        const std::size_t a = order[i - 1];
        const std::size_t b = order[i];
        if (firm[a] != firm[b]) continue;
        if (rows.time[a] == rows.time[b]) return rows_differ("did_rows_repeated", a, b);
        if (rows.first_treated[a] != rows.first_treated[b]) return rows_differ("did_first_treated_varies", a, b);
        if (!cluster.empty() && cluster[a] != cluster[b]) return rows_differ("did_cluster_varies", a, b);
    }
    for (const std::size_t row : order) {
        if (rows.weight.empty() || (rows.weight[row] >= 0 && std::isfinite(rows.weight[row]))) continue;
        return fail(ErrorKind::input, "did_weight_value", {{"row", std::to_string(row + 1)}});
    }
    return {};
}

/// Numbers the clusters in use from 0; a firm without one is a cluster of its own.
void number_clusters(StaggeredPanel& panel) {
    std::int32_t next = 0;
    for (const std::int32_t code : panel.cluster) next = std::max(next, code + 1);
    for (std::int32_t& code : panel.cluster)
        if (code < 0) code = next++;
}

}  // namespace

Result<StaggeredPanel> build_staggered_panel(const LongRows& rows) {
    const std::size_t count = rows.firm == nullptr ? 0 : rows.firm->size();
    if (rows.time.size() != count || rows.first_treated.size() != count || rows.outcome.size() != count ||
        (!rows.weight.empty() && rows.weight.size() != count)) {
        throw std::invalid_argument("build_staggered_panel: lengths differ");
    }
    const std::vector<std::int32_t> firm = count == 0 ? std::vector<std::int32_t>{} : value_codes(*rows.firm);
    const std::vector<std::int32_t> cluster =
        rows.cluster == nullptr ? std::vector<std::int32_t>{} : value_codes(*rows.cluster);
    const std::vector<std::size_t> order = rows_in_order(firm, rows.time);
    if (order.empty()) return fail(ErrorKind::input, "did_no_rows");
    TWINFIRM_TRY(check_rows(rows, firm, cluster, order));

    StaggeredPanel panel;
    if (order.size() < count) {
        panel.messages.push_back(
            {"did_rows_without_key", Severity::warning, {}, static_cast<std::int64_t>(count - order.size())});
    }
    std::vector<std::int32_t> design_row;
    if (!rows.terms.empty()) {
        auto design = stats::build_design_matrix(*rows.frame, rows.terms);
        if (!design) return tl::unexpected(design.error());
        panel.covariates = std::move(*design);
        panel.messages.insert(panel.messages.end(), panel.covariates.messages.begin(), panel.covariates.messages.end());
        design_row.assign(count, -1);
        for (std::size_t i = 0; i < panel.covariates.rows.size(); ++i)
            design_row[panel.covariates.rows[i]] = static_cast<std::int32_t>(i);
    }
    for (const std::size_t row : order) panel.times.push_back(rows.time[row]);
    std::sort(panel.times.begin(), panel.times.end());
    panel.times.erase(std::unique(panel.times.begin(), panel.times.end()), panel.times.end());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t row = order[i];
        if (i == 0 || firm[row] != firm[order[i - 1]]) {
            ++panel.firms;
            panel.first_treated.push_back(rows.first_treated[row]);
            if (!cluster.empty()) panel.cluster.push_back(cluster[row]);
            panel.outcome.resize(panel.firms * panel.times.size(), missing);
            if (!rows.weight.empty()) panel.weight.resize(panel.firms * panel.times.size(), 0);
            if (!design_row.empty()) panel.covariate_row.resize(panel.firms * panel.times.size(), -1);
        }
        const auto time = std::lower_bound(panel.times.begin(), panel.times.end(), rows.time[row]);
        const std::size_t at = panel.at(panel.firms - 1, static_cast<std::size_t>(time - panel.times.begin()));
        const bool complete = design_row.empty() || design_row[row] >= 0;
        if (complete && std::isfinite(rows.outcome[row])) panel.outcome[at] = rows.outcome[row];
        if (!rows.weight.empty()) panel.weight[at] = rows.weight[row];
        if (!design_row.empty()) panel.covariate_row[at] = design_row[row];
    }
    number_clusters(panel);
    return panel;
}

}  // namespace twinfirm::effects
