// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/result.h"

namespace twinfirm::design {

using Json = nlohmann::ordered_json;

/// Parses a JSON document in which no object holds a key twice.
/// Errors: `specification_not_json` (line, column), `specification_key_duplicate`.
[[nodiscard]] Result<Json> parse_json_document(std::string_view text);

/// The text of a JSON pointer's step (RFC 6901): `~` and `/` are escaped.
[[nodiscard]] std::string pointer_step(std::string_view key);

/// A name for each value of an enumeration.
template <class T>
struct Choice {
    T value;
    std::string_view name;
};

/// The name of a value among the choices.
template <class T, std::size_t n>
[[nodiscard]] std::string name_of(T value, const Choice<T> (&choices)[n]) {
    for (const Choice<T>& choice : choices) {
        if (choice.value == value) return std::string(choice.name);
    }
    return {};
}

/// Whole numbers are written without a decimal point, so that bands read as people write them.
[[nodiscard]] Json number_json(double value);

/// Reads the keys of one JSON object into variables. A key that is absent leaves its variable as it is. The first thing
/// found wrong is kept in `error`, with the place as a JSON pointer; everything after it is skipped.
class JsonReader {
  public:
    JsonReader(const Json& object, std::string pointer, std::optional<Error>& error);

    void read(std::string_view key, std::string& value);
    void read(std::string_view key, double& value);
    void read(std::string_view key, std::optional<double>& value);  ///< null = none
    void read(std::string_view key, int& value);
    void read(std::string_view key, std::int64_t& value);
    void read(std::string_view key, std::uint64_t& value);
    void read(std::string_view key, bool& value);
    /// `{"ko": ..., "en": ...}`, or one text for both languages.
    void read(std::string_view key, LocalizedText& value);
    void read(std::string_view key, std::vector<LocalizedText>& value);
    void read(std::string_view key, std::vector<std::string>& value);
    void read(std::string_view key, std::vector<double>& value);

    template <class T, std::size_t n>
    void read(std::string_view key, T& value, const Choice<T> (&choices)[n]) {
        std::string name;
        if (!read_text(key, name)) return;
        std::string known;
        for (const Choice<T>& choice : choices) {
            if (choice.name == name) {
                value = choice.value;
                return;
            }
            known += (known.empty() ? "" : ", ") + std::string(choice.name);
        }
        reject("specification_value", {{"key", pointer(key)}, {"value", name}, {"choices", known}});
    }

    /// An object below this one: `read_members(JsonReader&)` reads its keys.
    template <class ReadMembers>
    void object(std::string_view key, ReadMembers read_members) {
        if (const Json* child = find(key)) member(*child, pointer(key), read_members);
    }

    /// A list of objects: `read_item(JsonReader&, Item&)` reads each into a new item.
    template <class Item, class ReadItem>
    void list(std::string_view key, std::vector<Item>& items, ReadItem read_item) {
        const Json* array = find_list(key);
        if (array == nullptr) return;
        items.clear();
        for (std::size_t i = 0; i < array->size() && !error_; ++i) {
            member((*array)[i], pointer(key) + "/" + std::to_string(i), [&](JsonReader& reader) {
                Item item;
                read_item(reader, item);
                items.push_back(std::move(item));
            });
        }
    }

    /// Without this key the document is of no use: `specification_key_missing`.
    void require(std::string_view key);
    /// A key that nobody has read is an error: a misspelt setting must not be passed over in silence.
    void finish();

  private:
    template <class ReadMembers>
    void member(const Json& child, const std::string& place, ReadMembers read_members) {
        JsonReader reader(child, place, error_);
        if (error_) return;
        read_members(reader);
        reader.finish();
    }

    [[nodiscard]] std::string pointer(std::string_view key) const { return pointer_ + "/" + pointer_step(key); }
    [[nodiscard]] const Json* find(std::string_view key);
    [[nodiscard]] const Json* find_list(std::string_view key);
    void read_localized(const Json& json, const std::string& place, LocalizedText& value);
    bool read_text(std::string_view key, std::string& value);
    /// A whole number within the bounds.
    bool read_whole(std::string_view key, std::int64_t& value, std::int64_t low, std::int64_t high);
    void reject(std::string code, MessageArguments arguments);

    const Json& object_;
    std::string pointer_;
    std::optional<Error>& error_;
    std::vector<std::string> known_;
};

}  // namespace twinfirm::design
