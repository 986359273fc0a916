// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/sha256.h"

#include <gtest/gtest.h>

namespace twinfirm {

// FIPS 180-4 examples.
TEST(Sha256, KnownDigests) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
    Sha256 hash;
    hash.update("a");
    hash.update("bc");
    EXPECT_EQ(hash.hex_digest(), sha256_hex("abc"));
}

TEST(Sha256, IntegersAreEightBytesLeastSignificantFirst) {
    Sha256 hash;
    hash.update_integer(0x0102);
    EXPECT_EQ(hash.hex_digest(), sha256_hex(std::string("\x02\x01\0\0\0\0\0\0", 8)));
}

TEST(Sha256, FileThatIsNotThere) {
    EXPECT_EQ(sha256_of_file("/no/such/file").error().code, "file_not_readable");
}

}  // namespace twinfirm
