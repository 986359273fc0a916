// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// The attributes of one element. Names are asked for without their prefix.
class XmlAttributes {
  public:
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
    [[nodiscard]] std::optional<std::string_view> find(std::string_view local_name) const;
    /// The value, or an empty text.
    [[nodiscard]] std::string_view value(std::string_view local_name) const;

  private:
    const char* const* pairs_;
};

/// What a part means; called while it is read. Names come without their namespace's prefix, so that transitional,
/// strict and prefixed files read alike.
class XmlHandler {
  public:
    XmlHandler() = default;
    XmlHandler(const XmlHandler&) = delete;
    XmlHandler& operator=(const XmlHandler&) = delete;
    virtual ~XmlHandler() = default;

    /// @param depth  1 for the root
    virtual void on_start(std::string_view name, const XmlAttributes& attributes, int depth) = 0;
    virtual void on_end(std::string_view name, int depth) = 0;
    virtual void on_text(std::string_view text) = 0;

    /// Ends the reading with this error.
    void stop(Error error) { failure_ = std::move(error); }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  private:
    std::optional<Error> failure_;
};

/// Who says in which encoding a text is: itself, or the caller.
enum class XmlEncoding { stated, utf8 };

/// Reads XML piece by piece, by expat, in bounded memory: no document type (and so no entities), at most 64 elements
/// deep, no tag or comment beyond 1 MiB.
class XmlReader {
  public:
    static constexpr int depth_limit = 64;
    static constexpr std::size_t token_limit = std::size_t{1024} * 1024;

    /// @param part  named in errors
    XmlReader(XmlHandler& handler, std::string part, XmlEncoding encoding = XmlEncoding::stated);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// Errors: `workbook_dtd` (part), `workbook_xml_too_deep` (part, limit), `workbook_xml_malformed` (part, reason;
    /// line and column), `workbook_xml_token` (part, limit), and the handler's own.
    [[nodiscard]] Status feed(std::string_view bytes, bool last);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

class XlsxPackage;
/// Reads a whole part.
[[nodiscard]] Status read_xml_part(const XlsxPackage& package, std::string_view part, XmlHandler& handler);

}  // namespace twinfirm::ingest
