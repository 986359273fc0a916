// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey_sample.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "twinfirm/survey/calibration.h"

namespace twinfirm::app {

namespace {

Result<survey::Grouping> groups_of(const SourceTable& table, const std::string& name) {
    if (name.empty()) return survey::Grouping{};
    const auto column = table.column(name);
    if (!column) return tl::unexpected(column.error());
    return survey::grouping_of(**column);
}

std::optional<double> number_in(const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return value;
}

/// A column of stratum populations, or one number divided over the strata by their weights.
Result<std::vector<double>> population_of(const SourceTable& table, const SurveyRequest& request,
                                          const survey::DesignColumns& columns) {
    if (request.population.empty()) return std::vector<double>{};
    if (table.find(request.population) != nullptr) return table.numbers(request.population);
    const auto whole = number_in(request.population);
    if (!whole) return table.numbers(request.population);  // the error that names the column
    const std::size_t rows = table.frame.rows();
    if (columns.strata.codes.empty()) return std::vector<double>(rows, *whole);
    if (columns.weights.empty() || !columns.clusters.codes.empty()) {
        return fail_at(ErrorKind::usage, "survey_population_number", {}, table.place);
    }
    std::vector<std::vector<double>> of_stratum(columns.strata.labels.size());
    for (std::size_t row = 0; row < rows; ++row)
        if (columns.strata.codes[row] >= 0)
            of_stratum[static_cast<std::size_t>(columns.strata.codes[row])].push_back(columns.weights[row]);
    std::vector<double> sums;
    double all = 0;
    for (std::vector<double>& weights : of_stratum) {
        std::sort(weights.begin(), weights.end());
        sums.push_back(0);
        for (const double weight : weights) sums.back() += weight;
        all += sums.back();
    }
    std::vector<double> population(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int32_t stratum = columns.strata.codes[row];
        population[row] = stratum < 0 ? *whole : *whole * sums[static_cast<std::size_t>(stratum)] / all;
    }
    return population;
}

Result<survey::KnownMargin> read_margin(const SourceTable& table, const MarginFile& file,
                                        const CancellationToken& token) {
    const auto groups = groups_of(table, file.column);
    if (!groups) return tl::unexpected(groups.error());
    const auto known = read_source({file.file, {}, {}}, token, {});
    if (!known) return tl::unexpected(known.error());
    const auto names = known->texts(file.column);
    if (!names) return tl::unexpected(names.error());
    const stats::Column* totals = nullptr;
    for (const stats::Column& column : known->frame.columns())
        if (column.kind() == stats::ColumnKind::number && known->find(file.column) != &column) totals = &column;
    if (totals == nullptr) {
        return fail_at(ErrorKind::input, "survey_margin_table", {{"column", file.column}}, known->place);
    }
    survey::KnownMargin margin{*groups, std::vector<double>(groups->labels.size(), 0)};
    for (std::size_t row = 0; row < names->size(); ++row) {
        const auto label = std::find(margin.groups.labels.begin(), margin.groups.labels.end(), (*names)[row]);
        if (label == margin.groups.labels.end()) {
            return fail_at(ErrorKind::input, "survey_margin_empty", {{"group", (*names)[row]}}, known->place);
        }
        margin.totals[static_cast<std::size_t>(label - margin.groups.labels.begin())] += totals->values()[row];
    }
    return margin;
}

}  // namespace

Result<survey::SampleDesign> sample_of(const SourceTable& table, const SurveyRequest& request, Messages& messages,
                                       const CancellationToken& token) {
    survey::DesignColumns columns;
    auto strata = groups_of(table, request.strata);
    if (!strata) return tl::unexpected(strata.error());
    columns.strata = std::move(*strata);
    auto clusters = groups_of(table, request.cluster);
    if (!clusters) return tl::unexpected(clusters.error());
    columns.clusters = std::move(*clusters);
    if (!request.weight.empty()) {
        auto weights = table.numbers(request.weight);
        if (!weights) return tl::unexpected(weights.error());
        columns.weights = std::move(*weights);
    }
    auto population = population_of(table, request, columns);
    if (!population) return tl::unexpected(population.error());
    columns.population = std::move(*population);
    if (columns.weights.empty() && columns.population.empty() && table.frame.rows() > 0) {
        columns.weights.assign(table.frame.rows(), 1);
        messages.push_back({"survey_equal_weights", Severity::warning, {}, 0});
    }
    auto sample = survey::SampleDesign::make(std::move(columns), request.lonely);
    if (!sample) return tl::unexpected(at_file(sample.error(), table.place));
    messages.insert(messages.end(), sample->messages().begin(), sample->messages().end());
    if (request.margins.empty()) return sample;
    std::vector<survey::KnownMargin> margins;
    for (const MarginFile& file : request.margins) {
        auto margin = read_margin(table, file, token);
        if (!margin) return tl::unexpected(margin.error());
        margins.push_back(std::move(*margin));
    }
    auto calibrated =
        margins.size() == 1 ? survey::post_stratified(*sample, margins.front()) : survey::raked(*sample, margins);
    if (!calibrated) return tl::unexpected(at_file(calibrated.error(), table.place));
    return calibrated;
}

Result<std::vector<char>> base_of(const SourceTable& table, const SurveyRequest& request) {
    std::vector<char> base;
    for (const auto& [column, values] : request.base) {
        const auto texts = table.texts(column);
        if (!texts) return tl::unexpected(texts.error());
        if (base.empty()) base.assign(texts->size(), 1);
        for (std::size_t row = 0; row < base.size(); ++row)
            if (std::find(values.begin(), values.end(), (*texts)[row]) == values.end()) base[row] = 0;
    }
    return base;
}

}  // namespace twinfirm::app
