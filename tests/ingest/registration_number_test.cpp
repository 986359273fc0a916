// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/registration_number.h"

#include <gtest/gtest.h>

namespace twinfirm::ingest {

namespace {

using Class = RegistrationClass;

TEST(BusinessNumber, TellsClasses) {
    for (const char* text :
         {"124-81-00998", "120-81-47521", "220-81-62517", "101-81-09147", "130-81-74011", "1248100998", " 1248100998 ",
          "'1248100998", "1248100998.0", "１２４-８１-００９９８", "124,810,0998", "=\"1248100998\"", "124–81–00998"}) {
        const RegistrationNumber number = read_business_number(text);
        EXPECT_EQ(number.kind, Class::valid) << text;
        EXPECT_EQ(number.digits.size(), 10U) << text;
    }
    EXPECT_EQ(read_business_number("124-81-00998").digits, "1248100998");
    EXPECT_EQ(read_business_number("124-81-00999").kind, Class::wrong_check_digit);
    EXPECT_EQ(read_business_number("123-45-67890").kind, Class::wrong_check_digit);
    EXPECT_EQ(read_business_number("000-00-00000").kind, Class::repeated_digit);
    EXPECT_EQ(read_business_number("1.23457E+09").kind, Class::scientific);
    EXPECT_TRUE(read_business_number("1.23457E+09").digits.empty());
    EXPECT_EQ(read_business_number("123-45-6789O").kind, Class::other_characters);
    EXPECT_EQ(read_business_number("124-81-****").kind, Class::other_characters);
    EXPECT_EQ(read_business_number("개인").kind, Class::other_characters);
    EXPECT_EQ(read_business_number("12345678901").kind, Class::wrong_length);
}

TEST(BusinessNumber, TellsWhoseItIs) {
    EXPECT_EQ(business_kind("1248100998"), BusinessKind::organisation);
    EXPECT_EQ(business_kind("1241000998"), BusinessKind::sole_proprietor);
    EXPECT_EQ(business_kind("1249500998"), BusinessKind::sole_proprietor);
    EXPECT_EQ(business_kind("1000000009"), BusinessKind::unassigned);
}

TEST(CorporateNumber, TellsClasses) {
    EXPECT_EQ(read_corporate_number("130111-0006246").kind, Class::valid);
    EXPECT_EQ(read_corporate_number("1101112487050").kind, Class::valid);
    EXPECT_EQ(read_corporate_number("130111-0006247").kind, Class::wrong_check_digit);
    EXPECT_EQ(read_corporate_number("130111-000624").kind, Class::wrong_length);
    // 800101-1234560 has the check digit of a resident number, but not that of a corporation.
    EXPECT_EQ(read_corporate_number("800101-1234560").kind, Class::resident_number);
    EXPECT_TRUE(read_corporate_number("800101-1234560").digits.empty());
}

TEST(ResidentNumber, IsFoundInTexts) {
    const auto found = find_resident_number("대표 홍길동 800101-1234567 끝");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size, 14U);
    EXPECT_TRUE(find_resident_number("8001011234560"));
    EXPECT_FALSE(find_resident_number("8001011234567"));   // no hyphen and no check digit
    EXPECT_FALSE(find_resident_number("130111-0006246"));  // a corporation's
    EXPECT_FALSE(find_resident_number("801301-1234567"));  // no day
    EXPECT_FALSE(find_resident_number("124-81-00998"));
    EXPECT_FALSE(find_resident_number("12800101-1234567"));
    EXPECT_FALSE(find_resident_number("5.8001011234560"));  // decimals
    EXPECT_FALSE(find_resident_number("-5.8001011234560"));
    EXPECT_TRUE(find_resident_number("5. 8001011234560"));
    EXPECT_TRUE(find_resident_number(".8001011234560"));
    EXPECT_FALSE(find_resident_number(""));
}

}  // namespace

}  // namespace twinfirm::ingest
