// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/load_study_data.h"

#include "imported_tables.h"
#include "twinfirm/base/random.h"

namespace twinfirm::app {

namespace {

using evaluation::StudyData;

class LoadStudyData : public ImportedTables {
  protected:
    LoadStudyData() { specification_.roles.survey_table.clear(); }

    [[nodiscard]] Result<StudyData> load() const {
        return load_study_data(*project_, specification_, {}, folder_ / "key");
    }

    design::Specification specification_ = design::preset("recommended").value();
};

constexpr const char* firms =
    "기업ID,사업자등록번호,기업명,시도,설립연도,도입연도,구축수준,솔루션\n"
    "F1,124-81-00998,(주)가나정밀,서울,2001,2016,1,MES\n"
    "F2,120-81-47521,다라기계,강원,2002,,,\n"
    "F3,124-10-00991,홍길동상회,경기,2003,2015,2,ERP\n"
    "F4,220-81-62517,마바테크,부산,2004,,,\n";

constexpr const char* panel =
    "사업자번호,연도,매출액\n"
    "1248100998,2014,10\n1248100998,2015,11\n1208147521,2014,20\n1241000991,2014,30\n1241000991,2015,31\n"
    "1018109147,2014,99\n개인,2014,98\n";

TEST_F(LoadStudyData, APanelKeyedByNumberFindsTheFirmsOfTheRegister) {
    import("firms", firms);
    import("panel", panel);
    specification_.roles.panel_key = "brn";
    const auto data = load();
    ASSERT_TRUE(data) << data.error().code;
    EXPECT_EQ(data->panel.ids(), (std::vector<std::string>{"F1", "F2", "F3", "F4"}));
    EXPECT_EQ(data->panel.value("sales", 0, 2015), 11);
    EXPECT_EQ(data->panel.value("sales", 1, 2014), 20);
    EXPECT_EQ(data->panel.value("sales", 2, 2015), 31);
    EXPECT_EQ(count_of(data->messages, "link_rows_unmatched"), 1);
    EXPECT_EQ(count_of(data->messages, "link_rows_without_key"), 1);
    EXPECT_EQ(count_of(data->messages, "link_firms_unmatched"), 1);
    EXPECT_EQ(count_of(data->messages, "rows_without_firm"), 0);
    // The same data under the register's own key.
    specification_.roles.panel_key.clear();
    import("panel", "기업ID,연도,매출액\nF1,2014,10\nF1,2015,11\nF2,2014,20\nF3,2014,30\nF3,2015,31\n");
    const auto plain = load();
    ASSERT_TRUE(plain) << plain.error().code;
    for (std::size_t firm = 0; firm < 4; ++firm) {
        for (int year = 2014; year <= 2015; ++year) {
            const double linked = data->panel.value("sales", firm, year);
            const double direct = plain->panel.value("sales", firm, year);
            EXPECT_TRUE(linked == direct || (linked != linked && direct != direct)) << firm << " " << year;
        }
    }
}

TEST_F(LoadStudyData, ACrosswalkTellsWhichFirmANumberIs) {
    import("firms", "기업ID,도입연도\nF1,2016\nF2,\nF3,2015\n");
    import("panel", panel);
    import("mapping", "기업ID,사업자등록번호\nF1,124-81-00998\nF2,120-81-47521\nF3,124-10-00991\nF9,101-81-09147\n");
    specification_.roles.panel_key = "brn";
    const auto without = load();
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, "link_column_missing");
    specification_.roles.crosswalk_table = "mapping";
    const auto data = load();
    ASSERT_TRUE(data) << data.error().code;
    EXPECT_EQ(data->panel.value("sales", 0, 2014), 10);
    EXPECT_EQ(data->panel.value("sales", 2, 2015), 31);
    EXPECT_EQ(count_of(data->messages, "link_rows_unmatched"), 1);  // F9 is not in the register
    EXPECT_EQ(data->tables.size(), 3U);
    // A number of two firms is refused, with its rows.
    import("mapping", "기업ID,사업자등록번호\nF1,124-81-00998\nF2,124-81-00998\nF3,124-10-00991\n");
    const auto ambiguous = load();
    ASSERT_FALSE(ambiguous);
    EXPECT_EQ(ambiguous.error().code, "link_ambiguous");
    EXPECT_EQ(ambiguous.error().arguments.at("rows"), "1, 2");
    EXPECT_EQ(ambiguous.error().arguments.at("count"), "2");
}

TEST_F(LoadStudyData, NamesLinkOnlyWhereTheyAreOneFirms) {
    import("firms", firms);
    import(
        "panel",
        "회사명,연도,매출액\n가나정밀㈜,2014,10\n가나정밀㈜,2015,11\n주식회사 다라기계,2014,20\n홍길동 상회,2014,30\n");
    specification_.roles.panel_key = "name";
    const auto data = load();
    ASSERT_TRUE(data) << data.error().code;
    EXPECT_EQ(data->panel.value("sales", 0, 2015), 11);
    EXPECT_EQ(data->panel.value("sales", 2, 2014), 30);  // a person's name: hashed in the register, plain in the panel
    import("panel", "회사명,연도,매출액\n가나정밀㈜,2014,10\n가나 정밀,2014,11\n다라기계,2014,20\n");
    const auto twice = load();
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, "link_ambiguous");
    EXPECT_EQ(twice.error().arguments.at("rows"), "1, 2");
}

constexpr const char* yearly =
    "기업ID,연도,매출액\nF1,2014,10\nF1,2015,11\nF2,2014,20\nF3,2014,30\nF4,2014,40\nF5,2014,50\n";
