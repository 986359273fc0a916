// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/workbook_xml.h"

#include <expat.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "twinfirm/ingest/xlsx_package.h"

namespace twinfirm::ingest {

namespace {

std::string_view local_name(const char* name) {
    const char* const colon = std::strchr(name, ':');
    return colon == nullptr ? std::string_view(name) : std::string_view(colon + 1);
}

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
    for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
        if (local_name(pair[0]) == name) return std::string_view(pair[1]);
    }
    return std::nullopt;
}

std::string_view XmlAttributes::value(std::string_view name) const {
    return find(name).value_or(std::string_view());
}

struct XmlReader::State {
    State(XmlHandler& target, std::string name, XmlEncoding encoding)
        : handler(target),
          part(std::move(name)),
          parser(XML_ParserCreate(encoding == XmlEncoding::utf8 ? "UTF-8" : nullptr)) {}

    static State& of(void* data) {
        State& state = *static_cast<State*>(data);
        state.fed_at_last_event = state.fed;
        return state;
    }

    static void XMLCALL start(void* data, const XML_Char* name, const XML_Char** attributes) {
        State& state = of(data);
        if (++state.depth > depth_limit) {
            state.handler.stop({ErrorKind::input,
                                "workbook_xml_too_deep",
                                {{"part", state.part}, {"limit", std::to_string(depth_limit)}},
                                {},
                                0,
                                0});
        } else {
            state.handler.on_start(local_name(name), XmlAttributes(attributes), state.depth);
        }
        state.stop_if_failed();
    }

    static void XMLCALL end(void* data, const XML_Char* name) {
        State& state = of(data);
        state.handler.on_end(local_name(name), state.depth);
        --state.depth;
        state.stop_if_failed();
    }

    static void XMLCALL text(void* data, const XML_Char* bytes, int size) {
        State& state = of(data);
        state.handler.on_text({bytes, static_cast<std::size_t>(size)});
        state.stop_if_failed();
    }

    static void XMLCALL document_type(void* data, const XML_Char* /*name*/, const XML_Char* /*system_id*/,
                                      const XML_Char* /*public_id*/, int /*has_internal_subset*/) {
        State& state = of(data);
        state.handler.stop({ErrorKind::input, "workbook_dtd", {{"part", state.part}}, {}, 0, 0});
        state.stop_if_failed();
    }

    void stop_if_failed() {
        if (handler.failure()) XML_StopParser(parser.get(), XML_FALSE);
    }

    XmlHandler& handler;
    std::string part;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser;
    int depth = 0;
    std::uint64_t fed = 0;
    std::uint64_t fed_at_last_event = 0;
};

XmlReader::XmlReader(XmlHandler& handler, std::string part, XmlEncoding encoding)
    : state_(std::make_unique<State>(handler, std::move(part), encoding)) {
    XML_Parser parser = state_->parser.get();
    if (parser == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser, state_.get());
    XML_SetElementHandler(parser, State::start, State::end);
    XML_SetCharacterDataHandler(parser, State::text);
    XML_SetStartDoctypeDeclHandler(parser, State::document_type);
}

XmlReader::~XmlReader() = default;

Status XmlReader::feed(std::string_view bytes, bool last) {
    XML_Parser parser = state_->parser.get();
    const XML_Status status = XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (state_->handler.failure()) return tl::unexpected<Error>(*state_->handler.failure());
    if (status != XML_STATUS_OK) {
        return fail_at(ErrorKind::input, "workbook_xml_malformed",
                       {{"part", state_->part}, {"reason", XML_ErrorString(XML_GetErrorCode(parser))}}, {},
                       static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser)),
                       static_cast<std::int64_t>(XML_GetCurrentColumnNumber(parser)) + 1);
    }
    state_->fed += bytes.size();
    // What expat holds back is one unfinished tag.
    if (state_->fed > state_->fed_at_last_event + token_limit) {
        return fail(ErrorKind::input, "workbook_xml_token",
                    {{"part", state_->part}, {"limit", std::to_string(token_limit / (1024 * 1024))}});
    }
    return {};
}

Status read_xml_part(const XlsxPackage& package, std::string_view part, XmlHandler& handler) {
    auto stream = package.open_part(part);
    if (!stream) return tl::unexpected(stream.error());
    XmlReader reader(handler, std::string(part));
    for (;;) {
        const auto bytes = stream->next();
        if (!bytes) return tl::unexpected(bytes.error());
        TWINFIRM_TRY(reader.feed(*bytes, bytes->empty()));
        if (bytes->empty()) return {};
    }
}

}  // namespace twinfirm::ingest
