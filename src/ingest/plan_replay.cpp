// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/plan_replay.h"

#include <algorithm>
#include <array>
#include <optional>

#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

using Kind = PlanDifference::Kind;

constexpr std::array<std::string_view, 6> names = {"new_column",   "missing_column", "renamed_column",
                                                   "moved_column", "type_changed",   "unit_changed"};

class Replay {
  public:
    Replay(const ImportPlan& plan, const Inspection& inspection) : old_(plan), fresh_(inspection.plan) {
        matched_.resize(fresh_.columns.size());
        taken_.resize(old_.columns.size(), 0);
    }

    PlanReplay run() {
        match([](const ColumnPlan& old, const ColumnPlan& fresh) { return old.source == fresh.source; });
        match([](const ColumnPlan& old, const ColumnPlan& fresh) {
            return comparable_name(old.source) == comparable_name(fresh.source);
        });
        match([](const ColumnPlan& old, const ColumnPlan& fresh) {
            return !old.field.empty() && old.field == fresh.field;
        });
        out_.plan = fresh_;
        out_.plan.reject_totals = old_.reject_totals;
        out_.plan.quality = old_.quality;
        out_.plan.reshape = old_.reshape;
        out_.plan.columns.clear();
        for (std::size_t i = 0; i < fresh_.columns.size(); ++i) take_column(i);
        for (std::size_t i = 0; i < old_.columns.size(); ++i) {
            if (taken_[i] == 0) out_.differences.push_back({Kind::missing_column, old_.columns[i].name, {}, {}});
        }
        return std::move(out_);
    }

  private:
    template <class Same>
    void match(const Same& same) {
        for (std::size_t i = 0; i < fresh_.columns.size(); ++i) {
            for (std::size_t k = 0; k < old_.columns.size() && !matched_[i]; ++k) {
                if (taken_[k] != 0 || !same(old_.columns[k], fresh_.columns[i])) continue;
                matched_[i] = k;
                taken_[k] = 1;
            }
        }
    }

    void take_column(std::size_t i) {
        const ColumnPlan& fresh = fresh_.columns[i];
        if (!matched_[i]) {
            out_.plan.columns.push_back(fresh);
            out_.differences.push_back({Kind::new_column, fresh.name, {}, {}});
            return;
        }
        ColumnPlan column = old_.columns[*matched_[i]];
        if (column.source != fresh.source) {
            out_.differences.push_back({Kind::renamed_column, column.name, column.source, fresh.source});
        } else if (*matched_[i] != i) {
            out_.differences.push_back(
                {Kind::moved_column, column.name, std::to_string(*matched_[i] + 1), std::to_string(i + 1)});
        }
        column.source = fresh.source;
        if (column.type != fresh.type) {
            out_.differences.push_back({Kind::type_changed, column.name, std::string(value_type_name(column.type)),
                                        std::string(value_type_name(fresh.type))});
        }
        if (!fresh.unit.empty() && column.unit != fresh.unit) {
            out_.differences.push_back({Kind::unit_changed, column.name, column.unit, fresh.unit});
            column.unit = fresh.unit;
        }
        out_.plan.columns.push_back(std::move(column));
    }

    const ImportPlan& old_;
    const ImportPlan& fresh_;
    PlanReplay out_;
    std::vector<std::optional<std::size_t>> matched_;  ///< place in the old plan of each new column
    std::vector<char> taken_;
};

}  // namespace

std::string_view plan_difference_name(PlanDifference::Kind kind) {
    return names[static_cast<std::size_t>(kind)];
}

PlanReplay replay_plan(const ImportPlan& plan, const Inspection& inspection) {
    return Replay(plan, inspection).run();
}

std::string difference_list(const std::vector<PlanDifference>& differences) {
    std::string text;
    for (const PlanDifference& difference : differences) {
        text += "\n  ";
        switch (difference.kind) {
            case Kind::new_column:
                text += "+ " + difference.column;
                break;
            case Kind::missing_column:
                text += "- " + difference.column;
                break;
            case Kind::renamed_column:
                text += display_name(difference.before) + " → " + display_name(difference.after);
                break;
            case Kind::moved_column:
            case Kind::type_changed:
            case Kind::unit_changed:
                text += difference.column + ": " + difference.before + " → " + difference.after;
                break;
        }
    }
    return text;
}

}  // namespace twinfirm::ingest
