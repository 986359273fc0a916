// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/about_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <string>

#include "twinfirm/app/version.h"

namespace twinfirm::ui {

namespace {

struct Part {
    const char* name;
    const char* version;  ///< that the program was built with
    const char* licence;
};

constexpr Part parts[] = {
    {"QCustomPlot", TWINFIRM_VERSION_QCUSTOMPLOT, "GPL-3.0-or-later"},
    {"Eigen", TWINFIRM_VERSION_EIGEN, "MPL-2.0"},
    {"Boost.Math", TWINFIRM_VERSION_BOOST, "BSL-1.0"},
    {"SQLite", TWINFIRM_VERSION_SQLITE, "public domain"},
    {"GLPK", TWINFIRM_VERSION_GLPK, "GPL-3.0-or-later"},
    {"libxlsxwriter", TWINFIRM_VERSION_XLSXWRITER, "BSD-2-Clause"},
    {"minizip", TWINFIRM_VERSION_MINIZIP, "Zlib"},
    {"Expat", TWINFIRM_VERSION_EXPAT, "MIT"},
    {"FreeXL", TWINFIRM_VERSION_FREEXL, "MPL-1.1 / GPL-2.0+ / LGPL-2.1+"},
    {"libsodium", TWINFIRM_VERSION_SODIUM, "ISC"},
    {"Nettle", TWINFIRM_VERSION_NETTLE, "LGPL-3.0+ / GPL-2.0+"},
    {"{fmt}", TWINFIRM_VERSION_FMT, "MIT"},
    {"JSON for Modern C++", TWINFIRM_VERSION_JSON, "MIT"},
    {"tl::expected", TWINFIRM_VERSION_EXPECTED, "CC0-1.0"},
    {"NanumBarunGothic", "", "OFL-1.1"},
};

}  // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("about"));
    setWindowTitle(tr("About TwinFirm"));
    const std::string version(app::version());
    auto* text = new QLabel(tr("TwinFirm %1\n\nEvaluates what the smart-factory programme did: matched comparison of "
                               "adopters with non-adopters.\n\nFree software under the GNU General Public License, "
                               "version 3 or later. It is made of these parts:")
                                .arg(QString::fromStdString(version)),
                            this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* table = new QTableWidget(0, 3, this);
    table->setObjectName(QStringLiteral("about_parts"));
    table->setAccessibleName(tr("Parts with their versions and licences"));
    table->setHorizontalHeaderLabels({tr("Part"), tr("Version"), tr("Licence")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    const auto add = [table](const QString& name, const QString& number, const QString& licence) {
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(name));
        table->setItem(row, 1, new QTableWidgetItem(number));
        table->setItem(row, 2, new QTableWidgetItem(licence));
    };
    add(QStringLiteral("Qt"), QString::fromLatin1(qVersion()), QStringLiteral("LGPL-3.0-only"));
    for (const Part& part : parts) {
        add(QString::fromUtf8(part.name), QString::fromUtf8(part.version), QString::fromUtf8(part.licence));
    }
    table->resizeColumnsToContents();
    table->horizontalHeader()->setStretchLastSection(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    resize(560, 480);
}

}  // namespace twinfirm::ui
