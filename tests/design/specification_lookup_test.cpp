// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/specification_lookup.h"

#include <gtest/gtest.h>

namespace twinfirm::design {
namespace {

TEST(SpecificationLookup, FindsAnEntryByItsKeyOnly) {
    Specification specification;
    specification.outcomes.resize(2);
    specification.outcomes[1].key = "sales";
    specification.breakdowns.resize(1);
    specification.breakdowns[0].key = "size";
    specification.process_kpis.resize(1);
    specification.process_kpis[0].key = "quality";
    EXPECT_EQ(find_outcome(specification, "sales"), &specification.outcomes[1]);
    EXPECT_EQ(find_breakdown(specification, "size"), specification.breakdowns.data());
    EXPECT_EQ(find_process_kpi(specification, "quality"), specification.process_kpis.data());
    EXPECT_EQ(find_outcome(specification, "size"), nullptr);
    EXPECT_EQ(find_breakdown(specification, "sales"), nullptr);
    EXPECT_EQ(find_process_kpi(Specification{}, "quality"), nullptr);
}

}  // namespace
}  // namespace twinfirm::design
