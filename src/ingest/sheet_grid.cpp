// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_grid.h"

#include <system_error>
#include <utility>

#include "twinfirm/base/sha256.h"

namespace twinfirm::ingest {

namespace {

class GridWorksheet : public Worksheet {
  public:
    GridWorksheet(std::filesystem::path path, std::shared_ptr<const SheetGrid> grid)
        : path_(std::move(path)), grid_(std::move(grid)), merged_(grid_->merged) {}

    [[nodiscard]] Status skip_lines(std::int64_t count) override {
        while (next_ < grid_->rows() && grid_->number_of(next_) <= count) ++next_;
        return {};
    }

    [[nodiscard]] Result<bool> next(Record& record) override {
        do {
            if (next_ == grid_->rows()) return false;
            record.fields.clear();
            grid_->copy_row(next_, record.fields);
            record.line = grid_->number_of(next_++);
        } while (record.fields.empty());
        if (record.fields.size() < columns_) record.fields.resize(columns_);
        if (record.line <= fill_merged_to_) merged_.spread(record);
        return true;
    }

    [[nodiscard]] double progress() const override {
        return grid_->rows() == 0 ? 1 : static_cast<double>(next_) / static_cast<double>(grid_->rows());
    }

    [[nodiscard]] std::int64_t bytes() const override {
        std::error_code error;
        const auto size = std::filesystem::file_size(path_, error);
        return error ? 0 : static_cast<std::int64_t>(size);
    }

    [[nodiscard]] std::string hex_digest() override { return sha256_of_file(path_).value_or(std::string()); }
    [[nodiscard]] std::vector<SheetRemark> remarks() const override {
        SheetRemarks all = grid_->remarks;
        merged_.remark(fill_merged_to_, all);
        return all.list();
    }
    [[nodiscard]] std::int64_t merged_reach(std::int64_t row) const override { return merged_.reach_of(row); }

  private:
    std::filesystem::path path_;
    std::shared_ptr<const SheetGrid> grid_;
    MergedAreas merged_;
    std::size_t next_ = 0;
};

class GridWorkbook : public Workbook {
  public:
    GridWorkbook(std::filesystem::path path, std::vector<SheetInfo> sheets,
                 std::vector<std::shared_ptr<const SheetGrid>> grids)
        : path_(std::move(path)), sheets_(std::move(sheets)), grids_(std::move(grids)) {
        for (std::size_t i = 0; i < sheets_.size(); ++i) sheets_[i].empty = grids_[i]->cells() == 0;
    }

    [[nodiscard]] const std::vector<SheetInfo>& sheets() const override { return sheets_; }
    [[nodiscard]] Result<std::unique_ptr<Worksheet>> open_sheet(std::size_t sheet,
                                                                const CancellationToken& /*token*/) override {
        return std::unique_ptr<Worksheet>(std::make_unique<GridWorksheet>(path_, grids_[sheet]));
    }

  private:
    std::filesystem::path path_;
    std::vector<SheetInfo> sheets_;
    std::vector<std::shared_ptr<const SheetGrid>> grids_;
};

}  // namespace

void SheetGrid::copy_row(std::size_t row, std::vector<std::string_view>& fields) const {
    const std::size_t end = row + 1 < rows_.size() ? rows_[row + 1].first_cell : cells_.size();
    for (std::size_t i = rows_[row].first_cell; i < end; ++i) {
        fields.resize(static_cast<std::size_t>(cells_[i].column) - 1);
        fields.push_back(std::string_view(text_).substr(cells_[i].begin, cells_[i].size));
    }
}

tl::unexpected<Error> too_much_text() {
    return fail(ErrorKind::input, "workbook_too_much_text",
                {{"limit", std::to_string(grid_bytes_limit / (1024 * 1024))}});
}

std::shared_ptr<Workbook> make_grid_workbook(std::filesystem::path path, std::vector<SheetInfo> sheets,
                                             std::vector<std::shared_ptr<const SheetGrid>> grids) {
    return std::make_shared<GridWorkbook>(std::move(path), std::move(sheets), std::move(grids));
}

}  // namespace twinfirm::ingest
