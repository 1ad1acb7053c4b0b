package data

import "bongsu/generator/quote"

// Levels is levels.json.
type Levels struct {
	Head
	NextChange Moment     `json:"next_change,omitempty" en:"Next time at which a level changes, or begins to be kept past its end, by what is published now." ko:"지금 공개된 내용에 따라 단계가 다음에 바뀌거나 기한을 넘겨 유지되기 시작하는 시각."`
	Levels     []Standing `json:"levels" en:"Every place with the level in force." ko:"모든 지역과 지금의 단계."`
}

// Standing is the level of a place.
type Standing struct {
	Place     PlaceCode `json:"place" en:"Code of the place." ko:"지역 부호."`
	Name      Text      `json:"name" en:"Name of the place." ko:"지역 이름."`
	Kind      string    `json:"kind" enum:"country|province|area|crossing" en:"Kind of place. A crossing area lies in several provinces." ko:"지역의 종류. crossing은 여러 주에 걸친 지역입니다."`
	Parent    PlaceCode `json:"parent,omitempty" en:"Place around it." ko:"이 지역이 속한 곳."`
	Level     *LevelID  `json:"level" en:"Level in force; null: none." ko:"지금의 단계. 없으면 null입니다."`
	Rank      *float64  `json:"rank" en:"Orders levels; higher is more dangerous." ko:"단계의 순서. 클수록 위험합니다."`
	LevelName Text      `json:"level_name,omitempty" en:"Name of the level." ko:"단계의 이름."`
	Since     Moment    `json:"since,omitempty" en:"When this level began; absent: before the records of this site." ko:"이 단계가 시작된 시각. 없으면 이 사이트의 기록보다 앞섭니다."`
	Until     Moment    `json:"until,omitempty" en:"When it is due to end; past where held." ko:"끝날 예정인 시각. held이면 이미 지났습니다."`
	Held      bool      `json:"held" en:"Past its end and kept, because no extension or lifting was published." ko:"기한이 지났지만 연장이나 해제가 발표되지 않아 유지되는 상태."`
	Advisory  RecordID  `json:"advisory,omitempty" en:"Advisory that set the level; absent: basic level." ko:"단계를 정한 여행경보. 없으면 기본 단계입니다."`
	Highest   *LevelID  `json:"highest_inside,omitempty" en:"Highest level of anything inside, where that is higher. Always show it with the level of a country." ko:"안에서 가장 높은 단계, 더 높을 때만 있습니다. 나라의 단계와 함께 반드시 보여 주십시오."`
	Parts     []Part    `json:"parts,omitempty" en:"Areas inside that have another level, highest first. Always show them with the level." ko:"안에서 단계가 다른 지역, 높은 순서. 단계와 함께 반드시 보여 주십시오."`
}

// Part is an area with another level than the place around it.
type Part struct {
	Place PlaceCode `json:"place" en:"Code of the area." ko:"지역 부호."`
	Level LevelID   `json:"level" en:"Its level." ko:"그 지역의 단계."`
	Held  bool      `json:"held" en:"Past its end and kept." ko:"기한이 지났지만 유지되는 상태."`
}

// Day is levels/DATE.json.
type Day struct {
	Head
	OnDate       Date        `json:"on_date" en:"Day, in the site's time zone. The levels are those at its end." ko:"날짜(사이트의 시간대). 그날이 끝날 때의 단계입니다."`
	PreviousDate Date        `json:"previous_date,omitempty" en:"The day before it on which a level changed." ko:"그 전에 단계가 바뀐 날."`
	Levels       PlaceLevels `json:"levels" en:"Level by place; null: none." ko:"지역별 단계. 없으면 null입니다."`
	Held         []PlaceCode `json:"held,omitempty" en:"Places whose level was past its end and kept." ko:"기한이 지났지만 단계가 유지되던 지역."`
	Changed      []PlaceCode `json:"changed" en:"Places whose level changed on that day." ko:"그날 단계가 바뀐 지역."`
}

// PlaceLevels is an object of the level of each place, by its code, null where
// there is none. There is one for each day and place, so it is no map: it is made
// in the order of codes.
type PlaceLevels []PlaceLevel

// PlaceLevel is the level of a place; empty is none.
type PlaceLevel struct {
	Place PlaceCode
	Level LevelID
}

// MarshalJSON writes the object.
func (l PlaceLevels) MarshalJSON() ([]byte, error) { return l.append(nil), nil }

func (l PlaceLevels) append(b []byte) []byte {
	b = append(b, '{')
	for i, p := range l {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(quote.JSON(b, string(p.Place)), ':')
		if p.Level == "" {
			b = append(b, "null"...)
			continue
		}
		b = quote.JSON(b, string(p.Level))
	}
	return append(b, '}')
}

// History is levels-history.json.
type History struct {
	Head
	Countries []CountryHistory `json:"countries" en:"The file of each country." ko:"나라별 파일."`
	Days      []DayFile        `json:"days" en:"Days on which a level changed, oldest first." ko:"단계가 바뀐 날, 오래된 순서."`
}

