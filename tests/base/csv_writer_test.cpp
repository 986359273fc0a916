// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/csv_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm {

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
    CsvWriter csv(false);
    csv.text("기업").text("a,b").text("say \"hi\"").text("two\nlines").text(" edge");
    csv.end_row();
    EXPECT_EQ(csv.bytes(), "기업,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" edge\"\n");
}

TEST(CsvWriter, NumbersAndMissingValues) {
    CsvWriter csv(false);
    csv.number(0.1).integer(-3).missing().number(std::numeric_limits<double>::quiet_NaN());
    csv.end_row();
    EXPECT_EQ(csv.bytes(), "0.1,-3,,\n");
}

TEST(CsvWriter, BeginsWithAByteOrderMarkForExcel) {
    EXPECT_EQ(CsvWriter().bytes(), "\xEF\xBB\xBF");
}

}  // namespace twinfirm
