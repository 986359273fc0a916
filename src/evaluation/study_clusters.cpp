// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_clusters.h"

#include <map>
#include <optional>
#include <string>

#include "twinfirm/base/number_text.h"

namespace twinfirm::evaluation {

Result<std::vector<std::int32_t>> study_clusters(const design::Specification& specification, const stats::Panel& panel,
                                                 const std::vector<MatchedCohort>& cohorts, Messages& messages) {
    const std::string& name = specification.effects.cluster;
    if (name.empty()) return std::vector<std::int32_t>{};
    std::vector<std::uint8_t> in_study(panel.firms(), 0);
    std::vector<std::optional<std::string>> value(panel.firms());
    for (const MatchedCohort& cohort : cohorts) {
        const std::vector<std::size_t>& firms = cohort.firms.firms;
        const auto column = base_year_column(name, panel, specification, cohort.firms.year, firms);
        if (!column) return tl::unexpected(column.error());
        for (std::size_t i = 0; i < firms.size(); ++i) {
            in_study[firms[i]] = 1;
            if (column->missing(i) || value[firms[i]]) continue;
            value[firms[i]] = column->kind() == stats::ColumnKind::number
                                  ? shortest_text(column->values()[i])
                                  : column->levels()[static_cast<std::size_t>(column->codes()[i])];
        }
    }
    std::map<std::string, std::int32_t> codes;
    for (const auto& text : value) {
        if (text) codes.emplace(*text, 0);
    }
    std::int32_t next = 0;
    for (auto& [text, code] : codes) code = next++;
    std::int64_t absent = 0;
    std::vector<std::int32_t> cluster(panel.firms(), 0);
    for (std::size_t firm = 0; firm < cluster.size(); ++firm) {
        if (value[firm]) {
            cluster[firm] = codes.at(*value[firm]);
            continue;
        }
        cluster[firm] = next++;
        absent += in_study[firm];
    }
    if (absent > 0) messages.push_back({"study_cluster_missing", Severity::warning, {{"column", name}}, absent});
    return cluster;
}

}  // namespace twinfirm::evaluation
