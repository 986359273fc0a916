// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/stats/frame.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::app {

/// Keeps the rows of a file in memory, for a design on one file without a project.
class FrameSink : public store::RowSink {
  public:
    [[nodiscard]] Status begin(const store::TableDefinition& definition) override;
    [[nodiscard]] Status append(const store::RowChunk& chunk) override;

    /// The columns under their names in the file: numbers as numbers, text as categories in code-point order.
    [[nodiscard]] stats::Frame take_frame();
    /// The values of one column as texts, missing = empty; empty vector if there is no such column. Before take_frame.
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;

  private:
    struct Values {
        std::string name;
        bool text = false;
        std::vector<double> numbers;
        std::vector<std::string> texts;
    };
    std::vector<Values> columns_;
};

}  // namespace twinfirm::app
