package lang

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestLastSound names, for each text, the shapes of 은/는 and 으로/로 that a
// Korean reader uses after it.
func TestLastSound(t *testing.T) {
	groups := map[string][]struct{ text, topic, toward string }{
		"hangul": {
			{"시하누크빌주", "는", "로"}, {"바벳시", "는", "로"}, {"프놈펜", "은", "으로"}, {"캄폿", "은", "으로"},
			{"시하누크빌", "은", "로"}, {"서울", "은", "로"}, {"값", "은", "으로"}, {"흙", "은", "으로"}, {"가", "는", "로"}, {"힣", "은", "으로"},
		},
		"decomposed": {
			{norm.NFD.String("캄폿"), "은", "으로"}, {norm.NFD.String("서울"), "은", "로"}, {norm.NFD.String("주"), "는", "로"},
		},
		"letters of Hangul": {
			{"ㄱ", "은", "으로"}, {"ㄹ", "은", "로"}, {"ㅏ", "는", "로"}, {"ㅋㅋㅋ", "은", "으로"}, {"ㅠㅠ", "는", "로"},
		},
		"digits": {
			{"0", "은", "으로"}, {"1", "은", "로"}, {"2", "는", "로"}, {"3", "은", "으로"}, {"4", "는", "로"}, {"5", "는", "로"},
			{"6", "은", "으로"}, {"7", "은", "로"}, {"8", "은", "로"}, {"9", "는", "로"},
		},
		"numbers": {
			{"10", "은", "으로"}, {"100", "은", "으로"}, {"1,000", "은", "으로"}, {"10000", "은", "으로"}, {"100,000,000", "은", "으로"},
			{"1,000,000,000,000", "는", "로"}, {"10000000000000000", "은", "으로"}, {"12", "는", "로"}, {"1,234", "는", "로"},
			{"2.5", "는", "로"}, {"2.50", "은", "으로"}, {"0404", "는", "로"}, {"02-3210-0404", "는", "로"}, {"010", "은", "으로"},
			{"-3", "은", "으로"}, {"117", "은", "로"}, {"000", "은", "으로"}, {"１０", "은", "으로"}, {"①", "은", "로"}, {"Ⅱ", "는", "로"}, {"Ⅹ", "은", "으로"},
		},
		"times and dates": {
			{"18:00", "는", "로"}, {"18:30", "은", "으로"}, {"09:02", "은", "으로"}, {"2025. 10. 2.", "은", "로"}, {"2025. 10. 2.(목)", "은", "로"},
			{"2025. 12.", "은", "로"}, {"12.", "는", "로"}, {"2025년 10월", "은", "로"},
		},
		"money and signs": {
			{"$100", "는", "로"}, {"$3", "는", "로"}, {"₩5,000", "은", "으로"}, {"€3", "는", "로"}, {"3,000 KRW", "은", "으로"},
			{"30%", "는", "로"}, {"３％", "는", "로"}, {"35°", "는", "로"}, {"35℃", "는", "로"}, {"Disney+", "는", "로"}, {"C#", "은", "으로"},
		},
		"units": {
			{"10 km", "는", "로"}, {"10km", "는", "로"}, {"㎞", "는", "로"}, {"5 m", "는", "로"}, {"3 kg", "은", "으로"}, {"3g", "은", "으로"},
			{"20 m²", "는", "로"}, {"20㎡", "는", "로"}, {"5²", "은", "으로"}, {"60 km/h", "는", "로"}, {"5G", "는", "로"}, {"30 min", "은", "으로"},
		},
		"capitals": {
			{"KOTRA", "는", "로"}, {"SMS", "는", "로"}, {"URL", "은", "로"}, {"ATM", "은", "으로"}, {"CNN", "은", "으로"}, {"QR", "은", "로"},
			{"K", "는", "로"}, {"M", "은", "으로"}, {"APEC", "은", "으로"}, {"eSIM", "은", "으로"}, {"iOS", "는", "로"}, {"LINE", "은", "으로"},
		},
		"words": {
			{"Telegram", "은", "으로"}, {"WhatsApp", "은", "으로"}, {"KakaoTalk", "은", "으로"}, {"TikTok", "은", "으로"}, {"Facebook", "은", "으로"},
			{"YouTube", "는", "로"}, {"Discord", "는", "로"}, {"Zalo", "는", "로"}, {"Viber", "는", "로"}, {"WeChat", "은", "으로"},
			{"Signal", "은", "로"}, {"Google", "은", "로"}, {"Gmail", "은", "로"}, {"Line", "은", "으로"}, {"iPhone", "은", "으로"},
			{"Wi-Fi", "는", "로"}, {"bank", "는", "로"}, {"agent", "는", "로"}, {"internet", "은", "으로"}, {"job", "은", "으로"},
			{"KK Park", "는", "로"}, {"Prince Group", "은", "으로"}, {"Huione", "은", "으로"}, {"https://example.com", "은", "으로"}, {"0404.go.kr", "은", "로"},
			{"café", "는", "로"}, {"cafe\u0301", "는", "로"}, {"Ｇｏｏｇｌｅ", "은", "로"},
		},
		"places": {
			{"Sihanoukville", "은", "로"}, {"Phnom Penh", "은", "으로"}, {"Kampot", "은", "으로"}, {"Poipet", "은", "으로"}, {"Battambang", "은", "으로"},
			{"Siem Reap", "은", "으로"}, {"Takeo", "는", "로"}, {"Kandal", "은", "로"}, {"Kep", "은", "으로"}, {"Mondulkiri", "는", "로"}, {"Kampong Cham", "은", "으로"},
		},
		"brackets and quotes": {
			{"보코산 지역(캄폿주)", "은", "으로"}, {"바벳시 (스바이리엥주)", "는", "로"}, {"캄폿(가(나))", "은", "으로"}, {"(캄폿)", "은", "으로"}, {"(가", "는", "로"},
			{"캄폿)", "은", "으로"}, {"‘서울’", "은", "로"}, {"“여행금지”", "는", "로"}, {"「서울」", "은", "로"}, {"주［폿］", "는", "로"}, {"កំពត(캄폿)", "은", "으로"},
		},
		"passed over": {
			{"서울!", "은", "로"}, {"캄폿 ", "은", "으로"}, {"주…", "는", "로"}, {"서울 \u200b", "은", "로"}, {"서울⚠️", "은", "로"}, {"서울→", "은", "로"}, {"라ー", "는", "로"},
		},
		"kana": {{"ひらがな", "는", "로"}, {"ラーメン", "은", "으로"}},
		"unknown": {
			{"", "은(는)", "(으)로"}, {"កម្ពុជា", "은(는)", "(으)로"}, {"漢", "은(는)", "(으)로"}, {"...", "은(는)", "(으)로"}, {"()", "은(는)", "(으)로"}, {"\xff", "은(는)", "(으)로"}, {"Москва", "은(는)", "(으)로"},
		},
	}
	for name, rows := range groups {
		t.Run(name, func(t *testing.T) {
			for _, row := range rows {
				if got := Particle(row.text, "은", "는"); got != row.topic {
					t.Errorf("%q: %q, want %q", row.text, got, row.topic)
				}
				if got := Particle(row.text, "으로", "로"); got != row.toward {
					t.Errorf("%q: %q, want %q", row.text, got, row.toward)
				}
			}
		})
	}
}

