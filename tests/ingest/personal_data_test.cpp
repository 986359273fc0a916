// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/personal_data.h"

#include <gtest/gtest.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

namespace {

PseudonymKey key_of(unsigned char byte) {
    PseudonymKey::Bytes bytes{};
    bytes.fill(byte);
    return PseudonymKey(bytes);
}

TEST(PersonalData, RecognisesForms) {
    EXPECT_TRUE(is_email("hong@example.kr"));
    EXPECT_FALSE(is_email("매출 @ 100"));
    for (const char* text :
         {"02-123-4567", "010-1234-5678", "031)123-4567", "+82 10-1234-5678", "1588-1234", "01012345678"}) {
        EXPECT_TRUE(is_phone_number(text)) << text;
    }
    for (const char* text : {"124-81-00998", "2017-03-01", "1234", "00123", "130111-0006246"}) {
        EXPECT_FALSE(is_phone_number(text)) << text;
    }
    EXPECT_EQ(personal_field_of("담당자 연락처"), "phone");
    EXPECT_EQ(personal_field_of("본사 주소"), "address");
    EXPECT_EQ(personal_field_of("매출액"), "");
    EXPECT_EQ(mask_resident_numbers("대표 800101-1234567, 감사 810203-2345678"),
              "대표 ******-*******, 감사 ******-*******");
}

constexpr const char* register_text =
    "사업자등록번호,기업명,대표자,연락처,팩스번호,주소,비고,매출액\n"
    "124-10-00991,홍길동상회,홍길동,010-1234-5678,02-111-2222,서울 강남구 1,담당 800101-1234567,10\n"
    "124-81-00998,(주)가나,김철수,02-123-4567,,서울 중구 2,,20\n"
    "100-00-00009,가상기계1,이영희,,,경기 수원시 3,,30\n"
    "1248100998,가나,박,,,서울 중구 2,,40\n";

TEST(PersonalData, ColumnsAreDroppedOrReplacedByDefault) {
    const FileOnDisk file(register_text);
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    const PseudonymKey key = key_of(7);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), inspection->plan, "t", sink, {}, {}, &key);
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->dropped, (std::vector<std::string>{"대표자", "연락처", "팩스번호"}));
    EXPECT_EQ(audit->key, key.identification());
    ASSERT_EQ(sink.rows.size(), 4U);
    const auto& sole = sink.rows[0];
    EXPECT_EQ(sole[0], key.pseudonym("brn", "1241000991"));
    EXPECT_EQ(sole[1], key.pseudonym("firm_name", "홍길동상회"));
    EXPECT_EQ(sole[2].size(), 32U);
    EXPECT_EQ(sole[3], "담당 ******-*******");
    // A corporation's name and address are nobody's; its number is replaced, whatever its spelling.
    EXPECT_EQ(sink.rows[1][0], key.pseudonym("brn", "1248100998"));
    EXPECT_EQ(sink.rows[3][0], sink.rows[1][0]);
    EXPECT_EQ(sink.rows[1][1], "(주)가나");
    EXPECT_EQ(sink.rows[1][2], "서울 중구 2");
    // No firm has a number with 00 in its middle.
    EXPECT_EQ(sink.rows[2][0], "100-00-00009");
    const std::string json = to_json_text(*audit) + to_json_text(inspection->plan);
    for (const char* canary : {"홍길동", "010-1234", "1241000991", "124-10-00991", "800101", "강남구"}) {
        EXPECT_EQ(json.find(canary), std::string::npos) << canary;
    }
    EXPECT_EQ(parse_import_audit(to_json_text(*audit)).value(), *audit);
    EXPECT_EQ(parse_import_plan(to_json_text(inspection->plan)).value(), inspection->plan);
}

TEST(PersonalData, OtherKeysGiveOtherPseudonyms) {
    EXPECT_NE(key_of(1).pseudonym("brn", "1248100998"), key_of(2).pseudonym("brn", "1248100998"));
    EXPECT_NE(key_of(1).pseudonym("brn", "1248100998"), key_of(1).pseudonym("crn", "1248100998"));
    // HMAC-SHA256 under 32 bytes 0b of "brn", NUL, "1248100998", by Python's hmac.
    EXPECT_EQ(key_of(0x0b).pseudonym("brn", "1248100998"), "12a6f68607b202559b6b0a32a3e3d0b8");
}

