// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/message_catalogue.h"

#include <nlohmann/json.hpp>

namespace twinfirm {

namespace embedded {
extern const std::string_view messages_ko;
extern const std::string_view messages_en;
}  // namespace embedded

namespace {

std::string fill(std::string_view pattern, const MessageArguments& arguments) {
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        out += pattern.substr(at, open - at);
        const auto found = arguments.find(std::string(pattern.substr(open + 1, close - open - 1)));
        // An argument that was not given stays visible, so that a test or a reader notices it.
        out += found == arguments.end() ? std::string(pattern.substr(open, close - open + 1)) : found->second;
        at = close + 1;
    }
    out += pattern.substr(at);
    return out;
}

MessageArguments with_count(const Message& message) {
    MessageArguments arguments = message.arguments;
    arguments.emplace("count", std::to_string(message.count));
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
    if (cause == arguments.end()) return fill(found->second.text, arguments);
    // A message may be caused by another one: its code in `cause` becomes its text, from the same arguments.
    MessageArguments with_cause = arguments;
    with_cause.erase("cause");
    with_cause["cause"] = text(cause->second, with_cause);
    return fill(found->second.text, with_cause);
}

std::string MessageCatalogue::hint(std::string_view code, const MessageArguments& arguments) const {
    const auto found = entries_->find(code);
    return found == entries_->end() ? std::string() : fill(found->second.hint, arguments);
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
