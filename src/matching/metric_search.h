// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "candidate_search.h"
#include "twinfirm/matching/covariate_metric.h"

namespace twinfirm::matching {

/// Candidates by their covariate distance, of equally near ones the one of smaller rank, with all limits of the task.
/// A tree over the candidates' points (Bentley 1975, Commun. ACM 18:509) whose boxes also hold the range of the scores
/// and the number of candidates still to be used; where few are within the score's caliper those alone are looked at.
class MetricSearch final : public CandidateSearch {
  public:
    MetricSearch(const StratumTask& task, const CovariatePoints& points);

    [[nodiscard]] std::optional<Candidate> nearest(std::uint32_t focal_place) override;
    [[nodiscard]] bool usable(std::uint32_t focal_place, std::uint32_t pool_place) const override;
    void use(std::uint32_t focal_place, std::uint32_t pool_place) override;

  private:
    struct Node {
        std::uint32_t begin = 0;  // in order_
        std::uint32_t end = 0;
        std::uint32_t left = 0;  // 0 = a leaf
        std::uint32_t right = 0;
        std::uint32_t parent = 0;
        std::uint32_t free = 0;
        double low_score = 0;
        double high_score = 0;
    };
    struct Query {
        std::uint32_t focal_place = 0;
        const double* point = nullptr;
        double score = 0;
        double best = 0;  // squared distance
        std::uint32_t place = 0;
        bool found = false;
        bool tied = false;
    };

    std::uint32_t build(std::uint32_t begin, std::uint32_t end, std::uint32_t parent);
    void fit_box(std::uint32_t node);
    [[nodiscard]] std::uint32_t widest(std::uint32_t node) const;
    [[nodiscard]] double distance_to_box(std::uint32_t node, const double* point) const;
    [[nodiscard]] bool out_of_reach(const Node& node, const Query& query) const;
    void visit(std::uint32_t node, Query& query) const;
    void consider(std::uint32_t pool_place, Query& query) const;
    [[nodiscard]] const double* pool_point(std::uint32_t place) const {
        return pool_point_.data() + place * dimensions_;
    }

    const StratumTask& task_;
    const CovariatePoints& points_;
    std::size_t dimensions_;
    std::vector<double> pool_point_;    // by place
    std::vector<std::uint32_t> order_;  // places, leaf by leaf
    std::vector<Node> nodes_;
    std::vector<double> box_;  // low and high of each dimension, node by node
    std::vector<std::uint32_t> leaf_of_;
    std::vector<std::uint32_t> uses_;
    std::vector<std::vector<std::uint32_t>> own_;
};

}  // namespace twinfirm::matching
