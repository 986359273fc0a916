// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/report/number_format.h"

namespace twinfirm::report {

/// The words and numbers of one language: what every part of the report is written with.
class Words {
  public:
    explicit Words(Language language) : catalogue_(language), format_(language) {}

    [[nodiscard]] Language language() const { return format_.language(); }
    [[nodiscard]] const NumberFormat& format() const { return format_; }
    [[nodiscard]] const MessageCatalogue& catalogue() const { return catalogue_; }
    /// The text of a code of the message catalogue.
    [[nodiscard]] std::string operator()(std::string_view code, const MessageArguments& arguments = {}) const {
        return catalogue_.text(code, arguments);
    }

  private:
    MessageCatalogue catalogue_;
    NumberFormat format_;
};

}  // namespace twinfirm::report
