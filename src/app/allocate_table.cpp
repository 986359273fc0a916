// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/allocate_table.h"

#include <cmath>
#include <set>

#include "source_table.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/survey/grouping.h"

namespace twinfirm::app {

namespace {

using Strata = std::vector<survey::AllocationStratum>;

Result<Strata> counted(const SourceTable& table, const AllocateRequest& request) {
    const auto column = table.column(request.stratum);
    if (!column) return tl::unexpected(column.error());
    const survey::Grouping groups = survey::grouping_of(**column);
    Strata strata;
    for (const std::string& label : groups.labels) strata.push_back({label});
    for (const std::int32_t code : groups.codes)
        if (code >= 0) ++strata[static_cast<std::size_t>(code)].population;
    return strata;
}

Result<Strata> listed(const SourceTable& table, const AllocateRequest& request) {
    const auto labels = table.texts(request.stratum);
    if (!labels) return tl::unexpected(labels.error());
    const auto population = table.numbers(request.population);
    if (!population) return tl::unexpected(population.error());
    Strata strata;
    std::set<std::string> seen;
    for (std::size_t row = 0; row < labels->size(); ++row) {
        const std::string& label = (*labels)[row];
        const double size = (*population)[row];
        if (!seen.insert(label).second) {
            return fail_at(ErrorKind::input, "allocation_repeated", {{"stratum", label}}, table.place);
        }
        if (!(size >= 1) || !(size <= 1e15) || size != std::floor(size)) {
            return fail_at(ErrorKind::input, "allocation_population", {{"stratum", label}}, table.place);
        }
        strata.push_back({label, static_cast<std::int64_t>(size)});
    }
    return strata;
}

Status take_spread(const SourceTable& table, const AllocateRequest& request, Strata& strata) {
    if (!request.share.empty()) {
        const auto shares = table.numbers(request.share);
        if (!shares) return tl::unexpected(shares.error());
        for (std::size_t row = 0; row < strata.size(); ++row) {
            const double share = (*shares)[row];
            if (!(share >= 0) || !(share <= 1)) {
                return fail_at(ErrorKind::input, "allocation_share", {{"row", std::to_string(row + 1)}}, table.place);
            }
            strata[row].mean = share;
            strata[row].sd = std::sqrt(share * (1 - share));
        }
    }
    if (!request.sd.empty()) {
        const auto deviations = table.numbers(request.sd);
        if (!deviations) return tl::unexpected(deviations.error());
        for (std::size_t row = 0; row < strata.size(); ++row) strata[row].sd = (*deviations)[row];
    }
    return {};
}

std::string allocation_csv(const AllocateResult& result) {
    CsvWriter csv;
    csv.header({"stratum", "population", "n", "weight", "sampling_fraction", "std_error", "margin", "at_minimum",
                "at_population"});
    std::int64_t population = 0;
    for (std::size_t h = 0; h < result.strata.size(); ++h) {
        const survey::AllocatedStratum& stratum = result.allocation.strata[h];
        population += result.strata[h].population;
        csv.text(result.strata[h].label).integer(result.strata[h].population).integer(stratum.n);
        csv.number(stratum.weight).number(1 / stratum.weight).number(stratum.std_error).number(stratum.margin);
        csv.integer(stratum.at_minimum ? 1 : 0).integer(stratum.at_population ? 1 : 0);
        csv.end_row();
    }
    const auto all = static_cast<double>(population);
    const auto n = static_cast<double>(result.allocation.n);
    csv.missing().integer(population).integer(result.allocation.n).number(all / n).number(n / all);
    csv.number(result.allocation.std_error).number(result.allocation.margin).missing().missing();
    csv.end_row();
    return csv.bytes();
}

}  // namespace

Result<AllocateResult> allocate_sample(const AllocateRequest& request, const std::filesystem::path& folder,
                                       const CancellationToken& token, const ProgressSink& progress) {
    const auto table = read_source(request.source, token, progress);
    if (!table) return tl::unexpected(table.error());
    AllocateResult result;
    result.messages = table->messages;
    auto strata = request.population.empty() ? counted(*table, request) : listed(*table, request);
    if (!strata) return tl::unexpected(strata.error());
    result.strata = std::move(*strata);
    // A register holds no shares of strata.
    if (!request.population.empty()) TWINFIRM_TRY(take_spread(*table, request, result.strata));
    auto allocation = survey::allocate(result.strata, request.total, request.settings);
    if (!allocation) return tl::unexpected(at_file(allocation.error(), table->place));
    result.allocation = std::move(*allocation);
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "allocation.csv", allocation_csv(result)));
    return result;
}

}  // namespace twinfirm::app
