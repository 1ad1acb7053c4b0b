package data

// Places is places.json.
type Places struct {
	Head
	Places []Place `json:"places" en:"Every place, broad before narrow." ko:"모든 지역, 넓은 곳부터."`
}

// Place is a country, a province or a named area.
type Place struct {
	ID      PlaceCode   `json:"id" en:"Code: ISO 3166-1 for countries, ISO 3166-2 for provinces, a code and a name for areas." ko:"부호. 나라는 ISO 3166-1, 주는 ISO 3166-2, 지역은 부호와 이름."`
	Kind    string      `json:"kind" enum:"country|province|area|crossing" en:"Kind of place. A crossing area lies in several provinces." ko:"지역의 종류. crossing은 여러 주에 걸친 지역입니다."`
	Parent  PlaceCode   `json:"parent,omitempty" en:"Place around it." ko:"이 지역이 속한 곳."`
	Name    Text        `json:"name" en:"Name." ko:"이름."`
	Aliases []string    `json:"aliases,omitempty" en:"Other spellings." ko:"다른 표기."`
	Capital Text        `json:"capital,omitempty" en:"Its capital." ko:"중심 도시."`
	Basic   *LevelID    `json:"basic" en:"Level where no advisory is in force; null: none." ko:"여행경보가 없을 때의 단계. 없으면 null입니다."`
	Point   []float64   `json:"point,omitempty" en:"Longitude and latitude (WGS 84) of about its middle." ko:"대략 가운데의 경도와 위도(WGS 84)."`
	Touches []PlaceCode `json:"touches,omitempty" en:"Provinces that a crossing area lies in." ko:"걸쳐 있는 주."`
	Buffer  *Buffer     `json:"buffer,omitempty" en:"Present if it is a belt along a border." ko:"국경을 따라 난 지역이면 있습니다."`
	URL     Text        `json:"url" en:"Page for readers, by language." ko:"언어별 문서 주소."`
	Badges  Text        `json:"badges" en:"Image of its level, by language." ko:"언어별 단계 배지."`
}

// Buffer is a belt along a border.
type Buffer struct {
	KM int    `json:"km" en:"Width in kilometres." ko:"폭(km)."`
	Of string `json:"of" en:"Code of the neighbouring country." ko:"이웃 나라의 부호."`
}

// Vocabulary is vocabulary.json.
type Vocabulary struct {
	Head
	Levels     []Level    `json:"levels" en:"The levels, lowest first." ko:"단계, 낮은 순서."`
	Categories []Category `json:"categories" en:"Kinds of danger." ko:"위험의 종류."`
	RedFlags   []RedFlag  `json:"red_flags" en:"Signs of a recruitment scam." ko:"취업사기의 위험 신호."`
	Contacts   []Contact  `json:"contacts" en:"Whom to call." ko:"연락처."`
}

// Level is a row of the scheme of levels.
type Level struct {
	ID        LevelID `json:"id" en:"Identifier." ko:"식별자."`
	Rank      float64 `json:"rank" en:"Orders levels; higher is more dangerous." ko:"단계의 순서. 클수록 위험합니다."`
	Digit     Text    `json:"digit" en:"Number or sign." ko:"번호나 표시."`
	Name      Text    `json:"name" en:"Name." ko:"이름."`
	Short     Text    `json:"short" en:"Short name." ko:"짧은 이름."`
	Color     string  `json:"color" en:"Colour. Show it with number and name, never alone." ko:"색. 번호, 이름과 함께 쓰고 색만 쓰지 마십시오."`
	Ink       string  `json:"ink" en:"Colour of text on it." ko:"그 위 글자의 색."`
	Planning  Text    `json:"planning" en:"What it asks of those who plan a trip." ko:"여행을 계획한 사람이 할 일."`
	Staying   Text    `json:"staying" en:"What it asks of those who are there." ko:"머물고 있는 사람이 할 일."`
	Legal     bool    `json:"legal_force" en:"Going there is punishable." ko:"어기면 처벌받는 단계."`
	Temporary bool    `json:"temporary" en:"Set for a limited time." ko:"기한이 있는 단계."`
	MaxDays   int     `json:"max_days,omitempty" en:"Longest time in days." ko:"가장 긴 기간(일)."`
}

// Category is a kind of danger.
type Category struct {
	ID   string `json:"id" en:"Identifier." ko:"식별자."`
	Name Text   `json:"name" en:"Name." ko:"이름."`
}

// RedFlag is a sign of a scam.
type RedFlag struct {
	ID     string `json:"id" en:"Identifier." ko:"식별자."`
	Text   Text   `json:"text" en:"What it is." ko:"내용."`
	Weight int    `json:"weight" en:"1 to 3; 3 means: walk away at once." ko:"1부터 3. 3이면 곧바로 그만두어야 합니다."`
}

// Contact is whom to call.
type Contact struct {
	ID           string   `json:"id" en:"Identifier." ko:"식별자."`
	Name         Text     `json:"name" en:"Name." ko:"이름."`
	Number       string   `json:"number" en:"Telephone number, as dialled." ko:"전화번호."`
	Hours        Text     `json:"hours,omitempty" en:"When it answers." ko:"운영 시간."`
	Note         Text     `json:"note,omitempty" en:"Note." ko:"참고."`
	Languages    []string `json:"languages,omitempty" en:"Languages spoken." ko:"통하는 언어."`
	VerifiedDate Date     `json:"verified_date" en:"Day on which the number was checked." ko:"번호를 확인한 날."`
	Source       Address  `json:"source" en:"Where the number is published." ko:"번호의 출처."`
}

