// SPDX-License-Identifier: GPL-3.0-or-later
#include "encoding_choice.h"

#include <algorithm>
#include <utility>

#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

namespace {

Question encoding_question(std::vector<std::string> choices, std::int64_t line) {
    return {"encoding", "encoding", {{"encoding", choices.front()}}, std::move(choices), line, 0};
}

/// What the bytes say, with a question where they do not say it for certain.
void take_found(const DetectedEncoding& found, EncodingChoice& choice) {
    choice.encoding = found.encoding;
    choice.byte_order_mark = found.byte_order_mark;
    if (found.encoding == TextEncoding::mixed) {
        choice.question = encoding_question({"mixed", "cp949", "utf-8"}, found.first_cp949_line);
        choice.problems.push_back({{"encoding_mixed",
                                    Severity::warning,
                                    {{"line", std::to_string(found.first_cp949_line)}},
                                    found.cp949_lines},
                                   found.first_cp949_line,
                                   0});
    } else if (!found.certain) {
        const bool little = found.encoding == TextEncoding::utf16_le;
        choice.question =
            encoding_question({std::string(encoding_name(found.encoding)), little ? "utf-16be" : "utf-16le"}, 0);
    }
    if (found.trailing_nuls > 0) {
        choice.problems.push_back({{"trailing_nuls", Severity::warning, {}, found.trailing_nuls}, 0, 0});
    }
}

}  // namespace

tl::unexpected<Error> unknown_answer(const std::string& question, const std::string& choice) {
    return fail(ErrorKind::usage, "answer_unknown", {{"question", question}, {"choice", choice}});
}

Result<DetectedEncoding> detect_encoding(ByteFile& file, const CancellationToken& token, const ProgressSink& progress) {
    EncodingDetector detector;
    const double total = static_cast<double>(std::max<std::int64_t>(file.bytes_total(), 1));
    for (;;) {
        TWINFIRM_TRY(token.check());
        const auto bytes = file.next();
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->empty()) return detector.finish();
        detector.update(*bytes);
        report_progress(progress, "ingest_read", static_cast<double>(file.bytes_read()) / total);
    }
}

Result<EncodingChoice> choose_encoding(const std::filesystem::path& path,
                                       const std::map<std::string, std::string>& answers,
                                       const CancellationToken& token, const ProgressSink& progress) {
    auto file = ByteFile::open(path);
    if (!file) return tl::unexpected(file.error());
    const auto found = detect_encoding(*file, token, progress);
    EncodingChoice choice;
    choice.bytes = file->bytes_read();
    choice.sha256 = file->hex_digest();
    if (found) {
        take_found(*found, choice);
    } else if (found.error().code == "encoding_unknown") {
        const Error& error = found.error();
        choice.question = encoding_question({"cp949", "utf-8"}, error.line);
        choice.problems.push_back({{"encoding_unknown", Severity::warning, error.arguments, 0}, error.line, 0});
    } else {
        return tl::unexpected(found.error());
    }
    if (const auto answer = answers.find("encoding"); answer != answers.end()) {
        choice.encoding = parse_encoding_name(answer->second);
        if (!choice.encoding) return unknown_answer("encoding", answer->second);
    }
    return choice;
}

}  // namespace twinfirm::ingest
