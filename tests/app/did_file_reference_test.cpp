// SPDX-License-Identifier: GPL-3.0-or-later
// However a file says that a county was never treated, the numbers of mpdta are those of R's did.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "twinfirm/app/did_file.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields{""};
    for (const char c : line) {
        if (c == ',') {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

/// mpdta with its columns of years written otherwise.
std::string recoded(const std::function<std::string(const std::string&)>& first_treated,
                    const std::function<std::string(const std::string&)>& year) {
    const auto text = read_whole_file(std::string(TWINFIRM_REFERENCE_DIR) + "/reference/data/mpdta.csv").value();
    std::string result;
    std::size_t first = 0;
    std::size_t time = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::vector<std::string> fields = fields_of(text.substr(begin, end - begin));
        if (begin == 0) {
            for (std::size_t i = 0; i < fields.size(); ++i) {
                if (fields[i] == "first.treat") first = i;
                if (fields[i] == "year") time = i;
            }
        } else if (fields.size() > first) {
            fields[first] = first_treated(fields[first]);
            fields[time] = year(fields[time]);
        }
        for (std::size_t i = 0; i < fields.size(); ++i) result += (i == 0 ? "" : ",") + fields[i];
        result += '\n';
        begin = end + 1;
    }
    return result;
}

bool never(const std::string& year) {
    return year.empty() || year == "0" || year == "0.0";
}

struct Coding {
    const char* name;
    std::function<std::string(const std::string&)> first_treated;
    std::function<std::string(const std::string&)> year;
};

class MpdtaReference : public ::testing::TestWithParam<Coding> {};

TEST_P(MpdtaReference, NumbersDoNotDependOnHowNeverTreatedIsWritten) {
    const auto folder = std::filesystem::temp_directory_path() / (std::string("twinfirm-mpdta-") + GetParam().name);
    std::filesystem::create_directories(folder);
    ASSERT_TRUE(write_file_atomically(folder / "mpdta.csv", recoded(GetParam().first_treated, GetParam().year)));
    DidRequest request;
    request.file = folder / "mpdta.csv";
    request.id = "countyreal";
    request.time = "year";
    request.first_treated = "first.treat";
    request.outcome = "lemp";
    request.draws = 99;
    const auto plain = did_file(request, folder / "plain");
    ASSERT_TRUE(plain) << plain.error().code;
    const auto overall = [&](const DidResult& result, std::size_t kind) {
        return result.aggregates[kind].estimate.overall;
    };
    EXPECT_NEAR(overall(*plain, 0).att, -0.0399512751552, 1e-12);
    EXPECT_NEAR(overall(*plain, 0).std_error, 0.0120340127702, 1e-12);
    EXPECT_NEAR(overall(*plain, 1).att, -0.0772398214573, 1e-12);
    EXPECT_NEAR(overall(*plain, 2).att, -0.0310182822287, 1e-12);
    EXPECT_NEAR(overall(*plain, 3).att, -0.0417004321313, 1e-12);
    request.formula = "~ lpop";
    const auto with = did_file(request, folder / "with");
    ASSERT_TRUE(with) << with.error().code;
    EXPECT_NEAR(overall(*with, 0).att, -0.0417517720611, 1e-11);  // theirs rests on an iterated logit
    EXPECT_NEAR(overall(*with, 0).std_error, 0.0115028381509, 1e-11);
    std::filesystem::remove_all(folder);
}

std::string same(const std::string& text) {
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Codings, MpdtaReference,
    ::testing::Values(Coding{"zero", [](const std::string& y) { return never(y) ? "0" : y; }, same},
                      Coding{"decimal", [](const std::string& y) { return never(y) ? "0.0" : y + ".0"; }, same},
                      Coding{"empty", [](const std::string& y) { return never(y) ? "" : y; }, same},
                      Coding{"text", [](const std::string& y) { return never(y) ? "미도입" : y + "년"; },
                             [](const std::string& y) { return y + "년"; }},
                      Coding{"word", [](const std::string& y) { return never(y) ? "never" : y; }, same}),
    [](const auto& coding) { return std::string(coding.param.name); });

}  // namespace
}  // namespace twinfirm::app
