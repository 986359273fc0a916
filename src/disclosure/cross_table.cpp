// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/cross_table.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::disclosure {

namespace {

constexpr std::size_t most_cells = 2'000'000;

/// Which codes are parts of which.
struct Levels {
    std::vector<std::vector<std::size_t>> children;
    std::vector<std::vector<std::size_t>> leaf_siblings;
    std::vector<bool> is_total;
};

Result<Levels> levels_of(const Dimension& dimension) {
    Levels levels;
    levels.children.resize(dimension.codes.size());
    levels.leaf_siblings.resize(dimension.codes.size());
    for (std::size_t i = 0; i < dimension.codes.size(); ++i) {
        const auto parent = dimension.codes[i].parent;
        if (!parent) continue;
        if (*parent >= i) return fail(ErrorKind::input, "disclosure_code", {{"code", dimension.codes[i].name}});
        levels.children[*parent].push_back(i);
    }
    for (const auto& children : levels.children) {
        levels.is_total.push_back(!children.empty());
        std::vector<std::size_t> lowest;
        for (const std::size_t child : children)
            if (levels.children[child].empty()) lowest.push_back(child);
        for (const std::size_t child : lowest) levels.leaf_siblings[child] = lowest;
    }
    return levels;
}

double sum(double left, double right) {
    if (std::isnan(left)) return right;
    return std::isnan(right) ? left : left + right;
}

void merge_largest(Cell& into, const Cell& part) {
    std::vector<double> sizes;
    for (const double value : {into.largest, into.second, part.largest, part.second})
        if (!std::isnan(value)) sizes.push_back(value);
    std::sort(sizes.begin(), sizes.end(), [](double a, double b) { return std::abs(a) > std::abs(b); });
    if (!sizes.empty()) into.largest = sizes[0];
    if (sizes.size() > 1) into.second = sizes[1];
}

void add(Cell& into, const Cell& part) {
    into.value += part.value;
    into.contributors = sum(into.contributors, part.contributors);
    into.treated = sum(into.treated, part.treated);
    into.control = sum(into.control, part.control);
    merge_largest(into, part);
}

class Builder {
  public:
    Builder(const std::vector<Dimension>& dimensions, std::vector<Levels> levels)
        : dimensions_(dimensions), levels_(std::move(levels)), strides_(dimensions.size(), 1) {
        for (std::size_t d = dimensions.size(); d-- > 1;) strides_[d - 1] = strides_[d] * dimensions[d].codes.size();
    }

    Status place(const std::vector<Leaf>& leaves, std::vector<Cell>& cells) const {
        std::vector<bool> taken(cells.size(), false);
        for (const Leaf& leaf : leaves) {
            std::size_t index = 0;
            bool lowest = leaf.codes.size() == dimensions_.size();
            for (std::size_t d = 0; lowest && d < dimensions_.size(); ++d) {
                lowest = leaf.codes[d] < dimensions_[d].codes.size() && !levels_[d].is_total[leaf.codes[d]];
                index += leaf.codes[d] * strides_[d];
            }
            if (!lowest || taken[index]) return fail(ErrorKind::input, "disclosure_code", {{"code", leaf.cell.name}});
            taken[index] = true;
            cells[index] = leaf.cell;
        }
        return {};
    }

    /// Sums one dimension after the other, parts before totals: each margin is built from complete parts.
    void sum_margins(AggregateTable& table) const {
        for (std::size_t d = 0; d < dimensions_.size(); ++d) {
            for (std::size_t index = table.cells.size(); index-- > 0;) {
                const std::size_t code = code_at(index, d);
                const auto& children = levels_[d].children[code];
                if (children.empty()) continue;
                Relation relation{index, {}};
                for (const std::size_t child : children) relation.parts.push_back(index + (child - code) * strides_[d]);
                if (summed_so_far(index, d)) {
                    table.cells[index] = Cell{};
                    for (const std::size_t part : relation.parts) add(table.cells[index], table.cells[part]);
                }
                table.relations.push_back(std::move(relation));
            }
        }
    }

    [[nodiscard]] std::string name(std::size_t index) const {
        std::string text;
        for (std::size_t d = 0; d < dimensions_.size(); ++d) {
            if (d > 0) text += " / ";
            text += dimensions_[d].codes[code_at(index, d)].name;
        }
        return text;
    }

    [[nodiscard]] Grid grid() const {
        Grid grid;
        for (std::size_t d = 0; d < dimensions_.size(); ++d) {
            grid.shape.push_back(dimensions_[d].codes.size());
            grid.siblings.push_back(levels_[d].leaf_siblings);
            grid.is_total.push_back(levels_[d].is_total);
        }
        return grid;
    }

  private:
    [[nodiscard]] std::size_t code_at(std::size_t index, std::size_t dimension) const {
        return index / strides_[dimension] % dimensions_[dimension].codes.size();
    }
    /// Whether the later dimensions are at their lowest level, so that the parts are filled by now.
    [[nodiscard]] bool summed_so_far(std::size_t index, std::size_t dimension) const {
        for (std::size_t d = dimension + 1; d < dimensions_.size(); ++d)
            if (levels_[d].is_total[code_at(index, d)]) return false;
        return true;
    }

    const std::vector<Dimension>& dimensions_;
    std::vector<Levels> levels_;
    std::vector<std::size_t> strides_;
};

}  // namespace

Result<AggregateTable> build_cross_table(Content content, const std::vector<Dimension>& dimensions,
                                         const std::vector<Leaf>& leaves) {
    std::vector<Levels> levels;
    std::size_t cells = 1;
    for (const Dimension& dimension : dimensions) {
        auto found = levels_of(dimension);
        if (!found) return tl::unexpected(found.error());
        levels.push_back(std::move(*found));
        if (dimension.codes.empty() || cells > most_cells / dimension.codes.size()) {
            return fail(ErrorKind::input, "disclosure_too_many_cells", {{"most", std::to_string(most_cells)}});
        }
        cells *= dimension.codes.size();
    }
    AggregateTable table;
    table.content = content;
    table.cells.resize(cells);
    const Builder builder(dimensions, std::move(levels));
    TWINFIRM_TRY(builder.place(leaves, table.cells));
    builder.sum_margins(table);
    for (std::size_t i = 0; i < cells; ++i) table.cells[i].name = builder.name(i);
    table.grid = builder.grid();
    TWINFIRM_TRY(check_table(table));
    return table;
}

}  // namespace twinfirm::disclosure
