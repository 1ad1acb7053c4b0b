package desk

// words are what the files of new records say beside their facts: comments
// that teach, and the first lines of a text.
type words struct {
	summary, issued, review, contacts, sources, translates             string
	effective, until, categories, levels, legal, supersedes            string
	offer, channels, scamPlaces, redFlags, asks, indicators            string
	sourceTitle, sourceSummary, sourceNote, headingsKept, headingsOpen string
	levelOf, about, more                                               string              // formats
	headings                                                           map[string][]string // by kind
}

// wordsOf gives the words in a language; where there are none, the English
// comments, and no text: readers must not get the wrong language.
func wordsOf(tag string) words {
	switch tag {
	case "ko":
		return korean
	case "en":
		return english
	}
	w := english
	w.levelOf, w.about, w.headings = "%s: %s", "%s", nil
	return w
}

var korean = words{
	summary:       "한두 문장으로 씁니다. 200자를 넘지 않게 합니다. 피드와 공유 카드에도 나옵니다.",
	issued:        "공개하는 시각입니다. 앞으로의 시각을 적으면 그때까지 보이지 않습니다.",
	review:        "편집자가 다시 볼 날입니다.",
	contacts:      "연락처입니다. 고를 수 있는 것: ",
	sources:       "근거가 된 자료입니다. 날짜를 꼭 적습니다.",
	translates:    "옮긴 원본의 판 번호입니다.",
	effective:     "시행 시각입니다. 없으면 공개하는 시각입니다.",
	until:         "끝나는 시각입니다. 기한이 있는 단계에는 반드시 필요합니다.",
	categories:    "위험의 종류입니다. 하나 이상 고릅니다: ",
	levels:        "단계와 지역입니다. 좁은 지역이 먼저입니다. 단계: ",
	legal:         "법적 효력이 있는 단계에 필요합니다. basis 근거, penalty 처벌, exemption 예외. 이번에도 맞는지 확인하십시오.",
	supersedes:    "이 공지가 시행되면 끝나는 공지입니다.",
	offer:         "광고가 내세우는 것입니다.",
	channels:      "광고가 보이는 곳입니다. 고를 수 있는 것: ",
	scamPlaces:    "피해자가 가게 되는 곳입니다.",
	redFlags:      "위험 신호입니다. 고를 수 있는 것: ",
	asks:          "요구하는 것입니다. 고를 수 있는 것: ",
	indicators:    "계정과 주소는 여기에만 적습니다. basis와 source가 꼭 필요합니다. 잘못 적으면 죄 없는 사람이 다칩니다.",
	sourceTitle:   "원본 제목: ",
	sourceSummary: "원본 요약: ",
	sourceNote:    "원본: ",
	headingsOpen:  "아래 --- 다음에 본문을 씁니다. 제목은 이렇게 붙이면 좋습니다.",
	headingsKept:  "본문의 제목입니다. {#이름}은 그대로 둡니다.",
	levelOf:       "%s의 여행경보는 %s입니다.",
	about:         "%s에 관한 안전공지입니다.",
	more:          "외 %d곳",
	headings: map[string][]string{
		"advisories": {"## 바뀐 내용 {#what-changed}", "## 방문을 계획하고 있다면 {#planning}", "## 이미 머물고 있다면 {#staying}", "## 이유 {#why}"},
		"scams":      {"## 광고는 이렇게 말합니다 {#ad}", "## 실제로는 {#reality}", "## 지금 할 일 {#what-to-do}", "## 신고할 곳 {#report}"},
		"pages":      {"## 먼저 알아 둘 것 {#first}"},
	},
}

var english = words{
	summary:       "One or two sentences, at the most 200 characters; feeds and share cards show it too.",
	issued:        "When it becomes public. With a time to come it stays hidden until then.",
	review:        "The day on which an editor must look again.",
	contacts:      "Whom to call. There are: ",
	sources:       "Where the facts come from; the date is needed.",
	translates:    "The revision of the source that this translates.",
	effective:     "When it begins to apply; without it, when it becomes public.",
	until:         "When it ends. A temporary level needs it.",
	categories:    "What kind of danger, one or more of: ",
	levels:        "Levels and places; the narrower place wins. Levels: ",
	legal:         "A level with legal force needs it: basis, penalty, exemption. Make sure that it fits this time.",
	supersedes:    "The advisories that end when this one takes effect.",
	offer:         "What the advertisement promises.",
	channels:      "Where it is seen, of: ",
	scamPlaces:    "Where victims end up.",
	redFlags:      "Red flags, of: ",
	asks:          "What it asks for, of: ",
	indicators:    "Accounts and addresses stand here alone. basis and source are required: naming an account can harm somebody innocent.",
	sourceTitle:   "Title of the source: ",
	sourceSummary: "Summary of the source: ",
	sourceNote:    "Source: ",
	headingsOpen:  "The text stands below the next ---. Good headings are:",
	headingsKept:  "The headings of the text. Keep each {#name}.",
	levelOf:       "The travel alert for %s: %s.",
	about:         "This is a safety notice about %s.",
	more:          "and %d more",
	headings: map[string][]string{
		"advisories": {"## What changed {#what-changed}", "## If you plan to go {#planning}", "## If you are there {#staying}", "## Why {#why}"},
		"scams":      {"## What the advertisement says {#ad}", "## What it really is {#reality}", "## What to do now {#what-to-do}", "## Where to report {#report}"},
		"pages":      {"## First of all {#first}"},
	},
}
