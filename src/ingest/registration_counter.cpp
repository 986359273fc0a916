// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/registration_counter.h"

#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/personal_data.h"

namespace twinfirm::ingest {

RegistrationCounter::RegistrationCounter(const ImportPlan& plan) {
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        const ColumnPlan& column = plan.columns[i];
        if (column.field == "brn" || column.field == "crn") columns_.push_back({i, &column, {}});
    }
}

void RegistrationCounter::count(const std::vector<std::string_view>& fields) {
    for (Column& column : columns_) {
        const std::string_view text = trim(fields[column.place]);
        if (text.empty() || is_pseudonym(text)) continue;
        const RegistrationNumber number =
            column.plan->field == "brn" ? read_business_number(text) : read_corporate_number(text);
        ++column.counts[static_cast<std::size_t>(number.kind)];
    }
}

std::vector<RegistrationCount> RegistrationCounter::counts() const {
    std::vector<RegistrationCount> all;
    for (const Column& column : columns_) {
        for (std::size_t i = 0; i < registration_classes; ++i) {
            if (column.counts[i] == 0) continue;
            all.push_back({column.plan->name, std::string(registration_class_name(static_cast<RegistrationClass>(i))),
                           column.counts[i]});
        }
    }
    return all;
}

}  // namespace twinfirm::ingest
