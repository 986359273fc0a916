// SPDX-License-Identifier: GPL-3.0-or-later
#include "linear_program.h"

#include <glpk.h>

#include <cmath>

namespace twinfirm::disclosure {

namespace {

int index(std::size_t zero_based) {
    return static_cast<int>(zero_based) + 1;
}

}  // namespace

struct LinearProgram::Problem {
    glp_prob* handle = nullptr;
    Problem() {
        glp_term_out(GLP_OFF);  // a setting of the calling thread
        handle = glp_create_prob();
    }
    ~Problem() { glp_delete_prob(handle); }
    Problem(const Problem&) = delete;
    Problem& operator=(const Problem&) = delete;
};

LinearProgram::LinearProgram(std::size_t rows, std::size_t columns, const std::vector<Entry>& entries)
    : problem_(std::make_unique<Problem>()) {
    glp_prob* handle = problem_->handle;
    if (rows > 0) glp_add_rows(handle, static_cast<int>(rows));  // GLPK refuses to add none
    glp_add_cols(handle, static_cast<int>(columns));
    for (std::size_t row = 0; row < rows; ++row) glp_set_row_bnds(handle, index(row), GLP_FX, 0, 0);
    std::vector<int> row_of{0};  // GLPK counts from 1
    std::vector<int> column_of{0};
    std::vector<double> factor{0};
    for (const Entry& entry : entries) {
        row_of.push_back(index(entry.row));
        column_of.push_back(index(entry.column));
        factor.push_back(entry.factor);
    }
    glp_load_matrix(handle, static_cast<int>(entries.size()), row_of.data(), column_of.data(), factor.data());
}

LinearProgram::~LinearProgram() = default;

void LinearProgram::set_bounds(std::size_t column, double low, double high) {
    int kind = GLP_DB;
    if (std::isinf(low) && std::isinf(high)) {
        kind = GLP_FR;
    } else if (std::isinf(low)) {
        kind = GLP_UP;
    } else if (std::isinf(high)) {
        kind = GLP_LO;
    } else if (low == high) {
        kind = GLP_FX;
    }
    glp_set_col_bnds(problem_->handle, index(column), kind, low, high);
}

void LinearProgram::set_cost(std::size_t column, double cost) {
    glp_set_obj_coef(problem_->handle, index(column), cost);
}

LinearProgram::Outcome LinearProgram::minimise(Method method) {
    glp_set_obj_dir(problem_->handle, GLP_MIN);
    return solve(method);
}

LinearProgram::Outcome LinearProgram::maximise() {
    glp_set_obj_dir(problem_->handle, GLP_MAX);
    return solve(Method::primal);
}

LinearProgram::Outcome LinearProgram::solve(Method method) {
    glp_prob* handle = problem_->handle;
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.meth = method == Method::primal ? GLP_PRIMAL : GLP_DUALP;
    parameters.tol_bnd = 1e-9;
    parameters.tol_dj = 1e-9;
    if (method == Method::dual) glp_std_basis(handle);
    for (int attempt = 0; attempt < 2; ++attempt) {
        const int code = glp_simplex(handle, &parameters);
        const int status = glp_get_status(handle);
        if (code == 0 && status == GLP_OPT) return Outcome::optimal;
        if (code == 0 && status == GLP_UNBND) return Outcome::unbounded;
        if (code == 0 && status == GLP_NOFEAS && method == Method::dual) return Outcome::failed;
        // A singular basis, or one that has drifted out of its bounds: once more from the beginning.
        glp_std_basis(handle);
        parameters.meth = GLP_PRIMAL;
        parameters.tol_bnd = 1e-7;
        parameters.tol_dj = 1e-7;
    }
    return Outcome::failed;
}

double LinearProgram::value(std::size_t column) const {
    return glp_get_col_prim(problem_->handle, index(column));
}

double LinearProgram::objective() const {
    return glp_get_obj_val(problem_->handle);
}

}  // namespace twinfirm::disclosure