func TestParticlePairs(t *testing.T) {
	for _, row := range []struct{ a, b, consonant, vowel, rieul, unknown string }{
		{"이", "가", "이", "가", "이", "이(가)"},
		{"을", "를", "을", "를", "을", "을(를)"},
		{"과", "와", "과", "와", "과", "과(와)"},
		{"이라", "라", "이라", "라", "이라", "(이)라"},
		{"아", "야", "아", "야", "아", "아(야)"},
		{"이", "", "이", "", "이", "(이)"},
		{"으로서", "로서", "으로서", "로서", "로서", "(으)로서"},
		{"으면", "면", "으면", "면", "면", "(으)면"},
	} {
		got := [4]string{Particle("폿", row.a, row.b), Particle("주", row.a, row.b), Particle("빌", row.a, row.b), Particle("", row.a, row.b)}
		if want := [4]string{row.consonant, row.vowel, row.rieul, row.unknown}; got != want {
			t.Errorf("%s/%s: %q, want %q", row.a, row.b, got, want)
		}
	}
}

// TestSyllables checks all Hangul syllables against their decomposition.
func TestSyllables(t *testing.T) {
	for r := rune(firstSyllable); r <= lastSyllable; r++ {
		letters := []rune(norm.NFD.String(string(r)))
		want := consonantSound
		if len(letters) == 2 {
			want = vowelSound
		} else if letters[2] == 0x11af {
			want = rieulSound
		}
		if got := lastSound([]byte(string(r))); got != want {
			t.Fatalf("%c: %d, want %d", r, got, want)
		}
	}
}

// TestHostileSound holds that long texts cost no more than their end.
func TestHostileSound(t *testing.T) {
	for _, s := range []string{strings.Repeat("(", 1e6), strings.Repeat(")", 1e6), strings.Repeat("()", 1e6), strings.Repeat("9", 1e6), strings.Repeat("a", 1e6), strings.Repeat("\u0301", 1e6)} {
		if n := testing.AllocsPerRun(1, func() { Particle(s, "은", "는") }); n > 20 {
			t.Errorf("%.10q: %v allocations", s, n)
		}
	}
}

func FuzzParticle(f *testing.F) {
	for _, s := range []string{"보코산 지역(캄폿주)", "1,000.", "$1", "18:00", "２", "km/h", "é", "កំពត()", ")("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Particle(s, "은", "는")
		if got != "은" && got != "는" && got != "은(는)" {
			t.Fatalf("%q: %q", s, got)
		}
		if len(s) < maxTail/2 && utf8.ValidString(s) && Particle(s+"\u200d ", "은", "는") != got {
			t.Fatalf("%q: a silent end changes the particle", s)
		}
		if Particle(s+"폿", "은", "는") != "은" || Particle(s+"주", "은", "는") != "는" {
			t.Fatalf("%q: the last syllable does not decide", s)
		}
	})
}
