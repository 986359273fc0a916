// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/sample_design.h"

namespace twinfirm::survey {

/// Sixteen rows in three strata with clusters, as handed to R's survey 4.1-1 for the numbers in the tests:
/// svydesign(id=~c, strata=~h, weights=~w, fpc=~N, nest=TRUE).
struct ClusteredExample {
    std::vector<double> h{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3};
    std::vector<double> c{1, 1, 2, 2, 3, 3, 1, 1, 1, 2, 2, 3, 1, 1, 2, 2};
    std::vector<double> w{10, 12, 10, 11, 9, 10, 20, 21, 19, 20, 22, 20, 5, 5, 6, 6};
    std::vector<double> population{20, 20, 20, 20, 20, 20, 30, 30, 30, 30, 30, 30, 10, 10, 10, 10};
    std::vector<double> y{3.1, 4.2, 2.8, 5.5, 6.1, 4.4, 7.3, 8.1, 6.9, 5.2, 9.4, 7.7, 1.2, 2.5, 3.3, 2.1};
    std::vector<double> z{1, 2, 1, 2, 3, 2, 4, 3, 3, 2, 5, 4, 1, 1, 2, 1};
    std::vector<double> q{0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1};  ///< 1 = g is "q"
    std::vector<double> v{0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1};  ///< 1 = e is "v"
    std::vector<double> b{1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    [[nodiscard]] static Grouping groups(const std::vector<double>& values) {
        return grouping_of(stats::Column::numbers("", values));
    }
    [[nodiscard]] DesignColumns columns() const { return {w, groups(h), groups(c), population}; }
    [[nodiscard]] SampleDesign design() const { return SampleDesign::make(columns()).value(); }
    [[nodiscard]] static std::vector<char> domain(const std::vector<double>& values) {
        return {values.begin(), values.end()};
    }
    /// A stratum of one row drawn out of four.
    void add_lonely_stratum() {
        h.push_back(4);
        c.push_back(1);
        w.push_back(8);
        population.push_back(4);
        y.push_back(10);
    }
};

}  // namespace twinfirm::survey
