// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/validation/validate.h"

namespace twinfirm::app {

struct ValidationRequest {
    std::filesystem::path reference;  ///< folder of reference results; empty = those that the program brings along
    std::filesystem::path out;        ///< the table: Markdown for `.md`, JSON for `.json`, else CSV; empty = none
    Language language = Language::english;
};

/// What became of the cases of one family.
struct ValidatedFamily {
    std::string family;
    std::int64_t cases = 0;
    std::int64_t lines = 0;
    std::int64_t numbers = 0;
    std::int64_t failed = 0;  ///< lines
};

/// Computes the cases, compares, and writes the table where one is asked for, whether all agree or not.
/// Errors: those of validation::validate() and of writing.
[[nodiscard]] Result<validation::Validation> run_validation(const ValidationRequest& request,
                                                            const CancellationToken& token = {},
                                                            const ProgressSink& progress = {});

/// The families in the order of the lines.
[[nodiscard]] std::vector<ValidatedFamily> validated_families(const validation::Validation& validation);

/// The table as text. CSV: `family,case,quantity,reference,ours,digits,required,rule,numbers,pass,exception`; `rule` is
/// near (then `required` digits), equal or at_most.
[[nodiscard]] std::string validation_csv(const validation::Validation& validation);
[[nodiscard]] std::string validation_json(const validation::Validation& validation, Language language);
[[nodiscard]] std::string validation_markdown(const validation::Validation& validation, Language language);

}  // namespace twinfirm::app
