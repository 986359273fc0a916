<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>twinfirm::ui::AboutDialog</name>
    <message>
        <source>About TwinFirm</source>
        <translation>TwinFirm 정보</translation>
    </message>
    <message>
        <source>TwinFirm %1

Evaluates what the smart-factory programme did: matched comparison of adopters with non-adopters.

Free software under the GNU General Public License, version 3 or later. It is made of these parts:</source>
        <translation>TwinFirm %1

스마트공장 사업의 성과를 도입기업과 미도입기업의 매칭 비교로 분석합니다.

GNU 일반 공중 사용 허가서(GPL) 3판 또는 그 이후 판을 따르는 자유 소프트웨어입니다. 다음 구성 요소로 이루어져 있습니다.</translation>
    </message>
    <message>
        <source>Parts with their versions and licences</source>
        <translation>구성 요소의 버전과 라이선스</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::AuditModel</name>
    <message>
        <source>not stored</source>
        <translation>저장 안 함</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>바꾸어 저장</translation>
    </message>
    <message>
        <source>conversion</source>
        <translation>변환 규칙</translation>
    </message>
    <message>
        <source>What</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Line:column</source>
        <translation>줄:열</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Value in file</source>
        <translation>파일의 값</translation>
    </message>
    <message>
        <source>Cells or rows</source>
        <translation>건수</translation>
    </message>
    <message>
        <source>Press Enter to see the line in the file</source>
        <translation>Enter를 누르면 파일의 그 줄을 보여 줍니다</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::BalancePage</name>
    <message>
        <source>3  Matching and balance</source>
        <translation>3  매칭·균형</translation>
    </message>
    <message>
        <source>Who was compared with whom, and were they alike before the adoption?</source>
        <translation>누구를 누구와 견주었고, 도입 전에 서로 비슷했는지 확인합니다.</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>균형성</translation>
    </message>
    <message>
        <source>Common support</source>
        <translation>공통영역</translation>
    </message>
    <message>
        <source>Adoption years</source>
        <translation>도입연도별</translation>
    </message>
    <message>
        <source>Score model</source>
        <translation>성향점수 모형</translation>
    </message>
    <message>
        <source>Reading of this result</source>
        <translation>이 결과 읽기</translation>
    </message>
    <message>
        <source>The standardized mean difference (SMD) says by how many standard deviations the means of the two arms differ. Up to 0.1 counts as alike. Open circles: before matching; filled: after.</source>
        <translation>표준화 평균차(SMD)는 두 집단의 평균이 표준편차의 몇 배만큼 다른지를 나타냅니다. 0.1 이하이면 비슷하다고 봅니다. 빈 동그라미는 매칭 전, 채운 동그라미는 매칭 후입니다.</translation>
    </message>
    <message>
        <source>SMD = (mean of adopters − mean of non-adopters) / standard deviation of the adopters before matching.</source>
        <translation>SMD = (도입기업 평균 − 미도입기업 평균) / 매칭 전 도입기업의 표준편차</translation>
    </message>
    <message>
        <source>Where the two histograms overlap there are firms to compare with. Adopters without a partner within reach stay unmatched, and the result says nothing about them.</source>
        <translation>두 히스토그램이 겹치는 곳에만 견줄 수 있는 기업이 있습니다. 가까운 상대가 없는 도입기업은 매칭되지 않으며, 결과는 이 기업들에 대해 말하지 않습니다.</translation>
    </message>
    <message>
        <source>Charts and tables of the matching</source>
        <translation>매칭의 그림과 표</translation>
    </message>
    <message>
        <source>Flow and reasons</source>
        <translation>흐름과 제외 사유</translation>
    </message>
    <message>
        <source>Compare designs</source>
        <translation>설계 비교</translation>
    </message>
    <message>
        <source>Firms left out</source>
        <translation>제외 기업</translation>
    </message>
    <message>
        <source>Compute a preview</source>
        <translation>미리보기 계산</translation>
    </message>
    <message>
        <source>Matching and balance of the present design alone: no outcome is opened and nothing is recorded</source>
        <translation>지금 설계의 매칭과 균형만 계산합니다. 성과를 열지 않으며 기록에 남지 않습니다</translation>
    </message>
    <message>
        <source>Compute a preview of matching and balance</source>
        <translation>매칭과 균형의 미리보기 계산</translation>
    </message>
    <message>
        <source>Data or design changed. This is a preview: only matching and balance were computed anew. The effects are computed when the study is run.</source>
        <translation>자료나 설계가 바뀌어 매칭과 균형만 다시 계산한 미리보기입니다. 효과는 실행하면 계산됩니다.</translation>
    </message>
    <message>
        <source>This is a preview: only matching and balance were computed. No outcome was opened and nothing is recorded. The effects are computed when the study is run.</source>
        <translation>매칭과 균형만 계산한 미리보기입니다. 성과를 열지 않았으므로 기록에 남지 않습니다. 효과는 실행하면 계산됩니다.</translation>
    </message>
    <message>
        <source>Matching and balance of the present design are being computed…</source>
        <translation>지금 설계의 매칭과 균형을 계산하고 있습니다…</translation>
    </message>
    <message>
        <source>The present design cannot be matched: %1</source>
        <translation>지금 설계로는 매칭할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The numbers below are those of the design that was run last.</source>
        <translation>아래 수치는 마지막으로 실행한 설계의 것입니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::BandEditor</name>
    <message>
        <source>The design divides the adopters by no band.</source>
        <translation>이 설계에는 구간으로 나눈 분해가 없습니다.</translation>
    </message>
    <message>
        <source>Lower bounds</source>
        <translation>구간 하한</translation>
    </message>
    <message>
        <source>Lower bounds (%1)</source>
        <translation>구간 하한 (%1)</translation>
    </message>
    <message>
        <source>Two or more rising numbers with commas are needed: 0, 10, 50</source>
        <translation>커지는 수를 두 개 이상 쉼표로 적으십시오: 0, 10, 50</translation>
    </message>
    <message>
        <source>Breakdown</source>
        <translation>분해</translation>
    </message>
    <message>
        <source>Breakdown whose bands are edited</source>
        <translation>구간을 고칠 분해</translation>
    </message>
    <message>
        <source>Year of the band</source>
        <translation>구간을 정하는 해</translation>
    </message>
    <message>
        <source>Match within the bands</source>
        <translation>구간 안에서만 매칭</translation>
    </message>
    <message>
        <source>base year</source>
        <translation>기준연도</translation>
    </message>
    <message>
        <source>the year before it</source>
        <translation>그 전해</translation>
    </message>
    <message>
        <source>mean of both</source>
        <translation>두 해의 평균</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::BreakdownsPage</name>
    <message>
        <source>5  Breakdowns</source>
        <translation>5  분해</translation>
    </message>
    <message>
        <source>The same comparison for groups of firms, cut on what was known before adoption.</source>
        <translation>같은 비교를 도입 전 특성으로 나눈 기업 집단별로 봅니다.</translation>
    </message>
    <message>
        <source>&amp;Groups</source>
        <translation>집단(&amp;G)</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>집단</translation>
    </message>
    <message>
        <source>O&amp;utcome</source>
        <translation>성과지표(&amp;U)</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>성과지표</translation>
    </message>
    <message>
        <source>Reading of this result</source>
        <translation>이 결과 읽기</translation>
    </message>
    <message>
        <source>Do the groups differ?</source>
        <translation>집단 사이에 차이가 있는가</translation>
    </message>
    <message>
        <source>Look at the test that all groups have the same effect (Cochran’s Q) before you compare single groups. Of twenty groups one lies outside its 95% interval by chance alone.</source>
        <translation>집단을 하나씩 견주기 전에, 모든 집단의 효과가 같다는 가설의 검정(코크란 Q)을 먼저 보십시오. 집단이 스무 개이면 우연만으로도 하나쯤은 95% 신뢰구간을 벗어납니다.</translation>
    </message>
    <message>
        <source>Bands of sales</source>
        <translation>매출 구간</translation>
    </message>
    <message>
        <source>Firms with an unusually low value in one year are in the lowest band and rise again without any programme (regression to the mean). The before/after number of such a band misleads; the matched number is the one to read.</source>
        <translation>어느 해에 우연히 값이 낮았던 기업은 가장 낮은 구간에 들고, 사업이 없어도 다시 올라옵니다(평균으로의 회귀). 이런 구간의 단순 전후 수치는 오해를 부르므로 매칭 비교 수치를 읽어야 합니다.</translation>
    </message>
    <message>
        <source>X: too few firms to be shown.</source>
        <translation>X: 기업 수가 적어 공개하지 않습니다.</translation>
    </message>
    <message>
        <source>Chart and table of the groups</source>
        <translation>집단별 그림과 표</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>검정</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ChartOptionsDialog</name>
    <message>
        <source>Look of the chart</source>
        <translation>그림 모양</translation>
    </message>
    <message>
        <source>Standard (blue and orange)</source>
        <translation>표준 (파랑·주황)</translation>
    </message>
    <message>
        <source>Purple and green</source>
        <translation>보라·초록</translation>
    </message>
    <message>
        <source>Grey, for black-and-white print</source>
        <translation>회색 (흑백 인쇄용)</translation>
    </message>
    <message>
        <source>as generated</source>
        <translation>생성된 대로</translation>
    </message>
    <message>
        <source>Ranges of the value axes</source>
        <translation>값 축의 범위</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>축</translation>
    </message>
    <message>
        <source>From</source>
        <translation>부터</translation>
    </message>
    <message>
        <source>To</source>
        <translation>까지</translation>
    </message>
    <message>
        <source>Order and names of the rows</source>
        <translation>행의 순서와 이름</translation>
    </message>
    <message>
        <source>%1 dots per inch</source>
        <translation>%1 dpi</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>위로</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <source>Move the row up</source>
        <translation>행을 위로 옮기기</translation>
    </message>
    <message>
        <source>Move the row down</source>
        <translation>행을 아래로 옮기기</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>제목(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>색(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Decimals</source>
        <translation>소수 자릿수(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Resolution of a PNG</source>
        <translation>PNG 해상도(&amp;R)</translation>
    </message>
    <message>
        <source>Ra&amp;nges of the value axes (empty = as generated)</source>
        <translation>값 축의 범위(&amp;N) — 비우면 생성된 대로</translation>
    </message>
    <message>
        <source>R&amp;ows: drag to order, double click to rename</source>
        <translation>행(&amp;O): 끌어서 순서를, 두 번 눌러 이름을 바꿉니다</translation>
    </message>
    <message>
        <source>As generated</source>
        <translation>생성된 대로</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>A range needs two numbers: from and to.</source>
        <translation>범위에는 ‘부터’와 ‘까지’의 두 수가 모두 있어야 합니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ChartPanel</name>
    <message>
        <source>Copy chart</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Picture and numbers to the clipboard</source>
        <translation>그림과 수치를 클립보드에 복사합니다</translation>
    </message>
    <message>
        <source>Save chart…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>As PNG, SVG or PDF</source>
        <translation>PNG, SVG, PDF로 저장합니다</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Picture (*.png);;Vector picture (*.svg);;PDF document (*.pdf)</source>
        <translation>그림 (*.png);;벡터 그림 (*.svg);;PDF 문서 (*.pdf)</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>모양…</translation>
    </message>
    <message>
        <source>Title, colours, decimals, ranges and order, here and in the report</source>
        <translation>제목, 색, 소수 자릿수, 축 범위, 순서를 바꿉니다. 보고서에도 적용됩니다</translation>
    </message>
    <message>
        <source>Look of the chart</source>
        <translation>그림 모양</translation>
    </message>
    <message>
        <source>Copy the numbers only</source>
        <translation>수치만 복사</translation>
    </message>
    <message>
        <source>Look of the chart…</source>
        <translation>그림 모양…</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::CheckPanel</name>
    <message>
        <source>Looking the table over…</source>
        <translation>표를 살펴보는 중…</translation>
    </message>
    <message>
        <source>Import the file to check its table here.</source>
        <translation>파일을 가져오면 여기서 표를 점검합니다.</translation>
    </message>
    <message>
        <source>Nothing doubtful was found: no duplicates, jumps or outliers, and firms join.</source>
        <translation>의심스러운 점이 없습니다. 중복, 급변, 이상값이 없고 기업이 모두 이어집니다.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose a line to see its rows.</source>
        <translation>아무것도 바꾸지 않았습니다. 줄을 고르면 해당 행이 아래에 보입니다.</translation>
    </message>
    <message>
        <source>What was noticed</source>
        <translation>발견한 점</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>행 수</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Firm</source>
        <translation>기업</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>연도</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>비교한 값</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>전체 행</translation>
    </message>
    <message>
        <source>Share of rows without a value, in each column and year.</source>
        <translation>열과 연도마다 값이 없는 행의 비율입니다.</translation>
    </message>
    <message>
        <source>known</source>
        <translation>목록에 있음</translation>
    </message>
    <message>
        <source>not in the list</source>
        <translation>목록에 없음</translation>
    </message>
    <message>
        <source>no list</source>
        <translation>목록 없는 열</translation>
    </message>
    <message>
        <source>%1 codes are in no list. Industry codes are looked up by their division, provinces by their names, levels from 0 to 5.</source>
        <translation>목록에 없는 코드가 %1개 있습니다. 업종코드는 중분류, 시도는 이름, 수준은 0~5로 찾습니다.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Code list</source>
        <translation>코드표</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>뜻</translation>
    </message>
    <message>
        <source>Doubtful values, duplicates and joins</source>
        <translation>의심스러운 값·중복·연결</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>결측 지도</translation>
    </message>
    <message>
        <source>Code lists</source>
        <translation>코드표</translation>
    </message>
    <message>
        <source>&amp;What is shown</source>
        <translation>보기(&amp;W)</translation>
    </message>
    <message>
        <source>Kind of check</source>
        <translation>점검의 종류</translation>
    </message>
    <message>
        <source>Findings of the check</source>
        <translation>점검에서 발견한 점</translation>
    </message>
    <message>
        <source>Rows of the finding</source>
        <translation>해당 행</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ColumnChoice</name>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Columns of the survey file</source>
        <translation>조사 자료의 열</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>문항(&amp;Q)</translation>
    </message>
    <message>
        <source>Est&amp;imate</source>
        <translation>추정(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Stratum</source>
        <translation>층(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Weight</source>
        <translation>가중치(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Population</source>
        <translation>모집단 크기(&amp;P)</translation>
    </message>
    <message>
        <source>C&amp;luster</source>
        <translation>집락(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Groups</source>
        <translation>구분(&amp;G)</translation>
    </message>
    <message>
        <source>shares of the answers</source>
        <translation>응답별 비율</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>&amp;Compute</source>
        <translation>계산(&amp;C)</translation>
    </message>
    <message>
        <source>Compute the estimates</source>
        <translation>추정값 계산</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ColumnMappingModel</name>
    <message>
        <source>(none)</source>
        <translation>(없음)</translation>
    </message>
    <message>
        <source>text</source>
        <translation>문자</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>money</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>퍼센트</translation>
    </message>
    <message>
        <source>year</source>
        <translation>연도</translation>
    </message>
    <message>
        <source>date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>yes/no</source>
        <translation>예/아니요</translation>
    </message>
    <message>
        <source>adoption level</source>
        <translation>구축수준</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>단위</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>확신도</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 수</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>결측 수</translation>
    </message>
    <message>
        <source>Press Enter or click to change it</source>
        <translation>Enter 키를 누르거나 눌러서 바꿉니다</translation>
    </message>
    <message>
        <source>Meaning of the column</source>
        <translation>열의 항목</translation>
    </message>
    <message>
        <source>Type of the column</source>
        <translation>열의 형식</translation>
    </message>
    <message>
        <source>Unit of the column</source>
        <translation>열의 단위</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ComparePanel</name>
    <message>
        <source>Locked design, %1</source>
        <translation>잠긴 설계, %1</translation>
    </message>
    <message>
        <source>Run of %1</source>
        <translation>%1 실행</translation>
    </message>
    <message>
        <source>The other design is computed on the present data; your own result stays as it is.</source>
        <translation>비교할 설계를 지금 자료로 계산합니다. 지금 결과는 그대로 있습니다.</translation>
    </message>
    <message>
        <source>There is no other design yet. Run the study with other settings, or lock a design before you change it: then both stand here side by side.</source>
        <translation>아직 비교할 설계가 없습니다. 설정을 바꾸어 실행하거나, 바꾸기 전에 설계를 잠그면 두 설계를 여기서 나란히 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>비교할 설계(&amp;W)</translation>
    </message>
    <message>
        <source>Design to compare with</source>
        <translation>비교할 설계</translation>
    </message>
    <message>
        <source>Compute and compare</source>
        <translation>계산해서 비교</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::DataFileModel</name>
    <message>
        <source>firms (register)</source>
        <translation>firms (기업 목록)</translation>
    </message>
    <message>
        <source>panel (yearly)</source>
        <translation>panel (연도별 자료)</translation>
    </message>
    <message>
        <source>survey (before/after)</source>
        <translation>survey (전후 설문)</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>stored, %1 rows not</source>
        <translation>저장됨, %1행 제외</translation>
    </message>
    <message>
        <source>needs an answer</source>
        <translation>답이 필요함</translation>
    </message>
    <message>
        <source>not stored yet</source>
        <translation>아직 저장 안 됨</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>%1번째 줄</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>구분 기호</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>머리글</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>행 수</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::DataPage</name>
    <message>
        <source>1  Data</source>
        <translation>1  자료</translation>
    </message>
    <message>
        <source>Open the files, check how they are read, and store them in the project.</source>
        <translation>파일을 열어 어떻게 읽히는지 확인하고 프로젝트에 저장합니다.</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Open data files</source>
        <translation>자료 파일 열기</translation>
    </message>
    <message>
        <source>Sample study</source>
        <translation>예제 자료</translation>
    </message>
    <message>
        <source>Open the sample study</source>
        <translation>예제 자료 열기</translation>
    </message>
    <message>
        <source>Import all</source>
        <translation>모두 가져오기</translation>
    </message>
    <message>
        <source>Import all files that are ready</source>
        <translation>준비된 파일을 모두 가져오기</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일 목록</translation>
    </message>
    <message>
        <source>A study needs the register of firms (with adoption year and level) and the yearly panel. The survey of the programme (values before and after) is optional.</source>
        <translation>분석에는 기업 목록(도입연도와 구축수준 포함)과 연도별 자료가 필요합니다. 사업 설문(도입 전후 값)은 없어도 됩니다.</translation>
    </message>
    <message>
        <source>What was stored</source>
        <translation>저장된 내용</translation>
    </message>
    <message>
        <source>%1 rows were read; %2 were stored and %3 were not. Each row that was not stored is listed in the import audit with its line and the reason.</source>
        <translation>%1행을 읽어 %2행을 저장하고 %3행을 제외했습니다. 제외한 행은 모두 가져오기 점검표에 줄 번호와 사유가 적혀 있습니다.</translation>
    </message>
    <message>
        <source>A file has a question that only you can answer: see “Questions and remarks”.</source>
        <translation>분석가만 답할 수 있는 물음이 있습니다. ‘물음과 알림’을 보십시오.</translation>
    </message>
    <message>
        <source>How files are read</source>
        <translation>파일을 읽는 방법</translation>
    </message>
    <message>
        <source>Encoding, delimiter and types are decided on the whole file, not on a sample. Numbers that identify firms stay text. Amounts are stored in whole won, whatever unit the file uses.</source>
        <translation>인코딩, 구분 기호, 형식은 일부가 아니라 파일 전체를 보고 정합니다. 기업을 식별하는 번호는 문자 그대로 둡니다. 금액은 파일의 단위와 관계없이 원 단위로 저장합니다.</translation>
    </message>
    <message>
        <source>All of a file is stored or none of it.</source>
        <translation>파일은 전부 저장되거나 전혀 저장되지 않습니다.</translation>
    </message>
    <message>
        <source>The file of this table is not open, so that what is taken back can only come from the file again. Take the import of “%1” back?</source>
        <translation>이 표의 원본 파일이 열려 있지 않으므로, 되돌린 내용은 그 파일을 다시 가져와야만 얻을 수 있습니다. ‘%1’ 파일의 가져오기를 되돌릴까요?</translation>
    </message>
    <message>
        <source>Take the import back</source>
        <translation>가져오기 되돌리기</translation>
    </message>
    <message>
        <source>Take the last import of the selected file&apos;s table back</source>
        <translation>선택한 파일의 표에서 마지막 가져오기를 되돌립니다</translation>
    </message>
    <message>
        <source>The table is again what it was before the last import, or gone if there was none.</source>
        <translation>표가 마지막 가져오기 전의 상태로 돌아갑니다. 그 전에 표가 없었다면 표가 사라집니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Begin with your own files, an earlier design or the sample data.</source>
        <translation>가진 파일, 지난 설계, 예제 자료 가운데 하나로 시작합니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::DesignPage</name>
    <message>
        <source>Basic PSM</source>
        <translation>기본 PSM</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>권장</translation>
    </message>
    <message>
        <source>Own design</source>
        <translation>사용자 설계</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>The tables that the design names are not stored yet: import the data first.</source>
        <translation>설계에서 쓰는 표가 아직 저장되지 않았습니다. 먼저 자료를 가져오십시오.</translation>
    </message>
    <message>
        <source>Nothing to remark. The study can be run.</source>
        <translation>문제가 없습니다. 실행할 수 있습니다.</translation>
    </message>
    <message>
        <source>2  Design</source>
        <translation>2  설계</translation>
    </message>
    <message>
        <source>Choose who is compared with whom. The sentence below always says what is set.</source>
        <translation>누구를 누구와 견줄지 정합니다. 아래 문장은 지금 설정을 그대로 읽어 줍니다.</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>사전 설정(&amp;P)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>사전 설정</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Run the study</source>
        <translation>분석 실행</translation>
    </message>
    <message>
        <source>Check of the design</source>
        <translation>설계 점검</translation>
    </message>
    <message>
        <source>Why matching?</source>
        <translation>왜 매칭하는가</translation>
    </message>
    <message>
        <source>Firms that adopt differ from firms that do not, before any adoption: they are larger and grow faster. The propensity score sums up these differences in one number; each adopter is compared with non-adopters of nearly the same score.</source>
        <translation>도입하는 기업은 도입 전부터 미도입기업과 다릅니다. 규모가 크고 더 빨리 성장합니다. 성향점수는 이런 차이를 하나의 수로 요약하며, 도입기업마다 점수가 거의 같은 미도입기업과 견줍니다.</translation>
    </message>
    <message>
        <source>Which preset?</source>
        <translation>어느 사전 설정을 쓸까</translation>
    </message>
    <message>
        <source>Recommended: pairs agree exactly in industry and size, their scores lie within a caliper, and changes are compared (difference-in-differences), so that lasting differences cancel out.</source>
        <translation>권장: 업종과 규모가 정확히 같고 점수 차이가 캘리퍼 안에 있는 기업끼리 짝을 지어 변화를 견줍니다(이중차분). 변하지 않는 차이는 상쇄됩니다.</translation>
    </message>
    <message>
        <source>Basic PSM: the nearest score on the probability scale, one to one, without a caliper. Pairs may be far apart; look at the balance before you use its numbers.</source>
        <translation>기본 PSM: 확률 점수가 가장 가까운 기업과 1:1로 짝을 지으며 캘리퍼가 없습니다. 짝 사이가 멀 수 있으므로 수치를 쓰기 전에 균형성을 확인하십시오.</translation>
    </message>
    <message>
        <source>Covariates</source>
        <translation>공변량</translation>
    </message>
    <message>
        <source>Take only what was known before the adoption. The program uses the values of the year before adoption, never later ones.</source>
        <translation>도입 전에 알 수 있었던 것만 넣으십시오. 이 프로그램은 도입 전년도의 값을 쓰며 그 뒤의 값은 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>The present design is frozen in the project with its time, for good. It can still be changed and run, but every report then says what differs. Lock it?</source>
        <translation>지금 설계를 시각과 함께 프로젝트에 고정하며, 되돌릴 수 없습니다. 그 뒤에도 설계를 바꾸어 실행할 수 있지만 보고서마다 달라진 점이 적힙니다. 잠글까요?</translation>
    </message>
    <message>
        <source>Locked on %1, before any result was seen.</source>
        <translation>%1에 잠금: 결과를 보기 전.</translation>
    </message>
    <message>
        <source>Locked on %1, after results had been seen.</source>
        <translation>%1에 잠금: 결과를 본 뒤.</translation>
    </message>
    <message>
        <source>The present design is another one.</source>
        <translation>지금 설계는 잠긴 설계와 다릅니다.</translation>
    </message>
    <message>
        <source>The present design is this one.</source>
        <translation>지금 설계는 잠긴 설계와 같습니다.</translation>
    </message>
    <message>
        <source>Lock…</source>
        <translation>잠금…</translation>
    </message>
    <message>
        <source>Lock the design</source>
        <translation>설계 잠금</translation>
    </message>
    <message>
        <source>Freezes the design before its results are seen</source>
        <translation>결과를 보기 전에 설계를 고정합니다</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Full: the recommended design with every outcome (regular jobs, labour cost and value added per head, operating profit, survival), more breakdowns, staggered adoption, placebos, other designs and attrition. The files must hold these columns.</source>
        <translation>전체: 권장 설계에 모든 성과(상용근로자, 1인당 인건비와 부가가치, 영업이익, 생존)와 더 많은 세부 분해, 시차 도입, 위약 검정, 다른 설계, 이탈 분석을 더합니다. 자료에 해당 열이 있어야 합니다.</translation>
    </message>
    <message>
        <source>Variables of the &amp;data</source>
        <translation>자료의 변수(&amp;D)</translation>
    </message>
    <message>
        <source>Drag onto a field, or press Enter.</source>
        <translation>칸으로 끌어 놓거나 Enter를 누르십시오.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::EffectsPage</name>
    <message>
        <source>4  Effects</source>
        <translation>4  효과</translation>
    </message>
    <message>
        <source>What changed for the adopters, beside what changed for their matched non-adopters.</source>
        <translation>도입기업의 변화를 매칭된 미도입기업의 변화와 나란히 봅니다.</translation>
    </message>
    <message>
        <source>O&amp;utcome</source>
        <translation>성과지표(&amp;U)</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>성과지표</translation>
    </message>
    <message>
        <source>Charts and tables of the outcome</source>
        <translation>성과지표의 그림과 표</translation>
    </message>
    <message>
        <source>By year since adoption</source>
        <translation>도입 후 연도별</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>도입 전후</translation>
    </message>
    <message>
        <source>All definitions</source>
        <translation>정의별 비교표</translation>
    </message>
    <message>
        <source>Table by year</source>
        <translation>연도별 표</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>값이 없음</translation>
    </message>
    <message>
        <source>%1% interval %2, n = %3</source>
        <translation>%1% 신뢰구간 %2, n = %3</translation>
    </message>
    <message>
        <source>Before/after of the adopters alone</source>
        <translation>도입기업만의 단순 전후</translation>
    </message>
    <message>
        <source>Holds everything else that happened meanwhile: not the effect.</source>
        <translation>그동안의 경기 변화 등이 모두 섞여 있어 효과가 아닙니다.</translation>
    </message>
    <message>
        <source>Against matched non-adopters</source>
        <translation>매칭된 미도입기업과 비교</translation>
    </message>
    <message>
        <source>Difference between the changes of the two arms since the year before adoption.</source>
        <translation>도입 전년도 이후 두 집단의 변화의 차이입니다.</translation>
    </message>
    <message>
        <source>Before/after of the adopters surveyed (ratio of sums)</source>
        <translation>설문에 답한 도입기업의 단순 전후(합계 기준)</translation>
    </message>
    <message>
        <source>Only adopters were surveyed: there is nobody to compare with. Not the effect.</source>
        <translation>도입기업만 조사하여 견줄 대상이 없습니다. 효과가 아닙니다.</translation>
    </message>
    <message>
        <source>Reading of this result</source>
        <translation>이 결과 읽기</translation>
    </message>
    <message>
        <source>Two numbers</source>
        <translation>두 가지 수치</translation>
    </message>
    <message>
        <source>The before/after number compares the adopters with themselves. A good year of the whole economy is in it. The matched number takes off what the matched non-adopters went through in the same years.</source>
        <translation>단순 전후 수치는 도입기업을 자기 자신의 과거와 견준 것이어서 경기 호황도 함께 들어 있습니다. 매칭 비교 수치는 같은 기간 매칭된 미도입기업이 겪은 변화를 뺀 것입니다.</translation>
    </message>
    <message>
        <source>Effect = (after − before) of adopters − (after − before) of matched non-adopters</source>
        <translation>효과 = 도입기업의 (후 − 전) − 매칭된 미도입기업의 (후 − 전)</translation>
    </message>
    <message>
        <source>The chart</source>
        <translation>그림 읽기</translation>
    </message>
    <message>
        <source>Above: the paths of the two arms. Below: their difference with its interval. Before the adoption it should be near 0; if it is not, the arms were on different paths already.</source>
        <translation>위는 두 집단의 추이, 아래는 그 차이와 신뢰구간입니다. 도입 전의 차이는 0에 가까워야 하며, 그렇지 않으면 이미 서로 다른 길을 가고 있었던 것입니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ExplanationPanel</name>
    <message>
        <source>Explanation</source>
        <translation>설명</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::FilePanel</name>
    <message>
        <source>The file itself was not opened; its table stands in the project.</source>
        <translation>파일은 열지 않았으며, 표는 프로젝트에 저장되어 있습니다.</translation>
    </message>
    <message>
        <source>Not stored yet. Check the preview and the columns, then press “Import all”.</source>
        <translation>아직 저장되지 않았습니다. 미리보기와 열을 확인한 뒤 ‘모두 가져오기’를 누르십시오.</translation>
    </message>
    <message>
        <source>%1 rows read = %2 stored + %3 not stored. Nothing was changed but what is listed below.</source>
        <translation>읽은 행 %1 = 저장 %2 + 제외 %3. 아래에 적힌 것 말고는 아무것도 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>표(&amp;T)</translation>
    </message>
    <message>
        <source>Table that the file is stored in</source>
        <translation>파일을 저장할 표</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>파일 내용</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Questions and remarks</source>
        <translation>물음과 알림</translation>
    </message>
    <message>
        <source>Import audit</source>
        <translation>가져오기 점검표</translation>
    </message>
    <message>
        <source>As it stands in the file</source>
        <translation>파일에 있는 그대로</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>파일의 글자</translation>
    </message>
    <message>
        <source>As it is read</source>
        <translation>읽은 결과</translation>
    </message>
    <message>
        <source>Rows read from the file</source>
        <translation>파일에서 읽은 행</translation>
    </message>
    <message>
        <source>Columns and their meaning</source>
        <translation>열과 항목</translation>
    </message>
    <message>
        <source>Show business numbers, names and addresses</source>
        <translation>사업자등록번호·기업명·주소 등 보이기</translation>
    </message>
    <message>
        <source>Stored table</source>
        <translation>저장된 표</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>점검</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::FindingsModel</name>
    <message>
        <source>%1 (chart and table)</source>
        <translation>%1 (그림과 표)</translation>
    </message>
    <message>
        <source>%1 (table)</source>
        <translation>%1 (표)</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::FoldingSection</name>
    <message>
        <source>%1, open</source>
        <translation>%1, 펼침</translation>
    </message>
    <message>
        <source>%1, closed</source>
        <translation>%1, 접힘</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::GuideWindow</name>
    <message>
        <source>TwinFirm user guide</source>
        <translation>TwinFirm 사용자 안내서</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::JobBar</name>
    <message>
        <source>Working…</source>
        <translation>작업 중…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Cancel the running work</source>
        <translation>진행 중인 작업 취소</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::MainWindow</name>
    <message>
        <source>Written: %1</source>
        <translation>저장했습니다: %1</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>저장 안 됨</translation>
    </message>
    <message>
        <source>Steps of the study</source>
        <translation>분석 단계</translation>
    </message>
    <message>
        <source>This project is not saved. Save it before leaving?</source>
        <translation>이 프로젝트는 저장되지 않았습니다. 나가기 전에 저장할까요?</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>TwinFirm project (*.twinfirm)</source>
        <translation>TwinFirm 프로젝트 (*.twinfirm)</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>프로젝트 저장</translation>
    </message>
    <message>
        <source>Open data</source>
        <translation>자료 열기</translation>
    </message>
    <message>
        <source>Data and study files (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.json);;All files (*)</source>
        <translation>자료와 연구 파일 (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.json);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Earlier project or specification</source>
        <translation>지난 프로젝트나 명세</translation>
    </message>
    <message>
        <source>Project, study or specification (*.twinfirm *.json)</source>
        <translation>프로젝트, 연구, 명세 (*.twinfirm *.json)</translation>
    </message>
    <message>
        <source>%1 (read only)</source>
        <translation>%1 (읽기 전용)</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::MessagePanel</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close the messages</source>
        <translation>알림 닫기</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>알림</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::MoreSettings</name>
    <message>
        <source>Standard errors and balance</source>
        <translation>표준오차와 균형</translation>
    </message>
    <message>
        <source>Whether firms of a region or group move together, and how strictly balance is judged.</source>
        <translation>같은 지역이나 집단의 기업이 함께 움직이는지, 균형을 얼마나 엄격히 볼지 정합니다.</translation>
    </message>
    <message>
        <source>Cluster errors by (column)</source>
        <translation>오차를 묶는 열(군집)</translation>
    </message>
    <message>
        <source>Balance of squares and products too</source>
        <translation>제곱과 곱의 균형도 봄</translation>
    </message>
    <message>
        <source>Smallest caliper that keeps all adopters</source>
        <translation>도입기업을 모두 남기는 가장 좁은 캘리퍼</translation>
    </message>
    <message>
        <source>Effects over time</source>
        <translation>시간에 따른 효과</translation>
    </message>
    <message>
        <source>Checks of parallel trends, placebos and neighbouring designs. They take time to compute.</source>
        <translation>평행추세, 위약, 이웃 설계를 점검합니다. 계산에 시간이 걸립니다.</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>비교 상대</translation>
    </message>
    <message>
        <source>firms that never adopt</source>
        <translation>끝까지 도입하지 않은 기업</translation>
    </message>
    <message>
        <source>firms that have not adopted by the last year shown</source>
        <translation>마지막 해까지 도입하지 않은 기업</translation>
    </message>
    <message>
        <source>Match on growth before adoption too</source>
        <translation>도입 전 성장률도 맞춤</translation>
    </message>
    <message>
        <source>Only sets seen in every year shown</source>
        <translation>모든 해에 관측된 짝만 사용</translation>
    </message>
    <message>
        <source>Tests of trends before adoption</source>
        <translation>도입 전 추세 검정</translation>
    </message>
    <message>
        <source>The same under neighbouring designs</source>
        <translation>이웃 설계에서도 계산</translation>
    </message>
    <message>
        <source>Weights and bounds for firms that drop out</source>
        <translation>빠진 기업의 가중과 한계</translation>
    </message>
    <message>
        <source>Placebo: adoption years earlier (0 = none)</source>
        <translation>위약: 몇 해 앞선 도입 (0 = 없음)</translation>
    </message>
    <message>
        <source>Placebo outcome (column)</source>
        <translation>위약 성과지표(열)</translation>
    </message>
    <message>
        <source>Staggered adoption</source>
        <translation>시차 도입</translation>
    </message>
    <message>
        <source>Cohort by cohort beside the matched comparison (Callaway &amp; Sant&apos;Anna 2021).</source>
        <translation>매칭 비교 옆에 도입연도별로 추정합니다(Callaway &amp; Sant&apos;Anna 2021).</translation>
    </message>
    <message>
        <source>Estimate staggered adoption</source>
        <translation>시차 도입 추정</translation>
    </message>
    <message>
        <source>Control firms</source>
        <translation>비교 기업</translation>
    </message>
    <message>
        <source>never adopted</source>
        <translation>끝까지 미도입</translation>
    </message>
    <message>
        <source>not yet adopted</source>
        <translation>아직 미도입</translation>
    </message>
    <message>
        <source>Estimator</source>
        <translation>추정 방법</translation>
    </message>
    <message>
        <source>doubly robust</source>
        <translation>이중 강건</translation>
    </message>
    <message>
        <source>outcome regression</source>
        <translation>성과 회귀</translation>
    </message>
    <message>
        <source>inverse probability</source>
        <translation>역확률 가중</translation>
    </message>
    <message>
        <source>Base year</source>
        <translation>기준연도</translation>
    </message>
    <message>
        <source>varying</source>
        <translation>변동</translation>
    </message>
    <message>
        <source>universal</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Years of anticipation</source>
        <translation>미리 반응하는 연수</translation>
    </message>
    <message>
        <source>With the covariates of the score</source>
        <translation>점수의 공변량 사용</translation>
    </message>
    <message>
        <source>Draws of the bootstrap</source>
        <translation>부트스트랩 횟수</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Lower bounds of size and sales bands. A band holds its lower bound, not its upper one.</source>
        <translation>규모와 매출 구간의 하한입니다. 구간은 하한을 포함하고 상한은 포함하지 않습니다.</translation>
    </message>
    <message>
        <source>Groups and survey</source>
        <translation>집단과 설문</translation>
    </message>
    <message>
        <source>Ranking of groups, smallest effect that can be found, which delivery indicator is read.</source>
        <translation>집단의 순위, 찾아낼 수 있는 최소 효과, 읽을 납기 지표를 정합니다.</translation>
    </message>
    <message>
        <source>Power for the smallest detectable effect</source>
        <translation>최소 검출 효과의 검정력</translation>
    </message>
    <message>
        <source>Draws of the ranking (0 = none)</source>
        <translation>순위 모의 횟수 (0 = 없음)</translation>
    </message>
    <message>
        <source>Places asked about</source>
        <translation>순위를 볼 자리 수</translation>
    </message>
    <message>
        <source>Amount of support (column)</source>
        <translation>지원금액(열)</translation>
    </message>
    <message>
        <source>Delivery indicator of the survey</source>
        <translation>설문의 납기 지표</translation>
    </message>
    <message>
        <source>as listed in the design</source>
        <translation>설계에 적힌 대로</translation>
    </message>
    <message>
        <source>on-time rate</source>
        <translation>납기준수율</translation>
    </message>
    <message>
        <source>lead time</source>
        <translation>납기(소요일)</translation>
    </message>
    <message>
        <source>set</source>
        <translation>설정됨</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오류</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::OpenStudy</name>
    <message>
        <source>answer to a question</source>
        <translation>질문에 대한 답</translation>
    </message>
    <message>
        <source>table of a file</source>
        <translation>파일의 표</translation>
    </message>
    <message>
        <source>meaning of a column</source>
        <translation>열의 항목</translation>
    </message>
    <message>
        <source>type of a column</source>
        <translation>열의 형식</translation>
    </message>
    <message>
        <source>unit of a column</source>
        <translation>열의 단위</translation>
    </message>
    <message>
        <source>choice of columns</source>
        <translation>열 선택</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::OutcomeTable</name>
    <message>
        <source>higher is better</source>
        <translation>높을수록 좋음</translation>
    </message>
    <message>
        <source>lower is better</source>
        <translation>낮을수록 좋음</translation>
    </message>
    <message>
        <source>Direction of the outcome</source>
        <translation>성과지표의 방향</translation>
    </message>
    <message>
        <source>Unit of the outcome</source>
        <translation>성과지표의 단위</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>성과지표</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>단위</translation>
    </message>
    <message>
        <source>Press Enter or click to change it</source>
        <translation>Enter 키를 누르거나 눌러서 바꿉니다</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::QuestionList</name>
    <message>
        <source>Noticed in the file</source>
        <translation>파일에서 발견한 점</translation>
    </message>
    <message>
        <source>Please decide</source>
        <translation>정해 주십시오</translation>
    </message>
    <message>
        <source>There are no questions about this file.</source>
        <translation>이 파일에는 물음이 없습니다.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1번째 줄: %2</translation>
    </message>
    <message>
        <source>Nothing.</source>
        <translation>없습니다.</translation>
    </message>
    <message>
        <source>(please choose)</source>
        <translation>(고르십시오)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>Neither: keep the numbers</source>
        <translation>둘 다 아님: 수로 둠</translation>
    </message>
    <message>
        <source>No, both rows together</source>
        <translation>아니요, 두 줄을 합칩니다</translation>
    </message>
    <message>
        <source>All lines as one table</source>
        <translation>모든 줄을 하나의 표로</translation>
    </message>
    <message>
        <source>Each line as it fits</source>
        <translation>줄마다 맞는 것으로</translation>
    </message>
    <message>
        <source>Administrative codes</source>
        <translation>행정구역(법정동) 코드</translation>
    </message>
    <message>
        <source>Codes of the statistics office</source>
        <translation>통계청 코드</translation>
    </message>
    <message>
        <source>No: keep as text</source>
        <translation>아니요: 문자로 둠</translation>
    </message>
    <message>
        <source>Yes, it is the decimal point</source>
        <translation>예, 소수점입니다</translation>
    </message>
    <message>
        <source>Yes, the lower row</source>
        <translation>예, 아래 줄을 씁니다</translation>
    </message>
    <message>
        <source>Yes, as plain characters</source>
        <translation>예, 글자로 읽습니다</translation>
    </message>
    <message>
        <source>No, the file must be corrected</source>
        <translation>아니요, 파일을 고치겠습니다</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>탭</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ReportEdit</name>
    <message>
        <source>change of the report</source>
        <translation>보고서 설정 변경</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ReportPage</name>
    <message>
        <source>6  Report</source>
        <translation>6  보고서</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>차례</translation>
    </message>
    <message>
        <source>Text of the report</source>
        <translation>보고서 본문</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>C&amp;hart</source>
        <translation>그림(&amp;H)</translation>
    </message>
    <message>
        <source>Chart to save</source>
        <translation>저장할 그림</translation>
    </message>
    <message>
        <source>Save chart…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Save the chosen chart</source>
        <translation>고른 그림 저장</translation>
    </message>
    <message>
        <source>All results…</source>
        <translation>결과 전체…</translation>
    </message>
    <message>
        <source>Save all results into a folder</source>
        <translation>결과 전체를 폴더에 저장</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>보고서 저장</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Picture (*.png);;Vector picture (*.svg);;PDF document (*.pdf)</source>
        <translation>그림 (*.png);;벡터 그림 (*.svg);;PDF 문서 (*.pdf)</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>What is saved</source>
        <translation>저장되는 것</translation>
    </message>
    <message>
        <source>The PDF holds text, tables and charts. “All results” writes result.json (every number), the tables as CSV, the charts as PNG, SVG and PDF, and the report into one folder.</source>
        <translation>PDF에는 본문, 표, 그림이 들어 있습니다. ‘결과 전체’는 result.json(모든 수치), CSV 표, PNG·SVG·PDF 그림, 보고서를 한 폴더에 저장합니다.</translation>
    </message>
    <message>
        <source>A report names its design and a fingerprint of the data, so that anybody with the same data can compute every number again. The data themselves are not in it.</source>
        <translation>보고서에는 설계와 자료의 지문이 적혀 있어 같은 자료가 있으면 누구나 모든 수치를 다시 계산할 수 있습니다. 자료 자체는 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Show &amp;hidden…</source>
        <translation>가린 값 보이기(&amp;H)…</translation>
    </message>
    <message>
        <source>Turns disclosure control off. Needs a reason, which stands in the report and in the project&apos;s record.</source>
        <translation>비밀보호를 끕니다. 사유가 필요하며, 보고서와 프로젝트의 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Show the numbers that disclosure control hides</source>
        <translation>비밀보호로 가린 값을 보이기</translation>
    </message>
    <message>
        <source>Show hidden numbers</source>
        <translation>가린 값 보이기</translation>
    </message>
    <message>
        <source>Why may every number be shown? The reason stands below the report&apos;s title and in the project&apos;s record.</source>
        <translation>모든 값을 보여도 되는 사유를 적으십시오. 사유는 보고서 제목 아래와 프로젝트의 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Read and edit the report here, then save it with its charts and tables.</source>
        <translation>보고서를 읽고 고친 다음, 그림·표와 함께 저장합니다.</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>종류(&amp;K)</translation>
    </message>
    <message>
        <source>Kind of the report</source>
        <translation>보고서의 종류</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>보고서의 언어</translation>
    </message>
    <message>
        <source>Contents of the report: what is checked stands in it</source>
        <translation>보고서의 목차: 표시한 표와 그림이 실립니다</translation>
    </message>
    <message>
        <source>Choose the titles or a sentence, here or at the left, to write it anew. Tables and charts without a check mark are left out.</source>
        <translation>제목이나 문장을 위의 미리보기나 왼쪽 목차에서 고르면 고쳐 쓸 수 있습니다. 표시를 지운 표와 그림은 보고서에서 빠집니다.</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>보고서…</translation>
    </message>
    <message>
        <source>As PDF, Hancom document, workbook or web page</source>
        <translation>PDF, 한글 문서, 엑셀 통합 문서, 웹 페이지로 저장</translation>
    </message>
    <message>
        <source>Evaluation report</source>
        <translation>성과분석 보고서</translation>
    </message>
    <message>
        <source>Press release tables</source>
        <translation>보도자료 표 묶음</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>화면과 같음</translation>
    </message>
    <message>
        <source>Without comparison</source>
        <translation>비교하지 않기</translation>
    </message>
    <message>
        <source>Earlier result beside it…</source>
        <translation>이전 결과와 비교…</translation>
    </message>
    <message>
        <source>Sets the result.json of an earlier study beside this one in a chapter of its own</source>
        <translation>이전 분석의 result.json을 이번 결과와 나란히 놓은 장을 더합니다</translation>
    </message>
    <message>
        <source>Titles and author</source>
        <translation>제목과 작성자</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… 외 %1건</translation>
    </message>
    <message>
        <source>Result of an earlier study</source>
        <translation>이전 분석의 결과</translation>
    </message>
    <message>
        <source>Result (result.json *.json)</source>
        <translation>결과 파일 (result.json *.json)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf);;Hancom document (*.hwpx);;Workbook (*.xlsx);;Web page (*.html)</source>
        <translation>PDF 문서 (*.pdf);;한글 문서 (*.hwpx);;통합 문서 (*.xlsx);;웹 페이지 (*.html)</translation>
    </message>
    <message>
        <source>What can be edited</source>
        <translation>고칠 수 있는 것</translation>
    </message>
    <message>
        <source>Titles, sentences, and which tables and charts stand in the report; no number, caveat or caption. A rewritten sentence is kept when the numbers change; where the generated one has changed since, it is marked until you say that it is still right. The report lists what was rewritten.</source>
        <translation>제목, 문장, 그리고 실을 표와 그림을 고칠 수 있습니다. 수치와 유의사항, 표와 그림의 제목은 고칠 수 없습니다. 고친 문장은 수치가 바뀌어도 남습니다. 그 사이에 생성 문장이 바뀌었으면, 그대로 맞다고 확인할 때까지 표시합니다. 고친 문장의 목록은 보고서 끝에 실립니다.</translation>
    </message>
    <message>
        <source>By group…</source>
        <translation>집단별…</translation>
    </message>
    <message>
        <source>One report for each region, or for each group of another breakdown, beside the national one</source>
        <translation>전국 보고서와 함께 지역(또는 다른 분해의 집단)마다 보고서를 하나씩 씁니다</translation>
    </message>
    <message>
        <source>Save a report for each group of a breakdown</source>
        <translation>분해의 집단마다 보고서 저장</translation>
    </message>
    <message>
        <source>%1 (not read)</source>
        <translation>%1 (읽지 못함)</translation>
    </message>
    <message>
        <source>A report for each group</source>
        <translation>집단별 보고서</translation>
    </message>
    <message>
        <source>The study is computed once more, with this breakdown crossed with the others, and that run is recorded.
All reports are cut out of this one result and protected together.

Groups of:</source>
        <translation>이 분해를 다른 분해와 교차하여 한 번 더 계산하며, 그 실행은 기록에 남습니다.
모든 보고서는 그 결과 하나에서 나오고 함께 보호됩니다.

집단을 나누는 분해:</translation>
    </message>
    <message>
        <source>Save the reports of the groups into a folder</source>
        <translation>집단별 보고서를 저장할 폴더</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ReportTable</name>
    <message>
        <source>Notes to the table</source>
        <translation>표의 주</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::ResultPage</name>
    <message>
        <source>There is no result yet.
Open the data, check the design and press “Run”.</source>
        <translation>아직 결과가 없습니다.
자료를 열고 설계를 확인한 뒤 ‘실행’을 누르십시오.</translation>
    </message>
    <message>
        <source>Data or design changed after this result was computed. Run the study again before using its numbers.</source>
        <translation>이 결과를 계산한 뒤 자료나 설계가 바뀌었습니다. 수치를 쓰기 전에 다시 실행하십시오.</translation>
    </message>
    <message>
        <source>%1 (survey)</source>
        <translation>%1 (설문)</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::RowGrid</name>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Filtering…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Import the file to see its rows here.</source>
        <translation>파일을 가져오면 행이 여기에 보입니다.</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>전체 %2행 가운데 %1행</translation>
    </message>
    <message>
        <source>Fi&amp;lter column</source>
        <translation>찾을 열(&amp;L)</translation>
    </message>
    <message>
        <source>Column of the filter</source>
        <translation>찾을 열</translation>
    </message>
    <message>
        <source>S&amp;hows</source>
        <translation>조건(&amp;H)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>part of a text, &gt;100, 10..20, = (without a value)</source>
        <translation>글자 일부, &gt;100, 10..20, = (값 없음)</translation>
    </message>
    <message>
        <source>Rows of the stored table</source>
        <translation>저장된 표의 행</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::SentenceEditor</name>
    <message>
        <source>Sentence as it stands in the &amp;report</source>
        <translation>보고서에 실리는 문장(&amp;R)</translation>
    </message>
    <message>
        <source>Sentence as it stands in the report</source>
        <translation>보고서에 실리는 문장</translation>
    </message>
    <message>
        <source>Still right</source>
        <translation>그대로 맞음</translation>
    </message>
    <message>
        <source>The rewritten sentence fits the new numbers: the warning goes.</source>
        <translation>고친 문장이 새 수치에도 맞습니다. 경고를 지웁니다.</translation>
    </message>
    <message>
        <source>The rewritten sentence is still right</source>
        <translation>고친 문장이 그대로 맞음</translation>
    </message>
    <message>
        <source>Back to the generated one</source>
        <translation>생성 문장으로 되돌리기</translation>
    </message>
    <message>
        <source>Back to the generated sentence</source>
        <translation>생성 문장으로 되돌리기</translation>
    </message>
    <message>
        <source>Generated: %1</source>
        <translation>생성 문장: %1</translation>
    </message>
    <message>
        <source>It is not recorded what this sentence was rewritten from.</source>
        <translation>어떤 문장을 고친 것인지 기록되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The numbers have changed since this sentence was rewritten.</source>
        <translation>이 문장을 고친 뒤 숫자가 바뀌었습니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::SettingsForm</name>
    <message>
        <source>(none)</source>
        <translation>(없음)</translation>
    </message>
    <message>
        <source>%1 (not stored yet)</source>
        <translation>%1 (아직 저장 안 됨)</translation>
    </message>
    <message>
        <source>Propensity score</source>
        <translation>성향점수</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>매칭</translation>
    </message>
    <message>
        <source>Period and precision</source>
        <translation>기간과 정밀도</translation>
    </message>
    <message>
        <source>What is reported</source>
        <translation>보고할 내용</translation>
    </message>
    <message>
        <source>Tables of the project</source>
        <translation>프로젝트의 표</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>제목(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Score</source>
        <translation>점수(&amp;S)</translation>
    </message>
    <message>
        <source>Co&amp;variates (one a line)</source>
        <translation>공변량(&amp;V) (한 줄에 하나)</translation>
    </message>
    <message>
        <source>&amp;Order of matching</source>
        <translation>매칭 순서(&amp;O)</translation>
    </message>
    <message>
        <source>Ca&amp;liper</source>
        <translation>캘리퍼(&amp;L)</translation>
    </message>
    <message>
        <source>Unit of the caliper</source>
        <translation>캘리퍼 단위</translation>
    </message>
    <message>
        <source>Outside common support</source>
        <translation>공통영역 밖</translation>
    </message>
    <message>
        <source>O&amp;utcomes</source>
        <translation>성과지표(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Breakdowns</source>
        <translation>세부 분해(&amp;B)</translation>
    </message>
    <message>
        <source>Years before the base year</source>
        <translation>기준연도 이전 연수</translation>
    </message>
    <message>
        <source>Years after adoption</source>
        <translation>도입 후 연수</translation>
    </message>
    <message>
        <source>Confidence level</source>
        <translation>신뢰수준</translation>
    </message>
    <message>
        <source>Smallest group shown (firms)</source>
        <translation>공개할 최소 기업 수</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>난수 시드</translation>
    </message>
    <message>
        <source>Register of firms</source>
        <translation>기업 목록</translation>
    </message>
    <message>
        <source>Yearly panel</source>
        <translation>연도별 자료</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>설문</translation>
    </message>
    <message>
        <source>Limit the distance (caliper)</source>
        <translation>거리를 제한함 (캘리퍼)</translation>
    </message>
    <message>
        <source>Probability (logit)</source>
        <translation>확률 (로짓)</translation>
    </message>
    <message>
        <source>Log-odds (linear logit)</source>
        <translation>로그 오즈 (선형 로짓)</translation>
    </message>
    <message>
        <source>Largest score first</source>
        <translation>점수가 높은 기업부터</translation>
    </message>
    <message>
        <source>Smallest score first</source>
        <translation>점수가 낮은 기업부터</translation>
    </message>
    <message>
        <source>Closest pair first</source>
        <translation>가장 가까운 짝부터</translation>
    </message>
    <message>
        <source>Order of the data</source>
        <translation>자료 순서</translation>
    </message>
    <message>
        <source>Random order</source>
        <translation>무작위 순서</translation>
    </message>
    <message>
        <source>Standard deviations (pooled)</source>
        <translation>표준편차 (두 집단 평균)</translation>
    </message>
    <message>
        <source>Standard deviations (all firms)</source>
        <translation>표준편차 (전체)</translation>
    </message>
    <message>
        <source>Units of the score</source>
        <translation>점수 단위</translation>
    </message>
    <message>
        <source>Keep all firms</source>
        <translation>모두 둠</translation>
    </message>
    <message>
        <source>Discard adopters</source>
        <translation>도입기업 제외</translation>
    </message>
    <message>
        <source>Discard non-adopters</source>
        <translation>미도입기업 제외</translation>
    </message>
    <message>
        <source>Discard both</source>
        <translation>양쪽 모두 제외</translation>
    </message>
    <message>
        <source>Non-adopters per adopter</source>
        <translation>도입기업당 미도입기업 수</translation>
    </message>
    <message>
        <source>E&amp;xact matching (with commas)</source>
        <translation>정확 매칭(&amp;X) (쉼표로 구분)</translation>
    </message>
    <message>
        <source>Use non-adopters again (with replacement)</source>
        <translation>미도입기업을 거듭 사용 (복원)</translation>
    </message>
    <message>
        <source>Add a covariate…</source>
        <translation>공변량 넣기…</translation>
    </message>
    <message>
        <source>Add a covariate from the variables of the data</source>
        <translation>자료의 변수에서 공변량 넣기</translation>
    </message>
    <message>
        <source>Add a variable…</source>
        <translation>변수 넣기…</translation>
    </message>
    <message>
        <source>Add a variable that pairs must agree in</source>
        <translation>짝끼리 같아야 하는 변수 넣기</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::SpecificationDialog</name>
    <message>
        <source>Specification</source>
        <translation>분석 명세</translation>
    </message>
    <message>
        <source>The study as JSON</source>
        <translation>JSON으로 쓴 분석</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>같은 일을 하는 명령줄</translation>
    </message>
    <message>
        <source>study.json</source>
        <translation>study.json</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save as files…</source>
        <translation>파일로 저장…</translation>
    </message>
    <message>
        <source>Writes study.json and the import plans into a folder, where the commands can be run.</source>
        <translation>study.json과 가져오기 계획을 폴더에 저장합니다. 그 폴더에서 명령을 실행할 수 있습니다.</translation>
    </message>
    <message>
        <source>Folder for the study&apos;s files</source>
        <translation>분석 파일을 둘 폴더</translation>
    </message>
    <message>
        <source>The files could not be written: %1</source>
        <translation>파일을 쓰지 못했습니다: %1</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::SpecificationEdit</name>
    <message>
        <source>change of the design</source>
        <translation>설계 변경</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::StartPanel</name>
    <message>
        <source>Not saved when the program ended: study of %1</source>
        <translation>프로그램이 끝날 때 저장되지 않은 연구: %1</translation>
    </message>
    <message>
        <source>Drop data files (CSV, XLSX, XLS), a study file or a project here.</source>
        <translation>자료 파일(CSV, XLSX, XLS), 연구 파일 또는 프로젝트를 여기에 끌어다 놓으십시오.</translation>
    </message>
    <message>
        <source>Own data</source>
        <translation>가진 자료</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>The register of firms, the yearly panel and, if there is one, the survey.</source>
        <translation>기업 목록, 연도별 자료, 있으면 설문을 엽니다.</translation>
    </message>
    <message>
        <source>New data with an earlier design…</source>
        <translation>지난 설계로 새 자료 분석…</translation>
    </message>
    <message>
        <source>Takes design, columns and units over from last year&apos;s project or specification.</source>
        <translation>지난 프로젝트나 명세의 설계, 열, 단위를 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Sample data</source>
        <translation>예제 자료</translation>
    </message>
    <message>
        <source>Made-up study</source>
        <translation>가상 연구</translation>
    </message>
    <message>
        <source>3,000 firms, 390 adopters, with a design that can be run at once.</source>
        <translation>기업 3,000개, 도입기업 390개. 설계가 있어 바로 실행할 수 있습니다.</translation>
    </message>
    <message>
        <source>Made-up survey</source>
        <translation>가상 조사</translation>
    </message>
    <message>
        <source>1,500 factories; step 7 computes it at once.</source>
        <translation>공장 1,500개. 7단계에서 바로 계산합니다.</translation>
    </message>
    <message>
        <source>LaLonde</source>
        <translation>LaLonde</translation>
    </message>
    <message>
        <source>Job training 1976, one row a person: a file to try the reading of data with.</source>
        <translation>1976년 직업훈련, 한 사람에 한 행. 자료 읽기를 시험하는 파일입니다.</translation>
    </message>
    <message>
        <source>EmplUK</source>
        <translation>EmplUK</translation>
    </message>
    <message>
        <source>140 British firms 1976–1984: a yearly panel to try the reading of data with.</source>
        <translation>영국 기업 140개, 1976~1984년. 연도별 자료 읽기를 시험하는 파일입니다.</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>최근 프로젝트(&amp;R)</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>최근 프로젝트</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::StepModel</name>
    <message>
        <source>Data</source>
        <translation>자료</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>설계</translation>
    </message>
    <message>
        <source>Matching and balance</source>
        <translation>매칭·균형</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>효과</translation>
    </message>
    <message>
        <source>Breakdowns</source>
        <translation>분해</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>시작 전</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>주의 필요</translation>
    </message>
    <message>
        <source>to be computed again</source>
        <translation>다시 계산 필요</translation>
    </message>
    <message>
        <source>Surveys and technology</source>
        <translation>실태조사·기술수준</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::SurveyPage</name>
    <message>
        <source>7  Surveys and technology</source>
        <translation>7  실태조사·기술수준</translation>
    </message>
    <message>
        <source>Status surveys by their sampling design, stages of adoption, level of technology, markets and suppliers: charts, tables and a report of their own.</source>
        <translation>표본설계를 반영한 실태조사, 도입 수준, 기술수준, 시장, 공급기업: 별도의 그림·표·보고서입니다.</translation>
    </message>
    <message>
        <source>&amp;Open survey…</source>
        <translation>조사 열기…(&amp;O)</translation>
    </message>
    <message>
        <source>Open a survey specification or a survey file</source>
        <translation>실태조사 명세나 조사 자료 열기</translation>
    </message>
    <message>
        <source>Sa&amp;mple survey</source>
        <translation>예제 조사(&amp;M)</translation>
    </message>
    <message>
        <source>Open the sample survey</source>
        <translation>예제 조사 열기</translation>
    </message>
    <message>
        <source>Save &amp;report…</source>
        <translation>보고서 저장…(&amp;R)</translation>
    </message>
    <message>
        <source>Save the survey report</source>
        <translation>실태조사 보고서 저장</translation>
    </message>
    <message>
        <source>Nothing is open yet.
Open a survey specification (JSON) to compute all of it, or a survey file (CSV, XLSX) to choose its columns here.</source>
        <translation>아직 연 자료가 없습니다.
실태조사 명세(JSON)를 열면 전체를 계산하고, 조사 자료(CSV, XLSX)를 열면 여기에서 열을 고릅니다.</translation>
    </message>
    <message>
        <source>Charts and &amp;tables</source>
        <translation>그림과 표(&amp;T)</translation>
    </message>
    <message>
        <source>Charts and tables of the survey</source>
        <translation>실태조사의 그림과 표</translation>
    </message>
    <message>
        <source>Chart and table of the survey</source>
        <translation>실태조사의 그림과 표</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>연 파일</translation>
    </message>
    <message>
        <source>Open survey</source>
        <translation>조사 열기</translation>
    </message>
    <message>
        <source>Survey specification or file (*.json *.csv *.xlsx *.xls);;All files (*)</source>
        <translation>실태조사 명세나 자료 (*.json *.csv *.xlsx *.xls);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>… and %1 more in the report</source>
        <translation>… 그 밖의 %1건은 보고서에 있습니다</translation>
    </message>
    <message>
        <source>PDF document (*.pdf);;Hancom document (*.hwpx);;Workbook (*.xlsx);;Web page (*.html)</source>
        <translation>PDF 문서 (*.pdf);;한글 문서 (*.hwpx);;통합 문서 (*.xlsx);;웹 페이지 (*.html)</translation>
    </message>
    <message>
        <source>Reading of this result</source>
        <translation>이 결과 읽기</translation>
    </message>
    <message>
        <source>Estimates from a sample</source>
        <translation>표본에서 추정한 값</translation>
    </message>
    <message>
        <source>Every number has an interval that follows from how the sample was drawn: strata, weights, clusters and the size of the population. Groups whose intervals overlap are not called higher or lower.</source>
        <translation>모든 수치에는 층, 가중치, 집락, 모집단 크기 등 표본을 뽑은 방식에서 나오는 신뢰구간이 있습니다. 구간이 겹치는 집단끼리는 높고 낮음을 말하지 않습니다.</translation>
    </message>
    <message>
        <source>A hollow dot is an estimate of low reliability: its standard error is a quarter of it or more.</source>
        <translation>속이 빈 점은 신뢰도가 낮은 추정값입니다. 표준오차가 추정값의 4분의 1 이상입니다.</translation>
    </message>
    <message>
        <source>Level of technology</source>
        <translation>기술수준</translation>
    </message>
    <message>
        <source>Per cent of the best country. Changes are percentage points, not growth rates.</source>
        <translation>최고기술국에 대한 비율입니다. 변화는 증가율이 아니라 퍼센트포인트입니다.</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::TableView</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Sort by this column, rising</source>
        <translation>이 열로 오름차순 정렬</translation>
    </message>
    <message>
        <source>Sort by this column, falling</source>
        <translation>이 열로 내림차순 정렬</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::TitleForm</name>
    <message>
        <source>Ti&amp;tle</source>
        <translation>제목(&amp;T)</translation>
    </message>
    <message>
        <source>Orga&amp;nisation</source>
        <translation>기관(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>작성자(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>날짜(&amp;D)</translation>
    </message>
    <message>
        <source>Title of the report</source>
        <translation>보고서의 제목</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>Date of the report</source>
        <translation>보고서의 날짜</translation>
    </message>
    <message>
        <source>2019-05-23</source>
        <translation>2019-05-23</translation>
    </message>
    <message>
        <source>Year-month-day; empty = no date on the report</source>
        <translation>연-월-일. 비우면 날짜를 싣지 않습니다</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::UnmatchedPanel</name>
    <message>
        <source>Which firms have no match, and why? The list is made by matching once more.</source>
        <translation>어느 기업이 왜 짝이 없습니까? 목록은 매칭을 한 번 더 하여 만듭니다.</translation>
    </message>
    <message>
        <source>adopter</source>
        <translation>도입</translation>
    </message>
    <message>
        <source>non-adopter</source>
        <translation>미도입</translation>
    </message>
    <message>
        <source>%1 firms. A non-adopter stands once for each adoption year that it may be compared in.</source>
        <translation>기업 %1개입니다. 미도입기업은 비교에 쓰일 수 있는 도입연도마다 한 번씩 나옵니다.</translation>
    </message>
    <message>
        <source>Firm</source>
        <translation>기업</translation>
    </message>
    <message>
        <source>Adoption year</source>
        <translation>도입연도</translation>
    </message>
    <message>
        <source>Arm</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>목록 저장</translation>
    </message>
    <message>
        <source>CSV file (*.csv)</source>
        <translation>CSV 파일 (*.csv)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>사유(&amp;R)</translation>
    </message>
    <message>
        <source>List the firms</source>
        <translation>기업 목록 만들기</translation>
    </message>
    <message>
        <source>List the firms without a match</source>
        <translation>짝이 없는 기업 목록 만들기</translation>
    </message>
    <message>
        <source>Save the list…</source>
        <translation>목록 저장…</translation>
    </message>
    <message>
        <source>Save the list of firms</source>
        <translation>기업 목록 저장</translation>
    </message>
    <message>
        <source>Firms without a match</source>
        <translation>짝이 없는 기업</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>adopters</source>
        <translation>도입기업</translation>
    </message>
    <message>
        <source>non-adopters</source>
        <translation>미도입기업</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::VariableList</name>
    <message>
        <source>Variables of the data</source>
        <translation>자료의 변수</translation>
    </message>
    <message>
        <source>Drag a variable onto a field, or press Enter to choose what it is to be</source>
        <translation>변수를 칸으로 끌어 놓거나, Enter를 눌러 쓰임을 고르십시오</translation>
    </message>
    <message>
        <source>As a &amp;covariate</source>
        <translation>공변량으로(&amp;C)</translation>
    </message>
    <message>
        <source>For e&amp;xact matching</source>
        <translation>정확 매칭에(&amp;X)</translation>
    </message>
    <message>
        <source>As an &amp;outcome</source>
        <translation>성과지표로(&amp;O)</translation>
    </message>
    <message>
        <source>As a &amp;breakdown</source>
        <translation>분해 기준으로(&amp;B)</translation>
    </message>
</context>
<context>
    <name>twinfirm::ui::WindowMenus</name>
    <message>
        <source>&amp;Clear list</source>
        <translation>목록 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>실행 취소(&amp;U): %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>다시 실행(&amp;R): %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>새 창(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>새 프로젝트(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>프로젝트 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>최근 프로젝트(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save project as…</source>
        <translation>프로젝트 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Open &amp;data…</source>
        <translation>자료 열기(&amp;D)…</translation>
    </message>
    <message>
        <source>New data with an e&amp;arlier design…</source>
        <translation>지난 설계로 새 자료 분석(&amp;A)…</translation>
    </message>
    <message>
        <source>Sa&amp;mple study</source>
        <translation>예제 자료(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Export results…</source>
        <translation>결과 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Print report…</source>
        <translation>보고서 인쇄(&amp;P)…</translation>
    </message>
    <message>
        <source>Specification and co&amp;mmands…</source>
        <translation>명세와 명령 보기(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Explanation</source>
        <translation>설명(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>화면 색(&amp;C)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>바탕화면 설정을 따름(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light screen</source>
        <translation>밝은 화면(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark screen (charts and report stay on white paper)</source>
        <translation>어두운 화면(&amp;A) (그림과 보고서는 흰 종이)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;User guide</source>
        <translation>사용자 안내서(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;About TwinFirm</source>
        <translation>TwinFirm 정보(&amp;A)</translation>
    </message>
</context>
</TS>
