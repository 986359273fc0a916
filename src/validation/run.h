// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "twinfirm/validation/validate.h"

namespace twinfirm::validation {

/// One validation under way: the folder, and the lines so far.
class Run {
  public:
    Run(const ReferenceFolder& folder, CancellationToken token) : folder_(folder), token_(std::move(token)) {}

    [[nodiscard]] const ReferenceFolder& folder() const { return folder_; }

    /// Compares one case. Whatever goes wrong in `body` makes a failed line.
    void compare(const std::string& family, const std::string& name, const std::function<void(CaseReport&)>& body);
    void leave_out(const std::string& family, const std::string& name, const std::string& reason) {
        result_.left_out.push_back({family, name, reason});
    }

    [[nodiscard]] Validation& result() { return result_; }

  private:
    const ReferenceFolder& folder_;
    CancellationToken token_;
    Validation result_;
};

/// The value of a result that has to be there.
template <class T>
[[nodiscard]] T value_of(Result<T> result) {
    if (!result) throw ReferenceError(result.error().code);
    return *std::move(result);
}

// The families: each compares the cases of its folder, as far as they are there.
void compare_nist(Run& run);
void compare_certified_logit(Run& run);
void compare_logit(Run& run);
void compare_matchit(Run& run);
void compare_tiefree(Run& run);
void compare_balance_family(Run& run);
void compare_matching_ai(Run& run);
void compare_sensitivity(Run& run);
void compare_did(Run& run);
void compare_survey(Run& run);

}  // namespace twinfirm::validation
