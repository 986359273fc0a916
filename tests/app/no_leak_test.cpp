// SPDX-License-Identifier: GPL-3.0-or-later
// A number that disclosure control hides is in no file and in no text, however it is written.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "evaluation/protected_study.h"
#include "report/package_contents.h"
#include "twinfirm/app/results.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/hwpx_writer.h"
#include "twinfirm/report/xlsx_writer.h"

namespace twinfirm::app {
namespace {

using evaluation::Evaluation;

/// The numbers of hidden rows as a reader might meet them: whole, and with six digits behind the point.
std::set<std::string> secrets(const Evaluation& all, const Evaluation& shown) {
    std::set<std::string> list;
    const auto add = [&](double value) {
        if (!std::isfinite(value) || value == 0) return;
        for (const double scaled : {value, value * 100, value / 1e8}) {
            const std::string text = shortest_text(std::abs(scaled));
            if (text.size() >= 9) list.insert(text.substr(0, 12));
        }
    };
    const auto add_estimate = [&](const effects::Estimate& value) {
        add(value.estimate);
        add(value.std_error);
        add(value.ci_low);
        add(value.ci_high);
    };
    for (std::size_t i = 0; i < all.effects.size(); ++i) {
        if (!shown.effects[i].group.suppressed) continue;
        const evaluation::EffectRow& row = all.effects[i];
        add_estimate(row.effect);
        for (const double value : {row.percent, row.treated_base, row.treated_after, row.control_base}) add(value);
    }
    for (std::size_t i = 0; i < all.before_after.size(); ++i) {
        if (all.before_after[i].outcome == "productivity") continue;  // 30 % in every firm of the synthetic study
        const effects::BeforeAfter& change = all.before_after[i].change;
        if (shown.before_after[i].group.suppressed) {
            for (const effects::Estimate* value : {&change.ratio_of_sums, &change.mean_of_ratios, &change.difference}) {
                add_estimate(*value);
            }
            add(change.mean_before);
            add(change.mean_after);
        } else if (shown.before_after[i].median_hidden) {
            add_estimate(change.median_of_ratios);
        }
    }
    return list;
}

/// Every text that leaves the program, by the name of its file.
std::map<std::string, std::string> everything(const Evaluation& evaluation, Language language,
                                              const std::filesystem::path& folder) {
    std::map<std::string, std::string> texts;
    EXPECT_TRUE(write_results(evaluation, charts_of(evaluation, language), folder, language));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) texts[entry.path().string()] = read_whole_file(entry.path()).value();
    }
    const report::Document document = report::build_report(evaluation, language);
    texts["html"] = report::document_to_html(document);
    for (const auto& [name, bytes] : {std::pair{"xlsx", report::document_to_xlsx(document).value()},
                                      std::pair{"hwpx", report::document_to_hwpx(document).value()}}) {
        for (const auto& [part, content] : report::testing::unpacked(bytes).entries) {
            texts[std::string(name) + "/" + part] = content;
        }
    }
    return texts;
}

class NoLeak : public TestFolder {};

TEST_F(NoLeak, NoWriterLetsAHiddenNumberOut) {
    const evaluation::StudyData data = evaluation::synthetic_study(1500, 0.2, 5);
    const design::Specification specification = evaluation::small_band_specification(data);
    const Evaluation shown = evaluate(specification, data).value();
    const Evaluation all = evaluate(evaluation::without_protection(specification), data).value();
    const std::set<std::string> hidden = secrets(all, shown);
    ASSERT_GT(hidden.size(), 20U);
    // Without protection the numbers do stand in the files, so that looking for them means something.
    const std::string open = evaluation::evaluation_to_json(all);
    EXPECT_TRUE(std::any_of(hidden.begin(), hidden.end(),
                            [&](const std::string& number) { return open.find(number) != std::string::npos; }));
    for (const Language language : {Language::korean, Language::english}) {
        const auto texts = everything(shown, language, folder_);
        EXPECT_GT(texts.size(), 20U);
        for (const auto& [name, text] : texts) {
            for (const std::string& number : hidden) {
                EXPECT_EQ(text.find(number), std::string::npos) << name << " tells " << number;
            }
            for (const char* firm : {"F100001", "F1000"}) {
                EXPECT_EQ(text.find(firm), std::string::npos) << name << " names a firm";
            }
        }
    }
}

TEST_F(NoLeak, ListsOfFirmsLeaveWithoutProtectionOnlyAndDoNotStayBehind) {
    const evaluation::StudyData data = evaluation::synthetic_study(400, 0.2, 9);
    const design::Specification specification = evaluation::synthetic_specification();
    const Evaluation shown = evaluate(specification, data).value();
    const Evaluation all = evaluate(evaluation::without_protection(specification), data).value();
    ASSERT_FALSE(all.lists.empty());
    ASSERT_TRUE(write_results(all, {}, folder_, Language::english));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "lists" / (all.lists.front().code + ".csv")));
    ASSERT_TRUE(write_results(shown, {}, folder_, Language::english));
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "lists"));
}

}  // namespace
}  // namespace twinfirm::app
