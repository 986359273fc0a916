// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/disclosure_lines.h"

#include "words.h"

namespace twinfirm::report {

std::string disclosure_line(const evaluation::Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const evaluation::DisclosureReport& report = evaluation.disclosure;
    const NumberFormat& format = words.format();
    const MessageArguments arguments = {{"minimum", format.count(evaluation.specification.minimum_cell)},
                                        {"cells", format.count(report.cells)},
                                        {"primary", format.count(report.primary)},
                                        {"complementary", format.count(report.complementary)},
                                        {"recovered", format.count(report.recovered)},
                                        {"reason", report.reason}};
    return words(report.enabled ? "report_disclosure" : "report_disclosure_off", arguments);
}

void mark_unprotected(const evaluation::Evaluation& evaluation, Document& document) {
    if (evaluation.disclosure.enabled) return;
    const Words words(evaluation, document.language);
    document.subtitle += (document.subtitle.empty() ? "" : " · ") +
                         words("report_disclosure_cover", {{"reason", evaluation.disclosure.reason}});
}

}  // namespace twinfirm::report
