// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study_record.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;

/// One row of the record; `content` is what the hash is made of, with the hash of the row before.
struct Row {
    std::string content;
    std::string hash;
};

std::string chained(const std::string& before, const std::string& content) {
    return sha256_hex(before + "\n" + content);
}

std::string text_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// What the catalogue says of the rows.
Json head_of(const std::vector<Row>& rows) {
    return {{"rows", rows.size()}, {"head", rows.empty() ? std::string() : rows.back().hash}};
}

/// Whether the rows begin with what the project knows of. A row more is one whose writing was interrupted before the
/// project heard of it.
bool reaches(const std::vector<Row>& rows, const std::string& begun) {
    if (begun.empty()) return true;
    const Json head = Json::parse(begun, nullptr, false);
    if (!head.is_object() || !head.contains("rows") || !head["rows"].is_number_unsigned()) return false;
    const auto count = head["rows"].get<std::size_t>();
    return count > 0 && count <= rows.size() && rows[count - 1].hash == text_of(head, "head");
}

struct StoredRecord {
    std::vector<Row> rows;
    bool intact = true;
    bool lost = false;  ///< it was begun, and its table is gone
};

Result<StoredRecord> read_record(const store::Project& project) {
    StoredRecord record;
    const auto tables = project.tables();
    if (!tables) return tl::unexpected(tables.error());
    const auto stored = std::find_if(tables->begin(), tables->end(),
                                     [](const auto& table) { return table.definition.name == record_table; });
    const auto begun = project.record_head();
    if (!begun) return tl::unexpected(begun.error());
    if (stored == tables->end()) {
        record.intact = begun->empty();
        record.lost = !record.intact;
        return record;
    }
    const auto data = project.read(record_table);
    if (!data) return tl::unexpected(data.error());
    if (data->columns.size() != 2) return fail(ErrorKind::input, "record_damaged", {{"table", record_table}});
    std::string before;
    for (std::size_t row = 0; row < data->rows; ++row) {
        Row entry{std::string(data->columns[0].text(row)), std::string(data->columns[1].text(row))};
        record.intact = record.intact && entry.hash == chained(before, entry.content) && Json::accept(entry.content);
        before = entry.hash;
        record.intact = record.intact && text_of(Json::parse(entry.content, nullptr, false), "kind") != "lost";
        record.rows.push_back(std::move(entry));
    }
    const Json head = Json::parse(stored->import.plan_json, nullptr, false);
    if (head.is_object() && head.contains("rows")) {  // projects of earlier versions do not have it
        record.intact = record.intact && head == head_of(record.rows);
    }
    record.intact = record.intact && reaches(record.rows, *begun);
    return record;
}

Status write_record(store::Project& project, const StoredRecord& record, const std::string& time) {
    auto import = project.begin_import();
    if (!import) return tl::unexpected(import.error());
    TWINFIRM_TRY((*import)->begin(
        {record_table, {{"content", "", store::ColumnType::text, ""}, {"hash", "", store::ColumnType::text, ""}}}));
    store::RowChunk chunk;
    chunk.rows = record.rows.size();
    chunk.columns = {store::ColumnChunk(store::ColumnType::text), store::ColumnChunk(store::ColumnType::text)};
    for (const Row& row : record.rows) {
        chunk.columns[0].append_text(row.content);
        chunk.columns[1].append_text(row.hash);
    }
    TWINFIRM_TRY((*import)->append(chunk));
    store::ImportRecord source;
    source.plan_json = head_of(record.rows).dump();
    source.audit_json = "{}";
    source.time = time;
    TWINFIRM_TRY((*import)->commit(source));
    return project.set_record_head(source.plan_json);
}

void chain(StoredRecord& record, const Json& content) {
    Row row;
    row.content = content.dump();
    row.hash = chained(record.rows.empty() ? std::string() : record.rows.back().hash, row.content);
    record.rows.push_back(std::move(row));
}

Status append(store::Project& project, StoredRecord& record, const Json& content, const std::string& time) {
    // A record that begins anew says for good that there was another.
    if (record.lost) chain(record, Json{{"kind", "lost"}, {"time", time}});
    record.lost = false;
    chain(record, content);
    return write_record(project, record, time);
}

Json number(double value) {
    if (!std::isfinite(value)) return nullptr;
    return value;
}

double number_of(const Json& json) {
    return json.is_number() ? json.get<double>() : effects::not_available;
}

