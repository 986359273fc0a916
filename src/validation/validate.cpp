// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/validation/validate.h"

#include <algorithm>
#include <array>
#include <exception>

#include "run.h"

namespace twinfirm::validation {

void Run::compare(const std::string& family, const std::string& name, const std::function<void(CaseReport&)>& body) {
    if (token_.cancelled()) return;
    CaseReport report(family, name);
    try {
        body(report);
    } catch (const std::exception&) {
        // A file that is not what its place says, or an estimator that refuses: of one case, not of the others.
        report.equal("computed", 0, 1);
    }
    if (report.rows().empty()) report.equal("computed", 0, 1);
    result_.rows.insert(result_.rows.end(), report.rows().begin(), report.rows().end());
}

bool Validation::passed() const {
    return std::all_of(rows.begin(), rows.end(), [](const Comparison& row) { return row.pass; });
}

Result<Validation> validate(const ReferenceFolder& folder, const CancellationToken& token,
                            const ProgressSink& progress) {
    constexpr std::array families{compare_nist,    compare_certified_logit, compare_logit,       compare_matchit,
                                  compare_tiefree, compare_balance_family,  compare_matching_ai, compare_sensitivity,
                                  compare_did,     compare_survey};
    Run run(folder, token);
    for (std::size_t i = 0; i < families.size(); ++i) {
        report_progress(progress, "validation", static_cast<double>(i) / families.size());
        families[i](run);
        TWINFIRM_TRY(token.check());
    }
    if (run.result().rows.empty()) return fail(ErrorKind::input, "validation_nothing");
    return std::move(run.result());
}

}  // namespace twinfirm::validation
