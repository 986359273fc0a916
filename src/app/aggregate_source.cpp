// SPDX-License-Identifier: GPL-3.0-or-later
#include "aggregate_source.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/disclosure/cross_table.h"
#include "whole_file.h"

namespace twinfirm::app {

namespace {

using disclosure::Cell;
using disclosure::Content;
using Path = std::vector<std::string>;  ///< the categories of a dimension from coarse to fine

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Result<AggregateSource> read_json(const std::filesystem::path& path) {
    const auto text = read_whole_file(path);
    if (!text) return tl::unexpected(text.error());
    const auto wrong = [&] { return fail_at(ErrorKind::input, "protect_json", {}, path.string()); };
    const nlohmann::ordered_json json = nlohmann::ordered_json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("cells") || !json["cells"].is_object()) return wrong();
    AggregateSource source;
    source.columns = {"cell"};
    source.figure = "value";
    std::map<std::string, std::size_t> places;
    for (const auto& [name, item] : json["cells"].items()) {
        if (!item.is_object()) return wrong();
        const auto number = [&](const char* key) {
            const auto found = item.find(key);
            return found != item.end() && found->is_number() ? found->get<double>() : missing;
        };
        Cell cell;
        cell.name = name;
        cell.value = number("value");
        cell.contributors = number("count");
        cell.largest = number("max1");
        cell.second = number("max2");
        cell.known = item.contains("known") && item["known"] == true;
        const bool is_count = std::isnan(cell.contributors) || cell.contributors == cell.value;
        if (!std::isnan(cell.largest) || !is_count) source.table.content = Content::magnitudes;
        places[name] = source.table.cells.size();
        source.table.cells.push_back(std::move(cell));
        source.labels.push_back({name});
    }
    if (!json.contains("sums") || !json["sums"].is_array()) return wrong();
    const auto place = [&](const nlohmann::ordered_json& name) -> Result<std::size_t> {
        const auto found = name.is_string() ? places.find(name.get<std::string>()) : places.end();
        if (found == places.end()) return wrong();
        return found->second;
    };
    for (const auto& sum : json["sums"]) {
        if (!sum.is_array() || sum.size() != 2 || !sum[1].is_array()) return wrong();
        const auto total = place(sum[0]);
        if (!total) return tl::unexpected(total.error());
        disclosure::Relation relation{*total, {}};
        for (const auto& name : sum[1]) {
            const auto part = place(name);
            if (!part) return tl::unexpected(part.error());
            relation.parts.push_back(*part);
        }
        source.table.relations.push_back(std::move(relation));
    }
    return source;
}

std::string cell_text(const stats::Column& column, std::size_t row) {
    if (column.missing(row)) return "-";
    if (column.kind() == stats::ColumnKind::number) return shortest_text(column.values()[row]);
    return column.levels()[static_cast<std::size_t>(column.codes()[row])];
}

/// The columns of a file by their roles.
class Roles {
  public:
    Roles(const stats::Frame& frame, const std::filesystem::path& path) : frame_(frame), path_(path) {}

    /// The numbers of a column; none if it is not wanted and none of the usual names is there.
    Result<std::vector<double>> numbers(const std::string& wanted, std::initializer_list<const char*> usual,
                                        std::string* name = nullptr) {
        const stats::Column* column = wanted.empty() ? nullptr : frame_.find(wanted);
        if (!wanted.empty() && column == nullptr) return unknown(wanted);
        for (const char* candidate : usual)
            if (column == nullptr) column = frame_.find(candidate);
        if (column == nullptr) return std::vector<double>();
        if (column->kind() != stats::ColumnKind::number) {
            return fail_at(ErrorKind::input, "protect_numbers", {{"column", column->name()}}, path_.string());
        }
        taken_.insert(column->name());
        if (name != nullptr) *name = column->name();
        return std::vector<double>(column->values().begin(), column->values().end());
    }

    Result<std::vector<std::vector<const stats::Column*>>> dimensions(
        const std::vector<std::vector<std::string>>& wanted) const {
        std::vector<std::vector<const stats::Column*>> result;
        for (const auto& levels : wanted) {
            auto& columns = result.emplace_back();
            for (const std::string& name : levels) {
                columns.push_back(frame_.find(name));
                if (columns.back() == nullptr) return unknown(name);
            }
        }
        if (!wanted.empty()) return result;
        for (const stats::Column& column : frame_.columns())
            if (!taken_.contains(column.name())) result.push_back({&column});
        return result;
    }

