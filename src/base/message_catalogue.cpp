// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/message_catalogue.h"

#include <nlohmann/json.hpp>

namespace twinfirm {

namespace embedded {
extern const std::string_view messages_ko;
extern const std::string_view messages_en;
}  // namespace embedded

namespace {

const std::string* find_argument(const MessageArguments& arguments, const std::string& name, Language language) {
    auto found = arguments.find(name + "@" + std::string(language_tag(language)));
    if (found == arguments.end()) found = arguments.find(name);
    return found == arguments.end() ? nullptr : &found->second;
}

std::string fill(std::string_view pattern, const MessageArguments& arguments, Language language) {
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        out += pattern.substr(at, open - at);
        const std::string_view place = pattern.substr(open + 1, close - open - 1);
        const std::size_t one = place.find('|');
        const std::size_t many = one == std::string_view::npos ? one : place.find('|', one + 1);
        const std::string* value = find_argument(arguments, std::string(place.substr(0, one)), language);
        if (value == nullptr) {
            // An argument that was not given stays visible, so that a test or a reader notices it.
            out += pattern.substr(open, close - open + 1);
        } else if (many == std::string_view::npos) {
            out += *value;
        } else {
            out += *value == "1" ? place.substr(one + 1, many - one - 1) : place.substr(many + 1);
        }
        at = close + 1;
    }
    out += pattern.substr(at);
    return out;
}

MessageArguments with_count(const Message& message) {
    MessageArguments arguments = message.arguments;
    arguments.emplace("count", message.count < 0 ? "X" : std::to_string(message.count));
    return arguments;
}

}  // namespace

const MessageCatalogue::Entries& MessageCatalogue::entries_of(Language language) {
    const auto read = [](std::string_view source) {
        Entries entries;
        const auto json = nlohmann::json::parse(source);
        for (const auto& [code, entry] : json.items()) {
            entries[code] = {entry.value("text", ""), entry.value("hint", "")};
        }
        return entries;
    };
    static const Entries korean = read(embedded::messages_ko);
    static const Entries english = read(embedded::messages_en);
    return language == Language::korean ? korean : english;
}

MessageCatalogue::MessageCatalogue(Language language) : language_(language), entries_(&entries_of(language)) {}

std::string MessageCatalogue::text(std::string_view code, const MessageArguments& arguments) const {
    const auto found = entries_->find(code);
    if (found == entries_->end()) return std::string(code);
    const auto cause = arguments.find("cause");
    if (cause == arguments.end()) return fill(found->second.text, arguments, language_);
    // A message may be caused by another one: its code in `cause` becomes its text, from the same arguments.
    MessageArguments with_cause = arguments;
    with_cause.erase("cause");
    with_cause["cause"] = text(cause->second, with_cause);
    return fill(found->second.text, with_cause, language_);
}

std::string MessageCatalogue::hint(std::string_view code, const MessageArguments& arguments) const {
    const auto found = entries_->find(code);
    return found == entries_->end() ? std::string() : fill(found->second.hint, arguments, language_);
}

std::string MessageCatalogue::text(const Message& message) const {
    return text(message.code, with_count(message));
}
std::string MessageCatalogue::hint(const Message& message) const {
    return hint(message.code, with_count(message));
}

std::vector<std::string> MessageCatalogue::codes() const {
    std::vector<std::string> codes;
    for (const auto& [code, entry] : *entries_) codes.push_back(code);
    return codes;
}

}  // namespace twinfirm
