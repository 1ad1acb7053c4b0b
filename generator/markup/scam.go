package markup

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// scamLanguage is the word after a fence that quotes a recruitment-scam
// advertisement.
const scamLanguage = "scam"

// The kinds of suspicious parts, outside the range that chroma uses.
const (
	flagLink    chroma.TokenType = 90001 + iota // an address, plain or defanged
	flagHandle                                  // a name or number to write to
	flagChannel                                 // a messenger
	flagMoney                                   // an amount
	flagPromise                                 // what makes the offer too good
	flagDemand                                  // what the victim is to hand over
)

// flagClasses are the classes of the marks.
var flagClasses = map[chroma.TokenType]string{
	flagLink: "flag-link", flagHandle: "flag-handle", flagChannel: "flag-channel",
	flagMoney: "flag-money", flagPromise: "flag-promise", flagDemand: "flag-demand",
}

// The parts of the patterns. The words come from the advertisements that
// Korean authorities and the press have quoted since 2022.
const (
	dot    = `(?:\.|\[\.\])`
	domain = `[a-z0-9-]+(?:` + dot + `[a-z0-9-]+)*` + dot + `(?:com|net|org|info|biz|io|me|cc|co|kr|kh|cn|hk|tw|vn|th|ph|ru|tk|ly|gl|gd|top|xyz|vip|club|shop|site|online|live|link|app|work|jobs|example)(?![a-z0-9-])`
	tail   = `(?:[/?#][^\s<>"'가-힣]*)?`
	number = `[0-9][0-9,.]*`
	span   = `(?:\s?[~∼–-]\s?` + number + `)?`

	channels = `텔레그램|텔레(?![\pL])|카카오톡|카톡|오픈\s?채팅|라인(?=\s?(?:아이디|id|[:@]))|위챗|왓츠앱|시그널|페이스북|인스타(?:그램)?|디엠|telegram|whatsapp|wechat|kakao\s?talk|viber|messenger|signal(?![a-z])`
	promises = `고수익|고액|고소득|단기\s?알바|꿀알바|당일\s?(?:지급|정산|출국)|초보\s?(?:환영|가능)|(?:경력|학력|나이|경험)\s?(?:무관|불문)|무경력|누구나|항공권|항공료|왕복\s?비행기|숙식|숙소|비자\s?(?:지원|발급|면제|무료|없이|필요\s?없)\w*|인센티브|보너스|합법|안전\s?보장|수익\s?보장|급구|` +
		`no\s+visa|visa[\s-]+free|visa\s+(?:provided|arranged|included)|no\s+experience|high\s+(?:pay|salary|income)|easy\s+(?:money|job|work)|(?:free|paid)\s+(?:flights?|tickets?|accommodation|housing|meals|visa)|(?:flights?|tickets?|air\s?fare|accommodation|housing|meals)\s+(?:are\s+)?(?:provided|included|paid|covered)|guaranteed|urgently?\s+hiring|start\s+(?:now|immediately|today)|commission|bonus(?:es)?`
	demands = `여권(?:\s?(?:사본|사진))?|신분증|통장|계좌(?:번호)?|체크\s?카드|유심|인증\s?번호|보증금|선입금|수수료|가입비|passports?(?:\s+(?:copy|photo|scan))?|bank\s+account|sim\s+cards?|id\s+cards?|deposits?|(?:visa|processing|training)\s+fees?`
	wages   = `(?:월급|연봉|일당|주급|시급|기본급|월|주|일)?\s?`
	units   = `\s?(?:[십백천만억]{1,3}\s?)?(?:원|달러|불(?![\pL])|위안|바트|만(?![\pL])|만원)`
	money   = wages + number + span + units + `|` +
		`(?:us\s?)?[$₩฿¥€]\s?` + number + `k?(?:\s?[~∼–-]\s?[$₩฿¥€]?\s?` + number + `k?)?(?:\s?(?:/|per|a)\s?(?:month|week|day|hour))?|` +
		number + span + `k?\s?(?:usdt?|krw|won|dollars?)(?![a-z])(?:\s?(?:/|per|a)\s?(?:month|week|day|hour))?`
)

// scamRules mark a fake advertisement. Latin words that no rule knows are taken
// whole, so that nothing is found within them and the time stays linear.
func scamRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `(?:https?|hxxps?|\[https?\])://[^\s<>"'가-힣]+`, Type: flagLink},
		{Pattern: `[a-z0-9][a-z0-9._-]*(?:@|\[@\])` + domain, Type: flagHandle},
		{Pattern: domain + tail, Type: flagLink},
		{Pattern: `@[a-z0-9_.]{3,}`, Type: flagHandle},
		{Pattern: `(?:아이디|id)\s?[:：]\s?[a-z0-9_.*-]{3,}`, Type: flagHandle},
		{Pattern: channels, Type: flagChannel},
		{Pattern: money, Type: flagMoney},
		{Pattern: `\+?[0-9*]{2,4}[ -][0-9*]{2,4}[ -][0-9*]{3,4}(?:[ -][0-9*]{2,4})?`, Type: flagHandle},
		{Pattern: promises, Type: flagPromise},
		{Pattern: demands, Type: flagDemand},
		{Pattern: `[a-z0-9_-]+`, Type: chroma.Text},
		{Pattern: `[\s\S]`, Type: chroma.Text},
	}}
}

// defang makes an address safe to show: hxxps://bad[.]example. An address that
// is defanged already stays as it is.
func defang(link string) string {
	if strings.Contains(link, "[.]") {
		return link
	}
	scheme, rest, ok := strings.Cut(link, "://")
	if !ok {
		scheme, rest = "", link
	} else {
		scheme = strings.Replace(strings.ToLower(scheme), "http", "hxxp", 1) + "://"
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	return scheme + strings.ReplaceAll(host, ".", "[.]") + path
}