TEST(PersonalData, WithoutKeyNothingIsStored) {
    const FileOnDisk file(register_text);
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), inspection->plan, "t", sink);
    ASSERT_FALSE(audit);
    EXPECT_EQ(audit.error().code, "pseudonym_key_missing");
    EXPECT_TRUE(sink.rows.empty());
}

TEST(PersonalData, KeptWhereThePlanSaysSo) {
    const FileOnDisk file(register_text);
    auto plan = inspect_file(file.path())->plan;
    for (ColumnPlan& column : plan.columns) column.protection = Protection::none;
    TableInMemory sink;
    ASSERT_TRUE(import_csv(file.path(), plan, "t", sink));
    EXPECT_EQ(sink.rows[0][0], "124-10-00991");
    EXPECT_EQ(sink.rows[0][2], "홍길동");
    // Resident numbers are masked all the same.
    EXPECT_EQ(sink.rows[0][6], "담당 ******-*******");
}

TEST(PersonalData, DroppedNamesLeaveAJoinKey) {
    const FileOnDisk file(register_text);
    auto plan = inspect_file(file.path())->plan;
    plan.columns[1].protection = Protection::drop;  // 기업명
    plan.columns[5].protection = Protection::drop;  // 주소
    plan.columns[6].name = "firm_name_key";         // taken
    const PseudonymKey key = key_of(7);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), plan, "t", sink, {}, {}, &key);
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->join_keys, (std::vector<KeptJoinKey>{{plan.columns[1].name, "firm_name_key_"},
                                                          {plan.columns[5].name, "address_key"}}));
    EXPECT_EQ(parse_import_audit(to_json_text(*audit)).value(), *audit);
    ASSERT_EQ(sink.rows.size(), 4U);
    // Organisations' names too: nothing of the column is stored but hashes.
    EXPECT_EQ(sink.rows[0][1], key.pseudonym("firm_name", "홍길동상회"));
    EXPECT_EQ(sink.rows[1][1], key.pseudonym("firm_name", "가나"));
    EXPECT_EQ(sink.rows[3][1], sink.rows[1][1]);
    EXPECT_EQ(sink.rows[1][2], key.pseudonym("address", "서울 중구"));
    for (const auto& row : sink.rows) {
        for (const std::string& cell : row) {
            for (const char* canary : {"홍길동", "가나", "가상기계", "강남", "수원"}) {
                EXPECT_EQ(cell.find(canary), std::string::npos) << canary;
            }
        }
    }
    // Not even that where the plan does not keep the column.
    plan.columns[1].keep = plan.columns[5].keep = false;
    TableInMemory without;
    const auto nothing = import_csv(file.path(), plan, "t", without, {}, {}, &key);
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->join_keys.empty());
    EXPECT_EQ(without.rows[0].size() + 2, sink.rows[0].size());
}

TEST(PersonalData, ContentTellsWhatHeadersDoNot) {
    const FileOnDisk file(
        "a,b,c,d\n1248100998,010-1234-5678,a@b.kr,800101-1234567\n"
        "1208147521,010-1111-2222,c@d.kr,810203-2345678\n");
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    const auto& columns = inspection->plan.columns;
    EXPECT_EQ(columns[0].field, "brn");
    EXPECT_EQ(columns[1].field, "phone");
    EXPECT_EQ(columns[2].field, "email");
    EXPECT_EQ(columns[3].field, "resident_number");
    EXPECT_EQ(columns[0].protection, Protection::pseudonym);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(columns[i].protection, Protection::drop) << i;
    EXPECT_EQ(inspection->columns[0].reason, "content");
}

TEST(PersonalData, RegistrationClassesAreCounted) {
    const FileOnDisk file("사업자등록번호,값\n124-81-00998,1\n124-81-00999,2\n1.23457E+09,3\n,4\n000-00-00000,5\n");
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    const PseudonymKey key = key_of(3);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), inspection->plan, "t", sink, {}, {}, &key);
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->registrations, (std::vector<RegistrationCount>{{"사업자등록번호", "valid", 1},
                                                                    {"사업자등록번호", "wrong_check_digit", 1},
                                                                    {"사업자등록번호", "repeated_digit", 1},
                                                                    {"사업자등록번호", "scientific", 1}}));
}

}  // namespace

}  // namespace twinfirm::ingest
