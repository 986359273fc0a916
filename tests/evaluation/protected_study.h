// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::evaluation {

/// Bands whose last one holds the two largest adopters.
inline design::Specification small_band_specification(const StudyData& data) {
    std::vector<double> employees;
    for (std::size_t i = 0; i < data.panel.firms(); ++i) {
        const int year = data.panel.adoption_year[i];
        if (year != 0) employees.push_back(data.panel.value("emp", i, year - 1));
    }
    std::sort(employees.begin(), employees.end());
    design::Specification specification = synthetic_specification();
    specification.breakdowns[0].edges = {0, 20, 60, employees.end()[-2]};
    specification.breakdowns[0].labels = {{"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}};
    return specification;
}

inline design::Specification without_protection(design::Specification specification) {
    specification.disclosure.enabled = false;
    specification.disclosure.reason = "test";
    return specification;
}

/// One study, evaluated once for all tests of a suite: as it is shown, and with everything that is hidden there.
class ProtectedResult : public ::testing::Test {
  protected:
    static void evaluate_both(const design::Specification& specification, const StudyData& data) {
        shown_ = new Evaluation(evaluate(specification, data).value());
        all_ = new Evaluation(evaluate(without_protection(specification), data).value());
    }
    static void TearDownTestSuite() {
        delete shown_;
        delete all_;
        shown_ = all_ = nullptr;
    }

    static inline const Evaluation* shown_ = nullptr;
    static inline const Evaluation* all_ = nullptr;
};

}  // namespace twinfirm::evaluation
