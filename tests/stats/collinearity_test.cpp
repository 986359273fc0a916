// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/collinearity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "twinfirm/base/random.h"

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns) {
    Random random(4);
    Eigen::MatrixXd a(rows, columns);
    for (Eigen::Index i = 0; i < a.size(); ++i) a.data()[i] = random.normal();
    return a;
}

Eigen::MatrixXd factor_of(const Eigen::MatrixXd& a, unsigned threads) {
    return triangular_factor(static_cast<std::size_t>(a.rows()), static_cast<std::size_t>(a.cols()), threads,
                             [&](std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) {
                                 block = a.middleRows(static_cast<Eigen::Index>(begin), block.rows());
                             });
}

TEST(TriangularFactor, HasTheGramMatrixOfTheWhole) {
    const Eigen::MatrixXd a = random_matrix(5000, 7);
    const Eigen::MatrixXd r = factor_of(a, 1);
    EXPECT_LE((r.transpose() * r - a.transpose() * a).norm(), 1e-11 * (a.transpose() * a).norm());
    EXPECT_EQ(r, r.triangularView<Eigen::Upper>().toDenseMatrix());
    EXPECT_EQ(factor_of(a, 3), r);
}

TEST(TriangularFactor, FewerRowsThanColumnsLeaveZeroRows) {
    const Eigen::MatrixXd a = random_matrix(3, 5);
    const Eigen::MatrixXd r = factor_of(a, 1);
    EXPECT_EQ(r.rows(), 5);
    EXPECT_EQ(r.bottomRows(2).norm(), 0);
}

TEST(DependentColumns, AreFoundInOrderWithTheirSets) {
    Eigen::MatrixXd a(50, 6);
    a.leftCols(3) = random_matrix(50, 3);
    a.col(3) = a.col(0) - 2 * a.col(2);
    a.col(4) = random_matrix(50, 4).col(3);
    a.col(5).setZero();
    const auto found = find_dependent_columns(factor_of(a, 1), Eigen::VectorXd::Constant(6, 1e-12));
    ASSERT_EQ(found.size(), 2);
    EXPECT_EQ(found[0].column, 3);
    EXPECT_THAT(found[0].others, ElementsAre(0, 2));
    EXPECT_EQ(found[1].column, 5);
    EXPECT_THAT(found[1].others, ElementsAre());
    const Messages messages = collinearity_messages(found, {"a", "b", "c", "d", "e", "f"});
    EXPECT_EQ(messages[0].arguments.at("others"), "a, c");
}

TEST(DependentColumns, ToleranceDividesNearFromDependent) {
    Eigen::MatrixXd a = random_matrix(40, 2);
    a.col(1) = a.col(0) + 1e-8 * a.col(1);
    EXPECT_TRUE(find_dependent_columns(a, Eigen::VectorXd::Constant(2, 1e-9)).empty());
    EXPECT_EQ(find_dependent_columns(a, Eigen::VectorXd::Constant(2, 1e-7)).size(), 1);
}

}  // namespace
}  // namespace twinfirm::stats