std::string metric_code(design::ChangeMetric metric) {
    switch (metric) {
        case design::ChangeMetric::percent:
            return "percent";
        case design::ChangeMetric::level:
            return "level";
        case design::ChangeMetric::points:
            return "points";
        case design::ChangeMetric::per_hundred:
            break;
    }
    return "per_hundred";
}

std::vector<evaluation::Headline> headlines_of(const evaluation::Evaluation& evaluation) {
    std::vector<evaluation::Headline> list;
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        for (const evaluation::EffectRow& row : evaluation.effects) {
            if (row.outcome != outcome.key || row.event_time || !row.group.breakdown.empty() ||
                row.estimator != "did") {
                continue;
            }
            list.push_back({outcome.key, metric_code(outcome.metric), row.effect.estimate, row.effect.ci_low,
                            row.effect.ci_high, row.effect.n_treated});
        }
    }
    return list;
}

/// Of the content of the tables that were analysed.
std::string data_hash_of(const evaluation::Evaluation& evaluation) {
    std::string text;
    for (const auto& table : evaluation.data.tables) text += table.name + " " + table.content_hash + "\n";
    return sha256_hex(text);
}

/// What is shown of a result makes no other design.
Json specification_json(const design::Specification& specification) {
    Json json = Json::parse(design::specification_to_json(specification));
    json.erase("disclosure");
    return json;
}

Json run_json(const evaluation::Evaluation& evaluation, const std::string& time) {
    Json headlines = Json::array();
    for (const evaluation::Headline& headline : headlines_of(evaluation)) {
        headlines.push_back({{"outcome", headline.outcome},
                             {"metric", headline.metric},
                             {"estimate", number(headline.estimate)},
                             {"ci_low", number(headline.ci_low)},
                             {"ci_high", number(headline.ci_high)},
                             {"n_treated", headline.n_treated}});
    }
    return {{"kind", "run"},
            {"time", time},
            {"specification_hash", evaluation.specification_hash},
            {"data_hash", data_hash_of(evaluation)},
            {"headlines", headlines},
            {"specification", specification_json(evaluation.specification)}};
}

/// The same run in all but its time.
bool same_run(Json a, Json b) {
    a.erase("time");
    b.erase("time");
    return a == b;
}

/// What the other specification has otherwise, as JSON pointers, each once.
std::vector<std::string> changes_of(const Json& other, const Json& own) {
    std::vector<std::string> changes;
    const auto difference =
        nlohmann::json::diff(nlohmann::json::parse(own.dump()), nlohmann::json::parse(other.dump()));
    for (const auto& step : difference) {
        std::string path = step.at("path").get<std::string>();
        if (std::find(changes.begin(), changes.end(), path) == changes.end()) changes.push_back(std::move(path));
    }
    return changes;
}

evaluation::TriedDesign design_of(const Json& run, const Json& own) {
    evaluation::TriedDesign design;
    design.specification_hash = text_of(run, "specification_hash");
    design.data_hash = text_of(run, "data_hash");
    design.time = text_of(run, "time");
    if (run.contains("specification")) design.changes = changes_of(run["specification"], own);
    for (const Json& headline : run.value("headlines", Json::array())) {
        design.headlines.push_back(
            {text_of(headline, "outcome"), text_of(headline, "metric"), number_of(headline.value("estimate", Json())),
             number_of(headline.value("ci_low", Json())), number_of(headline.value("ci_high", Json())),
             headline.value("n_treated", std::int64_t{0})});
    }
    return design;
}

std::optional<evaluation::Lock> lock_of(const StoredRecord& record) {
    bool results = false;
    for (const Row& row : record.rows) {
        const Json json = Json::parse(row.content, nullptr, false);
        if (text_of(json, "kind") == "run") results = true;
        if (text_of(json, "kind") != "lock") continue;
        return evaluation::Lock{text_of(json, "specification_hash"), text_of(json, "time"), !results};
    }
    return std::nullopt;
}

}  // namespace

Result<evaluation::Lock> lock_specification(store::Project& project, const design::Specification& specification,
                                            const std::string& time) {
    auto record = read_record(project);
    if (!record) return tl::unexpected(record.error());
    if (!record->intact) return fail(ErrorKind::input, "record_damaged", {{"table", record_table}});
    const std::string hash = design::specification_hash(specification);
    if (const auto lock = lock_of(*record)) {
        if (lock->specification_hash == hash) return *lock;
        return fail(ErrorKind::usage, "lock_other", {{"hash", lock->specification_hash}, {"time", lock->time}});
    }
    const Json content{{"kind", "lock"},
                       {"time", time},
                       {"specification_hash", hash},
                       {"specification", specification_json(specification)}};
    TWINFIRM_TRY(append(project, *record, content, time));
    return *lock_of(*record);
}

