// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/design/effect_settings.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/number_format.h"

namespace twinfirm::report {

/// The words and numbers of one language: what every part of the report is written with.
class Words {
  public:
    /// Of no evaluation in particular.
    explicit Words(Language language) : catalogue_(language), format_(language) {}
    Words(const evaluation::Evaluation& evaluation, Language language)
        : catalogue_(language),
          format_(language),
          without_sets_(design::compares_without_sets(evaluation.specification.matching)) {}

    [[nodiscard]] Language language() const { return format_.language(); }
    [[nodiscard]] const NumberFormat& format() const { return format_; }
    [[nodiscard]] const MessageCatalogue& catalogue() const { return catalogue_; }
    /// The text of a code of the message catalogue; that of `code_compared` where nobody is matched and there is one.
    [[nodiscard]] std::string operator()(std::string_view code, const MessageArguments& arguments = {}) const {
        if (without_sets_) {
            const std::string variant = std::string(code).append("_compared");
            std::string text = catalogue_.text(variant, arguments);
            if (text != variant) return text;
        }
        return catalogue_.text(code, arguments);
    }

  private:
    MessageCatalogue catalogue_;
    NumberFormat format_;
    bool without_sets_ = false;
};

}  // namespace twinfirm::report