constexpr const char* event_header = "기업ID,도입연도,도입전 수준,구축수준,사업유형,솔루션,정부지원금(백만원)\n";

TEST_F(LoadStudyData, TheFirstOfSeveralAdoptionsIsTheAdoption) {
    import("firms", "기업ID,설립연도,시도\nF1,2001,서울\nF2,2002,강원\nF3,2003,경기\nF4,2016,부산\nF5,2005,대구\n");
    import("panel", yearly);
    const std::string rows[] = {"F1,2018,1,3,고도화,MES,150\n", "F1,2015,0,1,신규,ERP,50\n",
                                "F2,2016,2,1,신규,PLM,60\n",    "F4,2015,0,1,신규,MES,70\n",
                                "F3,2016,0,2,신규,MES,80\n",    "F3,2016,0,1,민간,SCM,90\n",
                                "F3,2016,0,1,민간,SCM,90\n",    "F9,2016,0,1,민간,SCM,90\n"};
    specification_.roles.adoption_table = "adoptions";
    std::vector<std::string> order(std::begin(rows), std::end(rows));
    Random random(3);
    for (int trial = 0; trial < 4; ++trial) {
        std::string text = event_header;
        for (const std::string& row : order) text += row;
        import("adoptions", text);
        const auto data = load();
        ASSERT_TRUE(data) << data.error().code;
        EXPECT_EQ(data->panel.adoption_year, (std::vector<int>{2015, 2016, 2016, 2015, 0}));
        EXPECT_EQ(data->panel.level, (std::vector<int>{1, 1, 1, 1, 0}));
        ASSERT_EQ(data->adoptions.size(), 6U);
        EXPECT_EQ(data->adoptions[0].year, 2015);
        EXPECT_EQ(data->adoptions[0].programme, "신규");
        EXPECT_EQ(data->adoptions[0].grant, 50e6);
        EXPECT_EQ(data->adoptions[1].sequence, 2);
        EXPECT_EQ(data->adoptions[1].level_before, 1);
        EXPECT_EQ(data->adoptions[1].level, 3);
        // Of two projects in one year the one that reached less comes first, whatever the order of the rows.
        EXPECT_EQ(data->adoptions[3].firm, 2U);
        EXPECT_EQ(data->adoptions[3].programme, "민간");
        EXPECT_EQ(count_of(data->messages, "adoption_repeated"), 2);
        EXPECT_EQ(count_of(data->messages, "adoption_same_year"), 1);
        EXPECT_EQ(count_of(data->messages, "adoption_before_founded"), 1);
        EXPECT_EQ(count_of(data->messages, "adoption_level_fell"), 1);
        EXPECT_EQ(count_of(data->messages, "duplicate_rows_equal"), 1);
        EXPECT_EQ(count_of(data->messages, "rows_without_firm"), 1);
        const stats::Column* solution = data->panel.attributes().find("solution");
        ASSERT_NE(solution, nullptr);
        EXPECT_EQ(solution->levels()[static_cast<std::size_t>(solution->codes()[0])], "ERP");
        EXPECT_EQ(solution->codes()[4], -1);
        random.shuffle(order);
    }
}

TEST_F(LoadStudyData, RegisterAndAdoptionsThatDisagreeAreTold) {
    import("firms", firms);
    import("panel", yearly);
    const auto without = load();
    ASSERT_TRUE(without) << without.error().code;
    EXPECT_EQ(without->panel.adoption_year, (std::vector<int>{2016, 0, 2015, 0}));
    EXPECT_TRUE(without->adoptions.empty());

    specification_.roles.adoption_table = "adoptions";
    import("adoptions", std::string(event_header) + "F1,2015,0,3,신규,PLM,50\nF2,2016,0,,신규,MES,60\n");
    const auto data = load();
    ASSERT_TRUE(data) << data.error().code;
    EXPECT_EQ(data->panel.adoption_year, (std::vector<int>{2015, 2016, 2015, 0}));
    EXPECT_EQ(data->panel.level, (std::vector<int>{3, 0, 2, 0}));
    EXPECT_EQ(count_of(data->messages, "adoption_register_differs"), 1);
    EXPECT_EQ(count_of(data->messages, "adoption_only_in_register"), 1);
    EXPECT_EQ(count_of(data->messages, "adoption_attribute_differs"), 1);
    ASSERT_EQ(data->adoptions.size(), 3U);
    EXPECT_EQ(data->adoptions[2].firm, 2U);
    EXPECT_EQ(data->adoptions[2].level, 2);

    import("adoptions", std::string(event_header) + "F1,20150,0,3,신규,PLM,50\n");
    const auto bad = load();
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, "role_column_type");
}

TEST_F(LoadStudyData, AdoptionsMayBeKeyedByNumberAndByName) {
    import("firms", firms);
    import("panel", yearly);
    specification_.roles.adoption_table = "adoptions";
    specification_.roles.adoption_key = "brn";
    import("adoptions", "사업자번호,도입연도\n1208147521,2016\n1208147521,2018\n");
    const auto by_number = load();
    ASSERT_TRUE(by_number) << by_number.error().code;
    EXPECT_EQ(by_number->panel.adoption_year[1], 2016);
    EXPECT_EQ(count_of(by_number->messages, "adoption_repeated"), 1);
    specification_.roles.adoption_key = "name";
    import("adoptions", "기업명,도입연도\n다라기계,2016\n다라 기계㈜,2018\n");
    const auto by_name = load();
    ASSERT_TRUE(by_name) << by_name.error().code;
    EXPECT_EQ(by_name->panel.adoption_year[1], 2016);
}

}  // namespace

}  // namespace twinfirm::app
