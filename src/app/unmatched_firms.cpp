// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/unmatched_firms.h"

#include "twinfirm/app/load_study_data.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::app {

Result<std::vector<UnmatchedFirm>> unmatched_firms(const store::Project& project,
                                                   const design::Specification& specification,
                                                   const CancellationToken& token, const ProgressSink& progress) {
    report_progress(progress, "read", 0);
    const auto data = load_study_data(project, specification, token);
    if (!data) return tl::unexpected(data.error());
    report_progress(progress, "matching", 0);
    return evaluation::unmatched_firms(*data, specification, 0, token);
}

std::string unmatched_csv(const std::vector<UnmatchedFirm>& firms, Language language) {
    const MessageCatalogue catalogue(language);
    CsvWriter csv;
    csv.header({"firm_id", "adoption_year", "adopter", "reason", "reason_text"});
    for (const UnmatchedFirm& firm : firms) {
        const std::string code(matching::reason_code(firm.reason));
        csv.text(firm.firm).integer(firm.cohort).integer(firm.adopter ? 1 : 0).text(code);
        csv.text(catalogue.text("report_reason_" + code, {}));
        csv.end_row();
    }
    return csv.bytes();
}

}  // namespace twinfirm::app
