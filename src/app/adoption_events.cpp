// SPDX-License-Identifier: GPL-3.0-or-later
#include "adoption_events.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace twinfirm::app {

namespace {

using evaluation::AdoptionEvent;

/// Of amounts: those that are not known come last.
double sortable(double value) {
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
}

struct ReadEvent {
    AdoptionEvent event;
    std::size_t row = 0;

    [[nodiscard]] auto order() const {
        return std::make_tuple(event.firm, event.year, event.level_before, event.level,
                               std::string_view(event.programme), std::string_view(event.solution),
                               sortable(event.grant), sortable(event.total_cost));
    }
};

class Reader {
  public:
    Reader(const StudyTable& table, const FirmRows& firms, const design::Roles& roles, evaluation::StudyData& data)
        : table_(table), firms_(firms), roles_(roles), data_(data) {}

    [[nodiscard]] Status run() {
        year_column_ = find_column(*table_.data, roles_.adoption_year);
        if (year_column_ == no_column) year_column_ = find_column(*table_.data, "year");
        if (year_column_ == no_column) return role_missing(table_.name, roles_.adoption_year);
        TWINFIRM_TRY(read_events());
        note_counts(table_.name, counts_, data_.messages);
        note("levels_not_read", levels_unread_, {{"field", roles_.level}, {"value", unread_level_}});
        number_events();
        check_founded();
        take_first_events();
        take_attributes();
        add_from_register();
        return {};
    }

  private:
    void note(const char* code, std::int64_t count, MessageArguments arguments, Severity severity = Severity::warning) {
        if (count == 0) return;
        arguments["table"] = table_.name;
        data_.messages.push_back({code, severity, std::move(arguments), count});
    }
    [[nodiscard]] const std::string& id(const AdoptionEvent& event) const { return data_.panel.ids()[event.firm]; }

    [[nodiscard]] int level_of(std::size_t column, std::size_t row) {
        if (column == no_column || !table_.data->columns[column].has_value(row)) return 0;
        if (const auto level = level_at(table_.data->columns[column], row)) return *level;
        if (++levels_unread_ == 1) unread_level_ = shown_at(table_.data->columns[column], row);
        return 0;
    }

    [[nodiscard]] Status read_events() {
        const store::TableData& table = *table_.data;
        const std::size_t level = find_column(table, roles_.level);
        const std::size_t before = find_column(table, "level_before");
        const std::size_t programme = find_column(table, "program");
        const std::size_t solution = find_column(table, "solution");
        const std::size_t grant = find_column(table, "grant");
        const std::size_t cost = find_column(table, "total_cost");
        const auto text = [&](std::size_t column, std::size_t row) {
            return column == no_column ? std::string() : text_at(table.columns[column], row);
        };
        const auto number = [&](std::size_t column, std::size_t row) {
            return column == no_column ? missing : number_at(table.columns[column], row);
        };
        for (std::size_t row = 0; row < table.rows; ++row) {
            const double year = year_at(table.columns[year_column_], row);
            if (firms_.firm[row] == no_firm) {
                if (!firms_.linked) ++counts_.rows_without_firm;
                continue;
            }
            if (!table.columns[year_column_].has_value(row)) {
                ++counts_.rows_without_year;
                continue;
            }
            if (!plausible_year(year)) {
                return no_year(table_.name, roles_.adoption_year, table.columns[year_column_], row);
            }
            ReadEvent read;
            read.row = row;
            read.event.firm = firms_.firm[row];
            read.event.year = static_cast<int>(year);
            read.event.level_before = level_of(before, row);
            read.event.level = level_of(level, row);
            read.event.programme = text(programme, row);
            read.event.solution = text(solution, row);
            read.event.grant = number(grant, row);
            read.event.total_cost = number(cost, row);
            events_.push_back(std::move(read));
        }
        return {};
    }

    /// By what stands in the rows, so that their order says nothing.
    [[nodiscard]] int compare_rows(std::size_t a, std::size_t b) const {
        for (const store::ColumnChunk& column : table_.data->columns) {
            if (const int order = shown_at(column, a).compare(shown_at(column, b)); order != 0) return order;
        }
        return 0;
    }

