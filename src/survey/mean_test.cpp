// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/mean_test.h"

#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

Result<MeanTest> test_means(const SampleDesign& design, std::span<const double> values, std::span<const char> group) {
    std::vector<char> first(group.size());
    std::vector<char> second(group.size());
    for (std::size_t row = 0; row < group.size(); ++row) {
        first[row] = group[row] == 1 ? 1 : 0;
        second[row] = group[row] == 0 ? 1 : 0;
    }
    const Linearised a = mean_of(design, values, first);
    const Linearised b = mean_of(design, values, second);
    if (a.n == 0 || b.n == 0) return fail(ErrorKind::statistics, "survey_test_empty");
    MeanTest test;
    test.difference = estimate_of(design, difference_of(design, a, b));
    test.difference.df -= 1;
    if (!(test.difference.std_error > 0)) return fail(ErrorKind::statistics, "survey_test_constant");
    test.t = test.difference.value / test.difference.std_error;
    test.p_value = stats::student_t_two_sided_p(test.t, test.difference.df);
    return test;
}

}  // namespace twinfirm::survey
