package render

import (
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// FiguresView is the dot of pages/figures.
type FiguresView struct {
	Title, Summary string
	Prose          *Words
	Figures        []Figure
}

// Figure is a chart with its table.
type Figure struct {
	ID, Title, Summary, Note string
	Chart                    Chart
	Rows                     []FigureRow
	Sources                  []FigureSource
}

// FigureRow is a row of the table: what the chart shows, in words.
type FigureRow struct {
	Label, Value, Note string
	Source             *FigureSource // where it is not that of the whole figure
}

// FigureSource is where numbers come from.
type FigureSource struct {
	Link
	Publisher, Date string
	Lang            string
}

// Chart is a bar chart in units of its viewBox, which is as wide as a small
// phone: its text is never smaller than there.
type Chart struct {
	Width, Height int
	Bars          []Bar
}

// Bar is a row of a chart: the label above, the value behind the bar.
type Bar struct {
	Label, Value             string
	LabelY, Y, Width, Height int
	ValueX, ValueY           int
	Inexact                  bool // more or less than what is drawn
}

// Measures of a chart.
const (
	chartWidth = 320
	chartRow   = 52
	barTop     = 22 // of a row
	barHeight  = 20
	barMost    = 180 // leaves room for the value
)

// figurePages makes the page of the numbers.
func figurePages(b *builder) []File {
	return b.section("figures/", "figures", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		v := FiguresView{Title: p.Title, Summary: p.Description, Prose: prose}
		for i := range e.site.Figures {
			v.Figures = append(v.Figures, e.figure(&e.site.Figures[i]))
		}
		p.Data = e.breadcrumbs(p)
		return v
	})
}

func (e *edition) figure(f *model.Figure) Figure {
	v := Figure{ID: f.ID, Title: e.text(f.Title), Summary: e.text(f.Summary), Note: e.text(f.Note)}
	for i := range f.Sources {
		v.Sources = append(v.Sources, e.figureSource(&f.Sources[i]))
	}
	for _, p := range f.Points {
		row := FigureRow{Label: e.text(p.Label), Value: e.amount(p, e.text(f.Unit)), Note: e.text(p.Note)}
		if p.Source != nil {
			s := e.figureSource(p.Source)
			row.Source = &s
		}
		v.Rows = append(v.Rows, row)
	}
	v.Chart = chart(f.Points, v.Rows)
	return v
}

// amount writes a number with its unit and how sure it is.
func (e *edition) amount(p model.Point, unit string) string {
	return e.t("figures."+p.Sign, "n", e.format.Number(p.Value), "unit", unit)
}

func (e *edition) figureSource(s *model.Source) FigureSource {
	return FigureSource{Link{s.Title, s.URL}, s.Publisher, e.format.Date(s.Date.Time), foreign(e.site.Langs()[0], e.lang)}
}

// chart lays out the bars; the longest takes all the room.
func chart(points []model.Point, rows []FigureRow) Chart {
	most := 0
	for _, p := range points {
		most = max(most, p.Value)
	}
	c := Chart{Width: chartWidth, Height: chartRow * len(points)}
	for i, p := range points {
		width := 0
		if most > 0 {
			width = max(1, (2*p.Value*barMost+most)/(2*most))
		}
		y := i * chartRow
		c.Bars = append(c.Bars, Bar{
			Label: rows[i].Label, Value: rows[i].Value, LabelY: y + 15, Y: y + barTop, Width: width, Height: barHeight,
			ValueX: width + 6, ValueY: y + barTop + 15, Inexact: p.Sign != "exact",
		})
	}
	return c
}