// Index is index.json.
type Index struct {
	Head
	Title     Text        `json:"title" en:"Name of the site." ko:"사이트 이름."`
	Version   string      `json:"version" en:"Version of the contract. Within 1 fields and files are only added." ko:"규약의 판. 1 안에서는 항목과 파일이 더해지기만 합니다."`
	Publisher Party       `json:"publisher" en:"Who publishes it." ko:"발행인."`
	Official  *Party      `json:"official,omitempty" en:"Where the official information is." ko:"공식 정보가 있는 곳."`
	Guide     Text        `json:"guide" en:"Guide for those who use the data." ko:"자료 안내 주소."`
	Languages []string    `json:"languages" en:"Languages, the source language first." ko:"언어. 원본 언어가 먼저입니다."`
	TimeZone  string      `json:"time_zone" en:"Time zone of days and offsets." ko:"날짜와 시차의 기준 시간대."`
	Files     []IndexFile `json:"files" en:"Every kind of file." ko:"모든 종류의 파일."`
}

// Party is somebody with a name and an address.
type Party struct {
	Name Text    `json:"name" en:"Name." ko:"이름."`
	URL  Address `json:"url" en:"Address." ko:"주소."`
}

// IndexFile is a kind of file.
type IndexFile struct {
	ID       string  `json:"id" en:"Identifier of the kind." ko:"파일 종류의 식별자."`
	Path     string  `json:"path" en:"Address below the site's; parts in braces stand for many files." ko:"사이트 주소 아래의 경로. 중괄호 부분은 파일이 여럿입니다."`
	URL      Address `json:"url,omitempty" en:"Address, of single files." ko:"파일이 하나일 때의 주소."`
	Title    Text    `json:"title" en:"What it is." ko:"이름."`
	Text     Text    `json:"text" en:"What it is for." ko:"설명."`
	Type     string  `json:"type" en:"Media type." ko:"미디어 형식."`
	Schema   Address `json:"schema,omitempty" en:"Schema of the file, or of each line." ko:"파일이나 각 줄의 스키마."`
	Licence  Address `json:"licence,omitempty" en:"Terms of use." ko:"이용 조건."`
	Boundary Text    `json:"boundaries,omitempty" en:"Where the boundaries come from." ko:"경계의 출처."`
}

// Freshness is freshness.json.
type Freshness struct {
	Head
	NewestChange Moment `json:"newest_change,omitempty" en:"Time of the newest line of changes.jsonl." ko:"changes.jsonl 마지막 줄의 시각."`
	Changes      int    `json:"changes" en:"Number of lines of changes.jsonl." ko:"changes.jsonl의 줄 수."`
	Head256      Digest `json:"changes_head" en:"SHA-256 of its newest line, without the line feed. Keep it: if a later file does not hold a line with this sum, history was rewritten." ko:"마지막 줄(줄바꿈 제외)의 SHA-256. 적어 두십시오. 나중 파일에 이 값을 가진 줄이 없으면 기록이 다시 쓰인 것입니다."`
	NextChange   Moment `json:"next_change,omitempty" en:"Next time at which a level changes, or begins to be kept past its end, by what is published now." ko:"지금 공개된 내용에 따라 단계가 다음에 바뀌거나 기한을 넘겨 유지되기 시작하는 시각."`
	Tool         string `json:"tool" en:"Program that wrote the files." ko:"파일을 만든 프로그램."`
	Files        int    `json:"files" en:"Number of files in SHA256SUMS." ko:"SHA256SUMS에 든 파일 수."`
	Manifest     Digest `json:"manifest" en:"SHA-256 of SHA256SUMS, which lists the sum of every other file of the API." ko:"SHA256SUMS의 SHA-256. SHA256SUMS에는 API의 다른 모든 파일의 값이 있습니다."`
}

// Collection is levels.geojson (RFC 7946).
type Collection struct {
	Type string `json:"type" enum:"FeatureCollection" en:"Type of GeoJSON." ko:"GeoJSON 형식."`
	Head
	Credits  []Credit  `json:"boundaries" en:"Where the boundaries come from." ko:"경계의 출처."`
	Features []Feature `json:"features" en:"Provinces as areas, named areas as points; geometry is null where none is known." ko:"주는 면, 지역은 점입니다. 모르면 geometry가 null입니다."`
}

// Credit says where the boundaries of a country come from.
type Credit struct {
	Country PlaceCode `json:"country" en:"Code of the country." ko:"나라 부호."`
	Credit  Text      `json:"credit" en:"Source and licence of its boundaries." ko:"경계의 출처와 이용 조건."`
}

// Feature is a place on the map.
type Feature struct {
	Type       string    `json:"type" enum:"Feature" en:"Type of GeoJSON." ko:"GeoJSON 형식."`
	ID         PlaceCode `json:"id" en:"Code of the place." ko:"지역 부호."`
	Properties Standing  `json:"properties" en:"The level in force, as in levels.json." ko:"지금의 단계(levels.json과 같습니다)."`
	Geometry   *Geometry `json:"geometry" en:"Outline or point; null: not known." ko:"경계나 점. 모르면 null입니다."`
}

// Geometry is a Point, Polygon or MultiPolygon. Outer rings run against the
// clock, holes with it; the first and the last point of a ring are the same.
type Geometry struct {
	Type        string `json:"type" enum:"Point|Polygon|MultiPolygon" en:"Type of GeoJSON." ko:"GeoJSON 형식."`
	Coordinates coords `json:"coordinates" en:"Longitude and latitude, WGS 84, five decimals." ko:"경도와 위도(WGS 84), 소수점 다섯 자리."`
}
