// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>

namespace twinfirm::matching {
namespace {

constexpr int max_iterations = 200;
constexpr int max_halvings = 40;
constexpr double converged = 1e-13;

struct Point {
    Eigen::VectorXd coefficients;
    Eigen::VectorXd weight;                                  // sums to 1
    double value = std::numeric_limits<double>::infinity();  // log sum exp
};

Point evaluate(const Eigen::MatrixXd& z, Eigen::VectorXd coefficients) {
    Point point;
    const Eigen::VectorXd exponent = z * coefficients;
    point.coefficients = std::move(coefficients);
    const double largest = exponent.maxCoeff();
    if (!std::isfinite(largest)) return point;
    point.weight = (exponent.array() - largest).exp();
    const double sum = point.weight.sum();
    point.weight /= sum;
    point.value = largest + std::log(sum);
    return point;
}

}  // namespace

std::vector<double> calibrate(const Eigen::MatrixXd& z) {
    Point now = evaluate(z, Eigen::VectorXd::Zero(z.cols()));
    Eigen::VectorXd gradient = z.transpose() * now.weight;
    bool last_step = false;
    for (int iteration = 0; iteration < max_iterations && z.cols() > 0; ++iteration) {
        const Eigen::MatrixXd hessian = z.transpose() * now.weight.asDiagonal() * z - gradient * gradient.transpose();
        const Eigen::VectorXd step = hessian.ldlt().solve(gradient);
        const double slope = gradient.dot(step);
        if (!std::isfinite(slope) || slope <= 0) break;
        // Near the solution the value no longer tells better from worse; the gradient does.
        const double before = gradient.cwiseAbs().maxCoeff();
        double length = 1;
        Point next = evaluate(z, now.coefficients - step);
        for (int i = 0; i < max_halvings && !(next.value <= now.value - 1e-4 * length * slope) && slope > 1e-14; ++i) {
            length /= 2;
            next = evaluate(z, now.coefficients - length * step);
        }
        if (!std::isfinite(next.value)) break;
        const Eigen::VectorXd moved = z.transpose() * next.weight;
        if (last_step && !(moved.cwiseAbs().maxCoeff() < before)) break;
        now = std::move(next);
        gradient = moved;
        last_step = gradient.cwiseAbs().maxCoeff() < 1e-9;
        if (gradient.cwiseAbs().maxCoeff() < converged) break;
    }
    return {now.weight.begin(), now.weight.end()};
}

}  // namespace twinfirm::matching