// CountryHistory names the history of a country.
type CountryHistory struct {
	Place   PlaceCode `json:"place" en:"Code of the country." ko:"나라 부호."`
	Name    Text      `json:"name" en:"Name of the country." ko:"나라 이름."`
	File    FileName  `json:"file" en:"File with every change in it." ko:"모든 변경이 든 파일."`
	Changes int       `json:"changes" en:"Number of changes." ko:"변경 수."`
}

// DayFile names the levels on a day.
type DayFile struct {
	OnDate Date     `json:"on_date" en:"Day, in the site's time zone." ko:"날짜(사이트의 시간대)."`
	File   FileName `json:"file" en:"File with the levels at its end." ko:"그날이 끝날 때의 단계가 든 파일."`
}

// PlaceHistories is levels-history/COUNTRY.json.
type PlaceHistories struct {
	Head
	Country PlaceCode      `json:"country" en:"Code of the country." ko:"나라 부호."`
	Places  []PlaceHistory `json:"places" en:"Every place of the country." ko:"나라 안의 모든 지역."`
}

// PlaceHistory is the course of a place's level.
type PlaceHistory struct {
	Place   PlaceCode `json:"place" en:"Code of the place." ko:"지역 부호."`
	Basic   *LevelID  `json:"basic" en:"Level before the first change, and where no advisory is in force; null: none." ko:"처음 바뀌기 전과 여행경보가 없을 때의 단계. 없으면 null입니다."`
	Changes []Change  `json:"changes" en:"Changes of the level, oldest first, those of the future that are public included." ko:"단계 변경, 오래된 순서. 이미 공개된 앞날의 변경도 들어 있습니다."`
}

// Change is a change of the level of a place.
type Change struct {
	At        Moment    `json:"at" en:"When it takes effect." ko:"바뀌는 시각."`
	Place     PlaceCode `json:"place,omitempty" en:"Code of the place." ko:"지역 부호."`
	From      *LevelID  `json:"from" en:"Level before; null: none." ko:"이전 단계. 없으면 null입니다."`
	To        *LevelID  `json:"to" en:"Level after; null: none." ko:"이후 단계. 없으면 null입니다."`
	Advisory  RecordID  `json:"advisory,omitempty" en:"Advisory that caused it." ko:"변경의 근거가 된 여행경보."`
	Reason    string    `json:"reason" enum:"set|ended|withdrawn|superseded" en:"How the advisory caused it: it took effect, ended by itself, was withdrawn, or replaced another." ko:"이유. 시행(set), 기한 만료(ended), 철회(withdrawn), 대체(superseded)."`
	Scheduled bool      `json:"scheduled,omitempty" en:"Lies in the future." ko:"아직 오지 않은 변경."`
}

// Line is a line of changes.jsonl.
type Line struct {
	Seq       int       `json:"seq" en:"Number of the line, from 1." ko:"줄 번호, 1부터."`
	Time      Moment    `json:"time" en:"When it became public (announced), or took effect (changed), or was called off (cancelled). Lines are in this order." ko:"공개된(announced), 시행된(changed), 취소된(cancelled) 시각. 줄은 이 순서입니다."`
	Kind      string    `json:"kind" enum:"announced|changed|cancelled|removed" en:"announced: published ahead of its effect; changed: the level changed; cancelled: what was announced will not come; removed: a record was taken off the site." ko:"announced: 시행 전에 발표됨. changed: 단계가 바뀜. cancelled: 발표된 변경이 취소됨. removed: 기록이 사이트에서 삭제됨."`
	Place     PlaceCode `json:"place,omitempty" en:"Code of the place. An area that only follows the place around it has no line." ko:"지역 부호. 둘러싼 지역을 그대로 따르는 지역은 적지 않습니다."`
	From      *LevelID  `json:"from" en:"Level at that time, before; null: none." ko:"그 시각의 이전 단계. 없으면 null입니다."`
	To        *LevelID  `json:"to" en:"Level after; null: none." ko:"이후 단계. 없으면 null입니다."`
	Effective Moment    `json:"effective,omitempty" en:"When an announced level is to take effect." ko:"발표된 단계의 시행 예정 시각."`
	Reason    string    `json:"reason" enum:"set|ended|withdrawn|superseded|law|privacy|safety|error" en:"How the advisory caused it, or why a record was removed." ko:"여행경보가 단계를 바꾼 이유나 기록을 삭제한 이유."`
	Advisory  RecordID  `json:"advisory,omitempty" en:"Advisory that caused it." ko:"변경의 근거가 된 여행경보."`
	Removed   RecordID  `json:"removed,omitempty" en:"Record that was removed. Nothing else of it is kept." ko:"삭제된 기록. 다른 내용은 남기지 않습니다."`
	Revision  int       `json:"revision,omitempty" en:"Revision of the advisory at that time." ko:"그 시각의 여행경보 판 번호."`
	Source    FileName  `json:"source,omitempty" en:"File of the advisory, which names its sources." ko:"출처가 적힌 여행경보 파일."`
	Previous  Digest    `json:"previous" en:"SHA-256 of the line before, without its line feed; of the first line: 64 zeros." ko:"앞줄(줄바꿈 제외)의 SHA-256. 첫 줄은 0이 64개입니다."`
}