    /// Brings the events in order; equal rows count once.
    void number_events() {
        std::sort(events_.begin(), events_.end(), [&](const ReadEvent& a, const ReadEvent& b) {
            const auto left = a.order();
            const auto right = b.order();
            return left != right ? left < right : compare_rows(a.row, b.row) < 0;
        });
        std::vector<ReadEvent> unique;
        std::int64_t equal = 0;
        for (ReadEvent& event : events_) {
            if (!unique.empty() && rows_equal(*table_.data, unique.back().row, event.row)) {
                ++equal;
            } else {
                unique.push_back(std::move(event));
            }
        }
        events_ = std::move(unique);
        note("duplicate_rows_equal", equal, {});

        std::int64_t repeaters = 0;
        std::int64_t same_year = 0;
        std::int64_t fell = 0;
        const AdoptionEvent* first_repeated = nullptr;
        const AdoptionEvent* first_same_year = nullptr;
        const AdoptionEvent* first_fallen = nullptr;
        for (std::size_t i = 0; i < events_.size(); ++i) {
            AdoptionEvent& event = events_[i].event;
            const bool again = i > 0 && events_[i - 1].event.firm == event.firm;
            event.sequence = again ? events_[i - 1].event.sequence + 1 : 1;
            if (event.sequence == 2 && ++repeaters == 1) first_repeated = &event;
            if (again && events_[i - 1].event.year == event.year && ++same_year == 1) first_same_year = &event;
            if (event.level != 0 && event.level < event.level_before && ++fell == 1) first_fallen = &event;
        }
        if (first_repeated != nullptr) {
            note("adoption_repeated", repeaters, {{"firm", id(*first_repeated)}}, Severity::info);
        }
        if (first_same_year != nullptr) {
            note("adoption_same_year", same_year,
                 {{"firm", id(*first_same_year)}, {"year", std::to_string(first_same_year->year)}});
        }
        if (first_fallen != nullptr) {
            note("adoption_level_fell", fell,
                 {{"firm", id(*first_fallen)},
                  {"year", std::to_string(first_fallen->year)},
                  {"before", std::to_string(first_fallen->level_before)},
                  {"after", std::to_string(first_fallen->level)}});
        }
    }

    void check_founded() {
        const stats::Column* founded = data_.panel.attributes().find("founded");
        if (founded == nullptr || founded->kind() != stats::ColumnKind::number) return;
        std::int64_t count = 0;
        const AdoptionEvent* first = nullptr;
        for (const ReadEvent& read : events_) {
            if (founded->values()[read.event.firm] > read.event.year && ++count == 1) first = &read.event;
        }
        if (first == nullptr) return;
        note("adoption_before_founded", count,
             {{"firm", id(*first)},
              {"year", std::to_string(first->year)},
              {"founded", std::to_string(static_cast<int>(founded->values()[first->firm]))}});
    }

    /// The first event makes the adopter; the register's year is compared with it.
    void take_first_events() {
        std::int64_t differing = 0;
        const AdoptionEvent* example = nullptr;
        int register_year = 0;
        stats::Panel& panel = data_.panel;
        for (const ReadEvent& read : events_) {
            const AdoptionEvent& event = read.event;
            if (event.sequence != 1) continue;
            int& year = panel.adoption_year[event.firm];
            // A register that is silent about a firm (or has no such column) does not contradict.
            if (year != 0 && year != event.year && ++differing == 1) {
                example = &event;
                register_year = year;
            }
            year = event.year;
            if (event.level != 0) panel.level[event.firm] = event.level;
        }
        if (example == nullptr) return;
        note("adoption_register_differs", differing,
             {{"register", roles_.firms_table},
              {"firm", id(*example)},
              {"year", std::to_string(example->year)},
              {"register_year", std::to_string(register_year)}});
    }

