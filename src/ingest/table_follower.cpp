// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_follower.h"

#include <algorithm>
#include <utility>

#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t rows_looked_at = 3;

bool is_blank(const Record& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](std::string_view cell) { return trim(cell).empty(); });
}

}  // namespace

Result<bool> TableFollower::next(Record& record) {
    further_table_ = false;
    if (!ahead_.empty()) {
        current_ = std::move(ahead_.front());
        ahead_.pop_front();
        record.line = current_.line;
        record.fields.assign(current_.fields.begin(), current_.fields.end());
        return true;
    }
    if (ended_) return false;
    bool blank_before = false;
    for (;;) {
        auto more = source_.next(record);
        if (!more || !*more) return more;
        if (!is_blank(record)) break;
        blank_before = true;
    }
    if (blank_rows_left_out_ && last_line_ > 0 && record.line > last_line_ + 1) blank_before = true;
    last_line_ = record.line;
    ++rows_;
    if (columns_ < 2 || rows_ == 1) return true;
    if (end_.resembles_header(record.fields)) {
        further_table_ = !end_.is_header(record.fields);
        if (further_table_) follow({record.fields.begin(), record.fields.end()});
        return true;
    }
    return blank_before ? other_table_begins(record) : Result<bool>(true);
}

Result<bool> TableFollower::other_table_begins(Record& record) {
    std::vector<std::vector<std::string>> rows = {{record.fields.begin(), record.fields.end()}};
    current_ = {record.line, rows.front()};
    Record following;
    while (rows.size() < rows_looked_at) {
        auto more = source_.next(following);
        if (!more) return more;
        ended_ = !*more;
        if (ended_) break;
        if (is_blank(following)) continue;
        last_line_ = following.line;
        rows.emplace_back(following.fields.begin(), following.fields.end());
        ahead_.push_back({following.line, rows.back()});
    }
    further_table_ = end_.is_other_table(rows);
    if (further_table_) follow(TableEnd::header_among(rows));
    record.line = current_.line;
    record.fields.assign(current_.fields.begin(), current_.fields.end());
    return true;
}

void TableFollower::follow(const std::vector<std::string>& header) {
    columns_ = header.size();
    end_ = TableEnd(header, columns_);
    rows_ = 1;
}

}  // namespace twinfirm::ingest