  private:
    [[nodiscard]] tl::unexpected<Error> unknown(const std::string& name) const {
        return fail_at(ErrorKind::usage, "protect_column", {{"column", name}}, path_.string());
    }
    const stats::Frame& frame_;
    const std::filesystem::path& path_;
    std::set<std::string> taken_;
};

Path path_of(const std::vector<const stats::Column*>& levels, std::size_t row) {
    Path path;
    for (const stats::Column* column : levels) path.push_back(cell_text(*column, row));
    return path;
}

/// A dimension in code-point order, the total first: the order of rows does not matter.
struct Tree {
    disclosure::Dimension dimension;
    std::vector<Path> paths;  ///< one a code
    std::map<Path, std::size_t> places;
};

Tree make_tree(const std::vector<const stats::Column*>& levels, std::size_t rows, const std::string& total) {
    std::set<Path> all{Path()};
    for (std::size_t row = 0; row < rows; ++row) {
        const Path whole = path_of(levels, row);
        for (std::size_t length = 1; length <= whole.size(); ++length) {
            all.insert(Path(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
        }
    }
    Tree tree;
    tree.dimension.name = levels.front()->name();
    for (const Path& path : all) {  // a path comes after each of its beginnings
        disclosure::Code code{path.empty() ? total : path.back(), std::nullopt};
        if (!path.empty()) code.parent = tree.places.at(Path(path.begin(), path.end() - 1));
        tree.places.emplace(path, tree.paths.size());
        tree.paths.push_back(path);
        tree.dimension.codes.push_back(std::move(code));
    }
    return tree;
}

/// The categories of every cell, a column a level; `total` where a level is summed over.
void add_labels(const std::vector<Tree>& trees, const std::vector<std::vector<const stats::Column*>>& dimensions,
                const std::string& total, AggregateSource& source) {
    for (std::size_t cell = 0; cell < source.table.cells.size(); ++cell) {
        std::vector<std::string> labels;
        std::size_t stride = source.table.cells.size();
        for (std::size_t d = 0; d < trees.size(); ++d) {
            stride /= trees[d].paths.size();
            Path path = trees[d].paths[cell / stride % trees[d].paths.size()];
            path.resize(dimensions[d].size(), total);
            labels.insert(labels.end(), path.begin(), path.end());
        }
        source.labels.push_back(std::move(labels));
    }
}

Result<AggregateSource> read_rows(const ProtectRequest& request, const std::string& total,
                                  const CancellationToken& token, const ProgressSink& progress) {
    auto file = read_whole_table(request.table, token, progress);
    if (!file) return tl::unexpected(file.error());
    const AggregateColumns& wanted = request.columns;
    AggregateSource source;
    source.messages = std::move(file->messages);
    Roles roles(file->frame, request.table);
    std::string count_name;
    const auto count = roles.numbers(wanted.count, {"count", "n", "업체수", "기업수", "사업체수"}, &count_name);
    if (!count) return tl::unexpected(count.error());
    if (count->empty()) return fail_at(ErrorKind::usage, "protect_no_count", {}, request.table.string());
    const auto value = roles.numbers(wanted.value, {"value", "값", "금액"}, &source.figure);
    if (!value) return tl::unexpected(value.error());
    const auto largest = roles.numbers(wanted.largest, {"largest", "max1", "최대값"});
    const auto second = roles.numbers(wanted.second, {"second", "max2", "둘째값"});
    const auto treated = roles.numbers(wanted.treated, {"treated", "도입"});
    const auto control = roles.numbers(wanted.control, {"control", "미도입"});
    for (const auto* column : {&largest, &second, &treated, &control})
        if (!*column) return tl::unexpected(column->error());
    const auto dimensions = roles.dimensions(wanted.dimensions);
    if (!dimensions) return tl::unexpected(dimensions.error());
    const bool sums = !value->empty();
    if (!sums) source.figure = count_name;

    std::vector<Tree> trees;
    std::vector<disclosure::Dimension> parts;
    for (const auto& levels : *dimensions) {
        trees.push_back(make_tree(levels, file->frame.rows(), total));
        parts.push_back(trees.back().dimension);
        for (const stats::Column* column : levels) source.columns.push_back(column->name());
    }
    std::vector<disclosure::Leaf> leaves;
    const auto at = [](const std::vector<double>& column, std::size_t row) {
        return column.empty() ? missing : column[row];
    };
    for (std::size_t row = 0; row < file->frame.rows(); ++row) {
        disclosure::Leaf leaf;
        for (std::size_t d = 0; d < trees.size(); ++d) {
            const Path path = path_of((*dimensions)[d], row);
            leaf.codes.push_back(trees[d].places.at(path));
            leaf.cell.name += (d > 0 ? " / " : "") + path.back();
        }
        leaf.cell.contributors = (*count)[row];
        leaf.cell.value = sums ? (*value)[row] : (*count)[row];
        leaf.cell.largest = at(*largest, row);
        leaf.cell.second = at(*second, row);
        leaf.cell.treated = at(*treated, row);
        leaf.cell.control = at(*control, row);
        leaves.push_back(std::move(leaf));
    }
    auto table = disclosure::build_cross_table(sums ? Content::magnitudes : Content::counts, parts, leaves);
    if (!table) return tl::unexpected(table.error());
    source.table = std::move(*table);
    add_labels(trees, *dimensions, total, source);
    return source;
}

}  // namespace

Result<AggregateSource> read_aggregate(const ProtectRequest& request, const std::string& total,
                                       const CancellationToken& token, const ProgressSink& progress) {
    return request.table.extension() == ".json" ? read_json(request.table) : read_rows(request, total, token, progress);
}

}  // namespace twinfirm::app
