// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/import_audit.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/registration_number.h"

namespace twinfirm::ingest {

/// Counts the classes of the registration numbers in a table's columns of the fields brn and crn.
class RegistrationCounter {
  public:
    explicit RegistrationCounter(const ImportPlan& plan);

    /// @param fields  all of a record's
    void count(const std::vector<std::string_view>& fields);
    /// Classes that occur, by column in the file's order.
    [[nodiscard]] std::vector<RegistrationCount> counts() const;

  private:
    struct Column {
        std::size_t place;
        const ColumnPlan* plan;
        std::array<std::int64_t, registration_classes> counts{};
    };
    std::vector<Column> columns_;
};

}  // namespace twinfirm::ingest
