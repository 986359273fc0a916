// SPDX-License-Identifier: GPL-3.0-or-later
#include "column_profiler.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t most_stages = 3;
constexpr std::size_t batches_at_once = 3;
constexpr std::size_t cells_in_batch = 16'384;
constexpr std::size_t bytes_in_batch = std::size_t{512} * 1024;

/// Looking at cells never fails but by an exception, which passes through.
void expect_done(const Status& status) {
    if (!status) throw std::logic_error("ColumnProfiler: " + status.error().code);
}

}  // namespace

void ColumnProfiler::begin(const ImportPlan& plan) {
    profiles_.resize(plan.columns.size());
    for (std::size_t i = 0; i < profiles_.size(); ++i) profiles_[i].field = plan.columns[i].field;
    const std::size_t stages = std::min(most_stages, profiles_.size());
    for (std::size_t first = 0; first < stages; ++first) {
        stages_.emplace_back(batches_at_once, [this, first](Batch& batch) -> Status {
            look_at(batch, first);
            return {};
        });
    }
}

void ColumnProfiler::add(const Record& row) {
    for (std::size_t first = 0; first < stages_.size(); ++first) {
        Batch& batch = stages_[first].buffer();
        for (std::size_t i = first; i < profiles_.size(); i += stages_.size()) {
            batch.text += row.fields[i];
            batch.ends.push_back(batch.text.size());
        }
        batch.lines.push_back(row.line);
        if (batch.ends.size() >= cells_in_batch || batch.text.size() >= bytes_in_batch) {
            expect_done(stages_[first].hand_over());
        }
    }
}

/// The cells of the columns `first`, `first` + stages ...; leaves the batch empty.
void ColumnProfiler::look_at(Batch& batch, std::size_t first) {
    const std::size_t step = std::min(most_stages, profiles_.size());
    std::size_t begin = 0;
    std::size_t cell = 0;
    for (const std::int64_t line : batch.lines) {
        for (std::size_t i = first; i < profiles_.size(); i += step) {
            const std::size_t end = batch.ends[cell++];
            profiles_[i].add(std::string_view(batch.text).substr(begin, end - begin), line);
            begin = end;
        }
    }
    batch.text.clear();
    batch.ends.clear();
    batch.lines.clear();
}

std::vector<ColumnProfile> ColumnProfiler::finish() {
    for (Stage& stage : stages_) {
        expect_done(stage.hand_over());
        expect_done(stage.drain());
    }
    stages_.clear();
    for (ColumnProfile& profile : profiles_) profile.finish();
    return std::move(profiles_);
}

}  // namespace twinfirm::ingest
