// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/record_repair.h"

#include <algorithm>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t longest_line = std::size_t{64} * 1024;
constexpr std::size_t work_limit = 4'000'000;
constexpr int forgotten_delimiter = 4;  ///< between two fields, one of them in quotes
constexpr int most_faults = 6;

/// Shortest paths over (place where a field may begin, number of fields before it).
class LineSplitter {
  public:
    LineSplitter(std::string_view line, const CsvDialect& dialect, std::size_t width, LineFaults faults)
        : line_(line),
          dialect_(dialect),
          width_(width),
          delimiters_forgotten_(faults != LineFaults::quotes),
          odd_quote_(faults == LineFaults::delimiters ? most_faults + 1 : 1) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == dialect.quote) quotes_.push_back(i);
        }
        starts_.push_back(0);
        for (std::size_t i = 1; i <= line.size(); ++i) {
            const bool after_delimiter = line[i - 1] == dialect.delimiter;
            const bool at_quote = delimiters_forgotten_ && i < line.size() && line[i] == dialect.quote;
            if (after_delimiter || at_quote) starts_.push_back(i);
        }
    }

    [[nodiscard]] bool too_much() const {
        return quotes_.empty() || (quotes_.size() + 1) * starts_.size() * width_ > work_limit;
    }

    [[nodiscard]] std::optional<std::vector<FieldSpan>> run() {
        // The last index stands for the end of the line.
        steps_.assign((starts_.size() + 1) * (width_ + 1), Step{});
        at(0, 0).cost = 0;
        for (std::size_t start = 0; start < starts_.size(); ++start) {
            extend_unquoted(start);
            if (starts_[start] < line_.size() && line_[opening(start)] == dialect_.quote) extend_quoted(start);
        }
        if (at(starts_.size(), width_).cost > most_faults) return std::nullopt;
        std::vector<FieldSpan> fields(width_);
        std::size_t place = starts_.size();
        for (std::size_t count = width_; count > 0; --count) {
            const Step& step = at(place, count);
            fields[count - 1] = step.field;
            place = step.from;
        }
        return fields;
    }

  private:
    struct Step {
        int cost = most_faults + 1;
        std::size_t from = 0;
        FieldSpan field;
    };

    Step& at(std::size_t start, std::size_t count) { return steps_[start * (width_ + 1) + count]; }

    /// The first character that is no padding.
    [[nodiscard]] std::size_t opening(std::size_t start) const {
        std::size_t i = starts_[start];
        while (dialect_.padded && i + 1 < line_.size() && line_[i] == ' ') ++i;
        return i;
    }

    /// Index of the start behind a field that ends at `end`; `missing` says that no delimiter stands there.
    [[nodiscard]] std::size_t next_start(std::size_t end, bool missing) const {
        if (end == line_.size()) return starts_.size();
        const auto found = std::lower_bound(starts_.begin(), starts_.end(), missing ? end : end + 1);
        return static_cast<std::size_t>(found - starts_.begin());
    }

    void extend(std::size_t start, const FieldSpan& field, int cost, bool missing) {
        const std::size_t to = next_start(field.end, missing);
        const int added = cost + (missing ? forgotten_delimiter : 0);
        for (std::size_t count = 0; count < width_; ++count) {
            const int total = at(start, count).cost + added;
            Step& step = at(to, count + 1);
            if (total < step.cost) step = {total, start, field};
        }
    }

    void extend_unquoted(std::size_t start) {
        const std::size_t begin = starts_[start];
        const std::size_t first = opening(start);
        int cost = first < line_.size() && line_[first] == dialect_.quote ? odd_quote_ : 0;
        for (std::size_t i = begin;; ++i) {
            if (i == line_.size() || line_[i] == dialect_.delimiter) {
                extend(start, {begin, i, FieldSpan::unquoted}, cost, false);
                return;
            }
            if (line_[i] != dialect_.quote) continue;
            if (delimiters_forgotten_ && i > begin) {
                extend(start, {begin, i, FieldSpan::unquoted}, cost, true);
            }
            cost += odd_quote_;
        }
    }

    void extend_quoted(std::size_t start) {
        const std::size_t open = opening(start);
        int cost = 0;
        auto quote = std::upper_bound(quotes_.begin(), quotes_.end(), open);
        while (quote != quotes_.end() && cost <= most_faults) {
            // A run of quotes: inside, every two are one; the last of them may close the field.
            const std::size_t first = *quote;
            std::size_t last = first;
            while (++quote != quotes_.end() && *quote == last + 1) last = *quote;
            const std::size_t run = last - first + 1;
            std::size_t end = last + 1;
            while (end < line_.size() && line_[end] == ' ') ++end;
            if (end == line_.size() || line_[end] == dialect_.delimiter) {
                extend(start, {open, end, last}, cost + odd_quote_ * static_cast<int>((run - 1) % 2), false);
            }
            // `"..." "..."` are words in quotes within a text.
            if (delimiters_forgotten_ && run == 2 && last + 1 < line_.size() && line_[last + 1] != ' ') {
                extend(start, {open, last, first}, cost, true);
            }
            cost += odd_quote_ * static_cast<int>(run % 2);
        }
    }

    std::string_view line_;
    const CsvDialect& dialect_;
    std::size_t width_;
    bool delimiters_forgotten_;
    int odd_quote_;  ///< of a quote inside quotes that is not doubled, or in a field without quotes
    std::vector<std::size_t> quotes_;
    std::vector<std::size_t> starts_;
    std::vector<Step> steps_;
};

}  // namespace

std::optional<std::vector<FieldSpan>> split_faulty_line(std::string_view line, const CsvDialect& dialect,
                                                        std::size_t width, LineFaults faults) {
    if (line.size() > longest_line || dialect.quote == '\0' || dialect.escape != '\0' || width == 0)
        return std::nullopt;
    LineSplitter splitter(line, dialect, width, faults);
    if (splitter.too_much()) return std::nullopt;
    return splitter.run();
}

}  // namespace twinfirm::ingest
