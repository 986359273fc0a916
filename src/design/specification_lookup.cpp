// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/specification_lookup.h"

#include <vector>

namespace twinfirm::design {

namespace {

template <class T>
const T* find_key(const std::vector<T>& entries, std::string_view key) {
    for (const T& entry : entries) {
        if (entry.key == key) return &entry;
    }
    return nullptr;
}

}  // namespace

const Outcome* find_outcome(const Specification& specification, std::string_view key) {
    return find_key(specification.outcomes, key);
}

const ProcessKpi* find_process_kpi(const Specification& specification, std::string_view key) {
    return find_key(specification.process_kpis, key);
}

const Breakdown* find_breakdown(const Specification& specification, std::string_view key) {
    return find_key(specification.breakdowns, key);
}

}  // namespace twinfirm::design
