// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// The texts of the charts of one evaluation in one language.
class ChartTexts {
  public:
    ChartTexts(const evaluation::Evaluation& evaluation, Language language)
        : evaluation_(evaluation), catalogue_(language) {}

    [[nodiscard]] Language language() const { return catalogue_.language(); }
    /// Where nobody is matched the text of `code_compared`, if there is one.
    [[nodiscard]] std::string operator()(std::string_view code, const MessageArguments& arguments = {}) const {
        if (design::compares_without_sets(evaluation_.specification.matching)) {
            const std::string variant = std::string(code).append("_compared");
            std::string text = catalogue_.text(variant, arguments);
            if (text != variant) return text;
        }
        return catalogue_.text(code, arguments);
    }
    /// `95`
    [[nodiscard]] std::string confidence() const;
    /// Where the numbers come from: period, firms, program, specification.
    [[nodiscard]] std::string source() const;
    /// Adds what an X means, if the chart shows one.
    void explain_suppression(Chart& chart) const;
    /// `매출액 (억원)`: a name with its unit.
    [[nodiscard]] std::string with_unit(const std::string& name, const std::string& unit) const;
    /// An empty chart of that kind with language and source filled in.
    [[nodiscard]] Chart frame(ChartKind kind, std::string key) const;

  private:
    const evaluation::Evaluation& evaluation_;
    MessageCatalogue catalogue_;
};

}  // namespace twinfirm::charts
