package data

// The types of values that have a form of their own. Each has a row in the
// table of forms from which schemas are made.
type (
	Moment    string // RFC 3339 with seconds and offset, in the site's zone
	Date      string // 2025-10-16
	Address   string // absolute address on the web
	PlaceCode string // KH, KH-18, KH-7/bokor, KH/thai-border-50km
	LevelID   string // a level of vocabulary.json
	RecordID  string // advisories/NAME, scams/NAME or pages/NAME
	FileName  string // path below the folder of the API
	Digest    string // SHA-256, hexadecimal
)

// Text is a text for readers by language tag. A language that has no text of
// its own is absent.
type Text map[string]string

// Head begins every file.
type Head struct {
	Schema  Address  `json:"schema" en:"JSON Schema of this file." ko:"이 파일의 JSON Schema."`
	AsOf    Moment   `json:"as_of" en:"Time of the newest change in this file. It is taken from the content, not from a clock." ko:"이 파일에서 가장 최근에 바뀐 시각. 시계가 아니라 내용에서 얻은 값입니다."`
	Licence *Licence `json:"licence,omitempty" en:"Terms of use." ko:"이용 조건."`
	Sample  *Sample  `json:"sample,omitempty" en:"Present if this is sample data, not an official source. Do not use it to inform travellers." ko:"있으면 공식 자료가 아닌 예시 자료입니다. 실제 안내에 쓰지 마십시오."`
}

// Licence states terms of use.
type Licence struct {
	Name Text    `json:"name" en:"Name of the licence." ko:"이용 조건의 이름."`
	URL  Address `json:"url" en:"Address of its text." ko:"이용 조건 전문의 주소."`
}

// Sample marks a demonstration.
type Sample struct {
	AsOfDate Date    `json:"as_of_date" en:"Day up to which facts were gathered." ko:"자료를 모은 기준일."`
	Official Address `json:"official,omitempty" en:"Where the official information is." ko:"공식 정보의 주소."`
}

// Source is where a fact comes from.
type Source struct {
	Title         string  `json:"title" en:"Title of the source." ko:"출처의 제목."`
	URL           Address `json:"url,omitempty" en:"Address of the source." ko:"출처의 주소."`
	Publisher     string  `json:"publisher,omitempty" en:"Who published it." ko:"펴낸 곳."`
	PublishedDate Date    `json:"published_date,omitempty" en:"Day of publication." ko:"펴낸 날."`
}
