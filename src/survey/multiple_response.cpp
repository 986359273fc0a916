// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/multiple_response.h"

#include <stdexcept>

namespace twinfirm::survey {

MultipleResponse multiple_response(const SampleDesign& design, const std::vector<ResponseItem>& items,
                                   std::span<const char> domain, bool blank_counts) {
    if (!domain.empty() && domain.size() != design.rows()) throw std::invalid_argument("a domain of another length");
    MultipleResponse result;
    std::vector<double> marks(design.rows(), 0);
    for (const ResponseItem& item : items) {
        if (item.marked.size() != design.rows()) throw std::invalid_argument("an item of another length");
        for (std::size_t row = 0; row < marks.size(); ++row)
            if (item.marked[row] == 1) ++marks[row];
    }
    std::vector<char> base(design.rows(), 0);
    for (std::size_t row = 0; row < base.size(); ++row) {
        const bool inside = domain.empty() || domain[row] != 0;
        if (!inside && marks[row] > 0) ++result.outside_answers;
        if (inside && marks[row] == 0) ++result.without_answer;
        base[row] = inside && (marks[row] > 0 || blank_counts) ? 1 : 0;
        result.base += base[row];
    }
    for (const ResponseItem& item : items) {
        std::vector<double> chosen(design.rows());
        for (std::size_t row = 0; row < chosen.size(); ++row) chosen[row] = item.marked[row] == 1 ? 1 : 0;
        result.shares.push_back({estimate_of(design, mean_of(design, chosen, base)),
                                 estimate_of(design, ratio_of(design, chosen, marks, base))});
    }
    result.answers_each = mean_of(design, marks, base).value;
    return result;
}

}  // namespace twinfirm::survey
