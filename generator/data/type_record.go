package data

// Record is what advisories and scam warnings share.
type Record struct {
	ID        RecordID    `json:"id" en:"Identifier. It does not change with title, address or host." ko:"식별자. 제목, 주소, 도메인이 바뀌어도 그대로입니다."`
	URL       Text        `json:"url" en:"Page for readers, by language." ko:"언어별 문서 주소."`
	Title     Text        `json:"title" en:"Title, in the languages that it is written in." ko:"제목. 쓰인 언어만 있습니다."`
	Summary   Text        `json:"summary" en:"One or two sentences." ko:"한두 문장 요약."`
	Issued    Moment      `json:"issued" en:"First published." ko:"처음 공개된 시각."`
	Updated   Moment      `json:"updated" en:"Newest major change." ko:"마지막 중요 변경 시각."`
	Modified  Moment      `json:"modified" en:"Newest change of any kind." ko:"마지막 변경 시각."`
	Revision  int         `json:"revision" en:"Number of the revision, from 1." ko:"판 번호, 1부터."`
	Status    string      `json:"status" enum:"scheduled|active|ended|superseded|withdrawn" en:"Where it stands: not in effect yet, in effect, ended, replaced, or taken back." ko:"상태. 시행 전, 시행 중, 종료, 대체됨, 철회됨."`
	Places    []PlaceCode `json:"places" en:"Places that it is about." ko:"다루는 지역."`
	Withdrawn *Withdrawn  `json:"withdrawn,omitempty" en:"Present if it was taken back." ko:"철회되었으면 있습니다."`
}

// Full is what files of one record carry beside Record.
type Full struct {
	Text         Text          `json:"text" en:"Full text without markup." ko:"서식이 없는 본문."`
	Changes      []Revision    `json:"changes" en:"Public notes on changes, oldest first." ko:"공개된 수정 내역, 오래된 순서."`
	Translations []Translation `json:"translations" en:"Languages of the text." ko:"본문의 언어."`
	Sources      []Source      `json:"sources" en:"Where its facts come from." ko:"출처."`
	Contacts     []string      `json:"contacts" en:"Contacts of vocabulary.json to show beside it." ko:"함께 보여 줄 vocabulary.json의 연락처."`
	ReviewDate   Date          `json:"review_date,omitempty" en:"Day on which editors look at it again." ko:"다시 검토할 날."`
	FormerNames  []string      `json:"former_names,omitempty" en:"Names that its address had." ko:"예전 주소의 이름."`
}

// Withdrawn says when and why a record was taken back.
type Withdrawn struct {
	At     Moment `json:"at" en:"From when it no longer holds." ko:"효력이 없어진 시각."`
	Reason Text   `json:"reason" en:"Why." ko:"이유."`
}

// Revision is a public note on a change of a text.
type Revision struct {
	Revision int    `json:"revision" en:"Number of the revision that it led to." ko:"이 변경으로 생긴 판 번호."`
	At       Moment `json:"at" en:"When." ko:"바뀐 시각."`
	Major    bool   `json:"major" en:"Announced again." ko:"다시 알린 중요한 변경."`
	Note     Text   `json:"note" en:"What changed." ko:"바뀐 내용."`
}

// Translation says how far a language has come.
type Translation struct {
	Language string `json:"language" en:"Language tag." ko:"언어."`
	Source   bool   `json:"source" en:"Language that the others are translated from." ko:"번역의 원본이 되는 언어."`
	Revision int    `json:"revision" en:"Revision that the text is at." ko:"본문이 반영한 판 번호."`
}

// Measure sets a level.
type Measure struct {
	Level  LevelID     `json:"level" en:"The level." ko:"단계."`
	Places []PlaceCode `json:"places" en:"Places that get it, with everything inside." ko:"적용되는 지역. 안의 모든 곳을 포함합니다."`
	Except []PlaceCode `json:"except,omitempty" en:"Places inside that do not." ko:"그 안에서 제외되는 지역."`
}

// Legal says what the law asks, by language.
type Legal struct {
	Basis     Text `json:"basis" en:"Law that it rests on." ko:"법적 근거."`
	Penalty   Text `json:"penalty,omitempty" en:"Penalty for those who do not comply." ko:"어길 때의 처벌."`
	Exemption Text `json:"exemption,omitempty" en:"Who may be exempt, and how." ko:"예외 허가."`
}

// AdvisoryRecord is an advisory as lists show it.
type AdvisoryRecord struct {
	Record
	Effective    Moment     `json:"effective" en:"When it begins to apply." ko:"시행 시각."`
	Until        Moment     `json:"until,omitempty" en:"When it ends by itself." ko:"끝나는 시각."`
	Held         bool       `json:"held" en:"Past its end, but its levels are kept, because no extension or lifting was published." ko:"기한이 지났지만 연장이나 해제가 발표되지 않아 단계가 유지되는 상태."`
	Urgent       bool       `json:"urgent" en:"Shown on every page while in effect." ko:"시행 중 모든 쪽에 표시되는 긴급 공지."`
	Categories   []string   `json:"categories" en:"Kinds of danger, of vocabulary.json." ko:"위험의 종류(vocabulary.json)."`
	Measures     []Measure  `json:"measures" en:"Levels that it sets. Inside one advisory the narrower place wins." ko:"정하는 단계. 한 여행경보 안에서는 좁은 지역이 먼저입니다."`
	Supersedes   []RecordID `json:"supersedes,omitempty" en:"Advisories that it replaces." ko:"대체하는 여행경보."`
	SupersededBy RecordID   `json:"superseded_by,omitempty" en:"Advisory that replaced it." ko:"이것을 대체한 여행경보."`
}

