// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/balance_preview.h"

#include <utility>

#include "twinfirm/app/load_study_data.h"
#include "twinfirm/app/version.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::app {

namespace {

/// What load_study_data() reads: the tables as they are, and the parts of the design that say how.
Result<std::string> data_key(const store::Project& project, const design::Specification& specification) {
    design::Specification read;
    read.roles = specification.roles;
    read.outcomes = specification.outcomes;
    read.process_kpis = specification.process_kpis;
    read.derived = specification.derived;
    read.prices = specification.prices;
    read.groups = specification.groups;
    std::string key = project.path().string() + "\n" + design::specification_to_json(read);
    const auto tables = project.tables();
    if (!tables) return tl::unexpected(tables.error());
    for (const store::TableInfo& table : *tables) key += table.definition.name + " " + table.content_hash + "\n";
    return key;
}

std::size_t values_of(const stats::Panel& panel) {
    return panel.firms() * (panel.years() * panel.variables().size() + panel.attributes().columns().size());
}

}  // namespace

Result<BalancePreview::Data> BalancePreview::data(const store::Project& project,
                                                  const design::Specification& specification, unsigned threads,
                                                  const CancellationToken& token, const ProgressSink& progress) {
    auto key = data_key(project, specification);
    if (!key) return tl::unexpected(key.error());
    if (data_ && *key == key_) return data_;
    data_.reset();
    report_progress(progress, "load", 0);
    auto loaded = load_study_data(project, specification, token, {}, threads);
    if (!loaded) return tl::unexpected(loaded.error());
    Data data = std::make_shared<const evaluation::StudyData>(std::move(*loaded));
    if (values_of(data->panel) <= most_values_) {
        data_ = data;
        key_ = std::move(*key);
    }
    return data;
}

Result<evaluation::Evaluation> BalancePreview::compute(const store::Project& project,
                                                       const design::Specification& specification, unsigned threads,
                                                       const CancellationToken& token, const ProgressSink& progress) {
    const auto read = data(project, specification, threads, token, progress);
    if (!read) return tl::unexpected(read.error());
    auto result = evaluation::evaluate_balance(specification, **read, threads, token, progress);
    if (result) result->engine_version = version();
    return result;
}

}  // namespace twinfirm::app
