// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace twinfirm::disclosure {

/// A linear program over columns with bounds whose rows all sum to 0; solved by GLPK's simplex method from the basis of
/// the last solution.
class LinearProgram {
  public:
    struct Entry {
        std::size_t row = 0;
        std::size_t column = 0;
        double factor = 0;
    };
    enum class Outcome { optimal, unbounded, failed };
    enum class Method {
        primal,  ///< for a new objective over the same bounds
        dual,    ///< for new bounds where all costs are at least 0, from the basis of the rows
    };

    LinearProgram(std::size_t rows, std::size_t columns, const std::vector<Entry>& entries);
    ~LinearProgram();
    LinearProgram(const LinearProgram&) = delete;
    LinearProgram& operator=(const LinearProgram&) = delete;

    /// Infinite bounds are none.
    void set_bounds(std::size_t column, double low, double high);
    void set_cost(std::size_t column, double cost);
    Outcome minimise(Method method = Method::primal);
    Outcome maximise();
    [[nodiscard]] double value(std::size_t column) const;
    [[nodiscard]] double objective() const;

  private:
    Outcome solve(Method method);
    struct Problem;
    std::unique_ptr<Problem> problem_;
};

}  // namespace twinfirm::disclosure