// Advisory is advisories/NAME.json.
type Advisory struct {
	Head
	AdvisoryRecord
	Full
	AtEnd        string   `json:"at_end" enum:"lift|hold" en:"Whether temporary levels are lifted or kept when it ends." ko:"기한이 있는 단계를 끝날 때 해제(lift)하는지 유지(hold)하는지."`
	Legal        *Legal   `json:"legal,omitempty" en:"What the law requires." ko:"법에 따른 의무."`
	LevelChanges []Change `json:"level_changes" en:"Changes of levels that it caused or will cause." ko:"이 여행경보로 바뀐, 또는 바뀔 단계."`
}

// ScamRecord is a scam warning as lists show it.
type ScamRecord struct {
	Record
	Channels []string `json:"channels" en:"Where the offer is seen, such as telegram or job-board." ko:"제안이 오는 곳. 예: telegram, job-board."`
	RedFlags []string `json:"red_flags" en:"Signs of a scam, of vocabulary.json." ko:"위험 신호(vocabulary.json)."`
	AsksFor  []string `json:"asks_for" en:"What victims are asked to hand over." ko:"요구하는 것."`
}

// Scam is scams/NAME.json.
type Scam struct {
	Head
	ScamRecord
	Full
	Offer      Offer       `json:"offer" en:"What the advertisement says." ko:"광고의 내용."`
	Indicators []Indicator `json:"indicators" en:"Accounts and addresses that were seen, defanged. Do not turn them back into links." ko:"확인된 계정과 주소. 누를 수 없는 형태입니다. 되돌려 링크로 만들지 마십시오."`
	Reports    *Reports    `json:"reports,omitempty" en:"Known cases." ko:"알려진 피해."`
}

// Offer is what an advertisement says.
type Offer struct {
	Roles        []Text `json:"roles,omitempty" en:"Work." ko:"하는 일."`
	Pay          Text   `json:"pay,omitempty" en:"Pay." ko:"보수."`
	Benefits     []Text `json:"benefits,omitempty" en:"Promises." ko:"약속하는 것."`
	ClaimedPlace Text   `json:"claimed_place,omitempty" en:"Place of work, as claimed." ko:"광고가 말하는 일하는 곳."`
}

// Indicator is an account, address or name, defanged.
type Indicator struct {
	Type     string  `json:"type" en:"Kind: handle, domain, url, phone or company." ko:"종류. handle, domain, url, phone, company."`
	Value    string  `json:"value" en:"Value, defanged: hxxps://bad[.]example." ko:"누를 수 없게 바꾼 값. 예: hxxps://bad[.]example."`
	SeenDate Date    `json:"seen_date,omitempty" en:"Day on which it was seen." ko:"본 날."`
	Status   string  `json:"status" enum:"alleged|confirmed" en:"Whether it is confirmed." ko:"확인 여부."`
	Basis    string  `json:"basis" en:"What it rests on." ko:"근거."`
	Source   Address `json:"source" en:"Where that is published." ko:"근거의 출처."`
}

// Reports counts known cases.
type Reports struct {
	Count    int  `json:"count" en:"Number of cases." ko:"건수."`
	AsOfDate Date `json:"as_of_date" en:"Day of the count." ko:"집계 기준일."`
}

// AdvisoryRow is an advisory in a list.
type AdvisoryRow struct {
	File FileName `json:"file" en:"File with everything." ko:"전체 내용이 든 파일."`
	AdvisoryRecord
}

// ScamRow is a scam warning in a list.
type ScamRow struct {
	File FileName `json:"file" en:"File with everything." ko:"전체 내용이 든 파일."`
	ScamRecord
}

// List is advisories.json and scams.json.
type List[R any] struct {
	Head
	Count   int        `json:"count" en:"Number of records." ko:"전체 건수."`
	Years   []YearFile `json:"years" en:"Files that together hold every record, oldest first." ko:"모든 기록이 든 파일, 오래된 순서."`
	Records []R        `json:"records" en:"The newest records, at the most 100, newest first." ko:"가장 새로운 기록, 많아야 100건, 새로운 순서."`
}

// YearFile names a part of a list.
type YearFile struct {
	Year  int      `json:"year" en:"Year of first publication, in the site's time zone." ko:"처음 공개된 해(사이트의 시간대)."`
	File  FileName `json:"file" en:"File of the records." ko:"기록이 든 파일."`
	Count int      `json:"count" en:"Number of records in it." ko:"파일 안의 건수."`
}

// ListPage is advisories/by-year/PAGE.json and scams/by-year/PAGE.json.
type ListPage[R any] struct {
	Head
	Year    int `json:"year" en:"Year of first publication." ko:"처음 공개된 해."`
	Page    int `json:"page" en:"Number of the file within the year." ko:"그 해의 몇 번째 파일인지."`
	Records []R `json:"records" en:"Records, oldest first, at the most 500." ko:"기록, 오래된 순서, 많아야 500건."`
}