    /// What else the table says of the first event becomes an attribute of the firm.
    void take_attributes() {
        const store::TableData& table = *table_.data;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::string key = column_key(table.definitions[c]);
            const bool key_column = std::find(firms_.columns.begin(), firms_.columns.end(), c) != firms_.columns.end();
            if (key_column || c == year_column_ || key == roles_.level || key == "level") continue;
            table.columns[c].type() == store::ColumnType::text ? take_texts(key, table.columns[c])
                                                               : take_numbers(key, table.columns[c]);
        }
    }

    void take_texts(const std::string& key, const store::ColumnChunk& column) {
        std::vector<std::string> texts(data_.panel.firms());
        const stats::Column* registered = data_.panel.attributes().find(key);
        if (registered != nullptr) {
            if (registered->kind() != stats::ColumnKind::category) return;
            for (std::size_t firm = 0; firm < texts.size(); ++firm) {
                const std::int32_t code = registered->codes()[firm];
                if (code >= 0) texts[firm] = registered->levels()[static_cast<std::size_t>(code)];
            }
        }
        take_values(
            key, texts, [&](std::size_t row) { return text_at(column, row); },
            [](const std::string& text) { return text.empty(); });
        data_.panel.attributes().add(stats::Column::from_texts(key, texts));
    }

    void take_numbers(const std::string& key, const store::ColumnChunk& column) {
        std::vector<double> values(data_.panel.firms(), missing);
        const stats::Column* registered = data_.panel.attributes().find(key);
        if (registered != nullptr) {
            if (registered->kind() != stats::ColumnKind::number) return;
            values.assign(registered->values().begin(), registered->values().end());
        }
        take_values(
            key, values, [&](std::size_t row) { return number_at(column, row); },
            [](double value) { return std::isnan(value); });
        data_.panel.attributes().add(stats::Column::numbers(key, std::move(values)));
    }

    /// Puts the first events' values over the register's and counts where both say something else.
    template <class Value, class At, class Absent>
    void take_values(const std::string& key, std::vector<Value>& values, At at, Absent absent) {
        std::int64_t differing = 0;
        std::size_t example = 0;
        for (const ReadEvent& read : events_) {
            if (read.event.sequence != 1) continue;
            Value value = at(read.row);
            if (absent(value)) continue;
            Value& held = values[read.event.firm];
            if (!absent(held) && held != value && ++differing == 1) example = read.event.firm;
            held = std::move(value);
        }
        if (differing == 0) return;
        note("adoption_attribute_differs", differing,
             {{"register", roles_.firms_table}, {"field", key}, {"firm", data_.panel.ids()[example]}});
    }

    /// Adopters of which only the register knows stay adopters.
    void add_from_register() {
        const stats::Panel& panel = data_.panel;
        std::vector<char> has_event(panel.firms(), 0);
        for (const ReadEvent& read : events_) has_event[read.event.firm] = 1;
        std::int64_t count = 0;
        std::size_t example = 0;
        for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
            if (has_event[firm] != 0 || panel.adoption_year[firm] == 0) continue;
            if (++count == 1) example = firm;
            ReadEvent made;
            made.event.firm = firm;
            made.event.year = panel.adoption_year[firm];
            made.event.level = panel.level[firm];
            events_.push_back(std::move(made));
        }
        if (count > 0) {
            note("adoption_only_in_register", count,
                 {{"register", roles_.firms_table}, {"firm", panel.ids()[example]}});
        }
        for (ReadEvent& read : events_) data_.adoptions.push_back(std::move(read.event));
        std::stable_sort(data_.adoptions.begin(), data_.adoptions.end(),
                         [](const AdoptionEvent& a, const AdoptionEvent& b) {
                             return std::tie(a.firm, a.sequence) < std::tie(b.firm, b.sequence);
                         });
    }

    const StudyTable& table_;
    const FirmRows& firms_;
    const design::Roles& roles_;
    evaluation::StudyData& data_;
    std::size_t year_column_ = no_column;
    std::vector<ReadEvent> events_;
    RowCounts counts_;
    std::int64_t levels_unread_ = 0;
    std::string unread_level_;
};

}  // namespace

Status read_adoptions(const StudyTable& table, const FirmRows& firms, const design::Roles& roles,
                      evaluation::StudyData& data) {
    return Reader(table, firms, roles, data).run();
}

}  // namespace twinfirm::app
