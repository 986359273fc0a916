// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/kept_files.h"

#include <QCryptographicHash>
#include <QStandardPaths>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::ui {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

template <class Value>
Json by_column(const std::map<std::size_t, Value>& choices) {
    Json list = Json::array();
    for (const auto& [column, value] : choices) list.push_back({column, value});
    return list;
}

template <class Value, class Stored = Value>
std::map<std::size_t, Value> columns_of(const Json& list) {
    std::map<std::size_t, Value> choices;
    for (const Json& entry : list) {
        choices[entry.at(0).get<std::size_t>()] = static_cast<Value>(entry.at(1).get<Stored>());
    }
    return choices;
}

/// Throws what the JSON has wrong.
DataFile opened_again(const Json& kept, const CancellationToken& token, const ProgressSink& progress) {
    DataFile file;
    file.path = kept.at("path").get<std::string>();
    file.name = file.path.filename().string();
    file.table = kept.at("table").get<std::string>();
    auto plan = ingest::parse_import_plan(kept.at("plan").get<std::string>());
    auto inspection =
        app::inspect(file.path, plan ? plan->answers : std::map<std::string, std::string>(), token, progress);
    if (!inspection) return file;
    if (plan && inspection->sha256 == kept.at("sha256").get<std::string>()) {
        inspection->plan = std::move(*plan);
        file.chosen_fields = columns_of<std::string>(kept.at("fields"));
        file.chosen_types = columns_of<ingest::ValueType, int>(kept.at("types"));
        file.chosen_units = columns_of<std::string>(kept.at("units"));
    }
    file.inspection = std::move(*inspection);
    return file;
}

}  // namespace

fs::path kept_files_path(const fs::path& project, bool has_own_place) {
    if (!has_own_place) return project.parent_path() / "files.json";
    std::error_code unknown;
    const fs::path absolute = fs::absolute(project, unknown);
    const QByteArray name =
        QCryptographicHash::hash(QByteArray::fromStdString(absolute.string()), QCryptographicHash::Sha256).toHex();
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return fs::path(data.toStdString()) / "twinfirm" / "open-files" / (name.left(16).toStdString() + ".json");
}

std::string kept_files_json(const std::vector<DataFile>& files) {
    Json list = Json::array();
    for (const DataFile& file : files) {
        if (file.audit || !file.inspection || file.path.empty()) continue;
        std::error_code unknown;
        std::map<std::size_t, int> types;
        for (const auto& [column, type] : file.chosen_types) types[column] = static_cast<int>(type);
        list.push_back({{"path", fs::absolute(file.path, unknown).string()},
                        {"table", file.table},
                        {"sha256", file.inspection->sha256},
                        {"plan", ingest::to_json_text(file.inspection->plan)},
                        {"fields", by_column(file.chosen_fields)},
                        {"types", by_column(types)},
                        {"units", by_column(file.chosen_units)}});
    }
    return list.empty() ? std::string() : list.dump(1) + "\n";
}

Status keep_files(const fs::path& path, const std::string& json) {
    std::error_code error;
    if (json.empty()) {
        fs::remove(path, error);
        return {};
    }
    fs::create_directories(path.parent_path(), error);
    return write_file_atomically(path, json);
}

std::vector<DataFile> open_kept_files(const fs::path& path, const CancellationToken& token,
                                      const ProgressSink& progress) {
    std::vector<DataFile> files;
    std::ifstream stream(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const Json list = Json::parse(text, nullptr, false);
    if (!list.is_array()) return files;
    for (const Json& kept : list) {
        try {
            DataFile file = opened_again(kept, token, progress);
            if (file.inspection) files.push_back(std::move(file));
        } catch (const Json::exception&) {
            continue;  // written by another version: the file can be opened by hand
        }
    }
    return files;
}

}  // namespace twinfirm::ui