Result<std::optional<evaluation::Lock>> read_lock(const store::Project& project) {
    const auto record = read_record(project);
    if (!record) return tl::unexpected(record.error());
    return lock_of(*record);
}

Result<std::vector<RecordedDesign>> recorded_designs(const store::Project& project) {
    const auto record = read_record(project);
    if (!record) return tl::unexpected(record.error());
    std::vector<RecordedDesign> designs;
    for (const Row& row : record->rows) {
        const Json json = Json::parse(row.content, nullptr, false);
        if (!json.is_object() || !json.contains("specification")) continue;
        auto specification = design::specification_from_json(json["specification"].dump());
        if (!specification) continue;
        const bool locked = text_of(json, "kind") == "lock";
        const auto known = std::find_if(designs.begin(), designs.end(), [&](const RecordedDesign& design) {
            return design.specification == *specification;
        });
        if (known == designs.end()) {
            designs.push_back({std::move(*specification), text_of(json, "time"), locked});
        } else if (locked) {
            known->time = text_of(json, "time");
            known->locked = true;
        }
    }
    std::reverse(designs.begin(), designs.end());
    std::stable_partition(designs.begin(), designs.end(), [](const RecordedDesign& design) { return design.locked; });
    return designs;
}

Status record_run(store::Project& project, const std::string& time, evaluation::Evaluation& evaluation) {
    auto record = read_record(project);
    if (!record) return tl::unexpected(record.error());
    const Json present = run_json(evaluation, time);
    bool known = false;
    evaluation::StudyRecord result;
    result.intact = record->intact;
    result.lock = lock_of(*record);
    result.changed_since_lock = result.lock && result.lock->specification_hash != evaluation.specification_hash;
    const Json& own = present["specification"];
    for (const Row& row : record->rows) {
        const Json json = Json::parse(row.content, nullptr, false);
        if (!json.is_object() || text_of(json, "kind") != "run") continue;
        const bool same = same_run(json, present);
        known = known || same;
        result.designs.push_back(design_of(json, own));
        if (same) result.designs.back().time.clear();
    }
    if (!known) {
        result.designs.push_back(design_of(present, own));
        result.designs.back().time.clear();
        if (project.access() == store::Project::Access::read_write) {
            TWINFIRM_TRY(append(project, *record, present, time));
        }
    }
    evaluation.record = std::move(result);
    return {};
}

Result<std::vector<ExportedFile>> exported_files(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    const auto add = [&](const std::filesystem::path& place, const auto& is_ours) {
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder / place, error)) {
            const std::filesystem::path name = entry.path().filename();
            if (entry.is_regular_file(error) && is_ours(name)) names.push_back((place / name).generic_string());
        }
    };
    add({}, [](const std::filesystem::path& name) {
        return name == "result.json" || name == "sentences.json" || name == "index.csv" || name.stem() == "report";
    });
    for (const char* place : {"tables", "charts", "lists"}) add(place, [](const auto&) { return true; });
    std::sort(names.begin(), names.end());
    std::vector<ExportedFile> files;
    for (std::string& name : names) {
        const auto bytes = read_whole_file(folder / name);
        if (!bytes) return tl::unexpected(bytes.error());
        files.push_back({std::move(name), sha256_hex(*bytes)});
    }
    return files;
}

Status record_export(store::Project& project, const ExportRecord& exported) {
    if (project.access() != store::Project::Access::read_write) return {};
    auto record = read_record(project);
    if (!record) return tl::unexpected(record.error());
    Json files = Json::array();
    for (const ExportedFile& file : exported.files) files.push_back({{"name", file.name}, {"sha256", file.sha256}});
    const Json content{{"kind", "export"},
                       {"time", exported.time},
                       {"user", exported.user},
                       {"specification_hash", exported.specification_hash},
                       {"protected", exported.is_protected},
                       {"reason", exported.reason},
                       {"files", files}};
    return append(project, *record, content, exported.time);
}

Status may_export(const store::Project& project, const design::DisclosureSettings& disclosure) {
    if (disclosure.enabled || project.access() == store::Project::Access::read_write) return {};
    return fail(ErrorKind::access, "export_not_recorded", {{"path", project.path().string()}});
}

}  // namespace twinfirm::app
