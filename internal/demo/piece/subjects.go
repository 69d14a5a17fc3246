package piece

import (
	"fmt"
	"math"
)

var subjects = map[string]func(*sheet){
	"shop": (*sheet).shop, "seats": (*sheet).seats, "posters": (*sheet).posters, "picture book": (*sheet).pictureBook,
	"field guide": (*sheet).fieldGuide, "charts": (*sheet).charts, "tidy table": (*sheet).tidyTable, "jars": (*sheet).jars,
	"books": (*sheet).books, "telephones": (*sheet).telephones, "robots": (*sheet).robots, "house": (*sheet).house, "floor plan": (*sheet).floorPlan,
	"film": (*sheet).film, "sound": (*sheet).sound, "river map": (*sheet).riverMap, "screens": (*sheet).screens, "code": (*sheet).code,
	"subtitles": (*sheet).subtitles, "letters": (*sheet).letters, "circuit": (*sheet).circuit, "contract": (*sheet).contract,
	"marks": (*sheet).marks, "search": (*sheet).search, "report": (*sheet).report, "lesson": (*sheet).lesson, "bracket": (*sheet).bracket,
}

func (s *sheet) shop() {
	s.window(90, 50, 620, 400, paper)
	s.rect(120, 112, 560, 96, 10, s.Ground)
	s.words(146, 134, 220, 2, 22, s.Ink)
	s.rect(146, 178, 84, 20, 10, s.Spark)
	s.dot(600, 160, 34, s.Spark)
	s.shape("M566 160 a34 34 0 0 1 68 0 Z", s.Body)
	for i := range 4 {
		x := 120 + float64(i)*143
		s.rect(x, 226, 131, 196, 10, s.Ground)
		s.at(x, 0, func() { s.bag(40, 246, []string{s.Body, s.Spark, s.Ink, s.Body}[i]) })
		s.words(x+16, 368, 80, 1, 18, s.Ink)
		s.faint(0.6, func() { s.words(x+16, 390, 50, 1, 16, s.Ink) })
	}
}

// bag is one of coffee, or tea, or flour.
func (s *sheet) bag(x, y float64, fill string) {
	s.shape(fmt.Sprintf("M%g %g l52 0 l6 96 c0 8 -64 8 -64 0 Z", x, y+10), fill)
	s.shape(fmt.Sprintf("M%g %g l52 0 l-4 12 l-44 0 Z", x, y), fill)
	s.faint(0.85, func() { s.rect(x+9, y+42, 34, 40, 3, paper) })
	s.dot(x+26, y+58, 8, s.Spark)
}

func (s *sheet) seats() {
	s.window(90, 50, 620, 400, paper)
	s.shape("M250 124 C330 104 470 104 550 124 L530 148 C460 132 340 132 270 148 Z", s.Ink)
	for row := range 7 {
		for seat := range 18 {
			a := (float64(seat) - 8.5) * 0.075
			r := 150 + float64(row)*32
			x, y := 400+math.Sin(a)*r*1.36, 20+math.Cos(a)*r
			fill := s.Ground
			switch n := (row*7 + seat*5) % 11; {
			case n < 3:
				fill = s.Body
			case row == 3 && seat > 7 && seat < 11:
				fill = s.Spark
			}
			if seat != 5 && seat != 12 {
				s.rect(x-9, y+22, 17, 18, 5, fill)
			}
		}
	}
}

func (s *sheet) posters() {
	for i := range 6 {
		x := 52 + float64(i)*118
		s.shadow(x, 96, 106, 308, 2)
		s.rect(x, 96, 106, 308, 2, []string{s.Body, paper, s.Body, s.Spark, paper, s.Body}[i])
	}
	// one picture across all six
	for i := range 6 {
		x := 52 + float64(i)*118
		fill := []string{s.Spark, s.Body, paper, s.Body, s.Spark, paper}[i]
		y := 300 + 20*math.Sin(float64(i)*1.1)
		next := 300 + 20*math.Sin(float64(i+1)*1.1)
		s.shape(fmt.Sprintf("M%g 404 L%g %g C%g %g %g %g %g %g L%g 404 Z", x, x, y, x+36, y-34, x+70, next+30, x+106, next, x+106), fill)
		s.faint(0.9, func() { s.words(x+14, 118, 78, 2, 16, fill) })
	}
	s.shape("M190 286 L320 286 L296 322 L212 322 Z", s.Ink)
	s.shape("M252 170 L252 276 L190 276 C206 240 226 206 252 170 Z", s.Spark)
	s.shape("M260 190 L260 276 L306 276 C298 244 282 212 260 190 Z", s.Ink)
	s.dot(612, 190, 34, s.Ink)
	s.dot(480, 220, 20, s.Ink)
}

func (s *sheet) pictureBook() {
	s.shadow(60, 70, 680, 360, 6)
	s.rect(60, 70, 680, 360, 6, paper)
	s.rect(60, 70, 340, 360, 6, s.Body)
	s.dot(170, 170, 52, s.Spark)
	s.dot(190, 158, 46, s.Body)
	for i := range 14 {
		s.dot(90+float64(i*97%290), 90+float64(i*61%150), 1.5+float64(i%3), paper)
	}
	s.shape("M60 380 C130 320 220 330 400 372 L400 430 L60 430 Z", s.Ink)
	s.at(236, 262, func() { // a fox who looks up
		s.shape("M20 110 C0 70 20 40 50 46 L56 16 L76 40 L96 14 L102 46 C126 56 122 92 104 110 Z", s.Spark)
		s.shape("M56 74 L76 96 L96 74 C94 104 58 104 56 74 Z", paper)
		s.dot(66, 68, 4, s.Ink)
		s.dot(88, 68, 4, s.Ink)
		s.dot(76, 92, 4, s.Ink)
		s.shape("M104 110 C150 112 156 70 138 58 C146 84 128 92 112 88 Z", s.Spark)
	})
	s.faint(0.16, func() { s.rect(392, 70, 16, 360, 0, "#000000") })
	s.words(452, 150, 220, 6, 26, s.Ink)
	s.shape("M452 346 C480 326 500 366 528 346 C556 326 576 366 604 346 L604 352 C576 372 556 332 528 352 C500 372 480 332 452 352 Z", s.Spark)
	s.words(452, 384, 120, 1, 20, s.Body)
}

func (s *sheet) fieldGuide() {
	s.shadow(60, 50, 680, 400, 6)
	s.rect(60, 50, 680, 400, 6, paper)
	s.faint(0.1, func() { s.rect(394, 50, 12, 400, 0, "#000000") })
	s.at(100, 90, func() { // a kingfisher on a reed
		s.line("M150 300 C160 210 196 120 214 20", s.Body, 7)
		s.shape("M60 150 C80 96 140 92 168 126 C190 150 190 190 170 226 C140 214 92 200 60 150 Z", s.Spark)
		s.shape("M44 132 C64 84 128 76 160 110 C188 140 196 196 184 250 C160 196 120 150 44 132 Z", s.Body)
		s.shape("M60 134 L-26 128 L54 120 Z", s.Ink)
		s.dot(84, 118, 7, paper)
		s.dot(84, 118, 4, s.Ink)
		s.shape("M60 146 C74 140 90 142 100 150 C86 158 72 158 60 146 Z", paper)
	})
	s.words(96, 412, 150, 1, 18, s.Ink)
	for col := range 2 {
		x := 440 + float64(col)*146
		s.rect(x, 92, 90, 14, 7, []string{s.Body, s.Spark}[col])
		s.words(x, 124, 126, 15, 18, s.Ink)
	}
}

func (s *sheet) charts() {
	s.window(60, 46, 680, 408, paper)
	heights := []float64{60, 92, 78, 130, 112, 158, 142, 190}
	for i, h := range heights {
		fill := s.Body
		if i == 5 {
			fill = s.Spark
		}
		s.rect(96+float64(i)*40, 400-h, 26, h, 4, fill)
	}
	s.line("M90 402 L416 402", s.Ink, 2.5)
	s.words(92, 112, 180, 2, 22, s.Ink)
	s.rect(456, 112, 252, 132, 10, s.Ground)
	s.line("M476 214 C502 204 512 170 540 178 C566 186 574 152 602 150 C634 148 640 128 688 132", s.Body, 5)
	s.line("M476 224 C510 222 530 214 560 214 C600 214 640 190 688 196", s.Spark, 5)
	s.dot(602, 150, 8, s.Body)
	s.dot(520, 336, 62, s.Body)
	s.shape("M520 336 L520 274 A62 62 0 0 1 578 358 Z", s.Spark)
	s.shape("M520 336 L578 358 A62 62 0 0 1 528 398 Z", s.Ink)
	s.dot(520, 336, 30, paper)
	s.words(608, 300, 92, 4, 24, s.Ink)
}

func (s *sheet) tidyTable() {
	for i, side := range []float64{50, 430} {
		s.shadow(side, 70, 320, 360, 8)
		s.rect(side, 70, 320, 360, 8, paper)
		s.rect(side, 70, 320, 34, 8, []string{s.Ink, s.Body}[i])
		for row := range 10 {
			y := 122 + float64(row)*30
			for col := range 4 {
				x, w := side+18+float64(col)*76, 56.0
				fill := s.Ink
				if i == 0 { // as it came
					x += float64((row*13+col*7)%11) - 5
					w = 26 + float64((row*17+col*29)%38)
					if (row+col*2)%5 == 0 {
						fill = s.Spark
					}
					if (row*3+col)%7 == 0 {
						continue
					}
				} else if col == 0 {
					fill = s.Body
				}
				s.faint(0.75, func() { s.rect(x, y, w, 12, 6, fill) })
			}
			s.faint(0.14, func() { s.rect(side+14, y+20, 292, 1.5, 0, s.Ink) })
		}
	}
	s.dot(400, 250, 24, s.Spark)
	s.line("M390 250 L409 250 M402 242 L410 250 L402 258", paper, 4)
}

func (s *sheet) jars() {
	s.rect(0, 390, 800, 110, 0, s.Body)
	for i := range 4 {
		x, h := 92+float64(i)*168, []float64{210, 170, 230, 150}[i]
		y := 400 - h
		fill := []string{s.Spark, s.Body, s.Ink, s.Spark}[i]
		s.faint(0.16, func() { s.oval(x+60, 404, 78, 10, "#000000") })
		s.rect(x, y, 120, h, 22, fill)
		s.rect(x+8, y-26, 104, 34, 8, s.Ink)
		s.faint(0.3, func() { s.rect(x+12, y+14, 10, h-40, 5, paper) })
		s.rect(x+26, y+h*0.28, 84, h*0.52, 4, paper)
		s.words(x+38, y+h*0.28+16, 60, 2, 14, s.Ink)
		s.dot(x+68, y+h*0.28+62, 12, fill)
	}
}

func (s *sheet) books() {
	s.shadow(70, 80, 440, 340, 6)
	s.rect(70, 80, 440, 340, 6, paper)
	s.rect(70, 80, 440, 40, 6, s.Body)
	for row := range 10 {
		y := 140 + float64(row)*26
		s.words(92, y, 130+float64(row*31%60), 1, 24, s.Ink)
		s.rect(330, y, 50+float64(row*17%26), 10, 5, s.Body)
		s.rect(430, y, 34+float64(row*23%30), 10, 5, []string{s.Ink, s.Spark}[row%4/3])
		s.faint(0.15, func() { s.rect(92, y+17, 396, 1.5, 0, s.Ink) })
	}
	s.line("M312 124 L312 416 M412 124 L412 416", s.Spark, 2)
	s.at(560, 150, func() {
		for i := range 5 {
			y := 210 - float64(i)*40
			s.rect(float64(i%2)*8, y, 160, 34, 5, []string{s.Body, s.Spark, s.Ink, s.Body, s.Spark}[i])
			s.rect(118+float64(i%2)*8, y+8, 26, 18, 3, paper)
		}
	})
	s.faint(0.14, func() { s.rect(540, 396, 200, 10, 5, "#000000") })
}

func (s *sheet) phone(x, y float64, inside string) {
	s.shadow(x, y, 176, 360, 28)
	s.rect(x, y, 176, 360, 28, s.Ink)
	s.rect(x+9, y+9, 158, 342, 21, inside)
	s.rect(x+66, y+17, 44, 9, 4.5, s.Ink)
}

func (s *sheet) telephones() {
	s.phone(96, 78, paper)
	s.rect(121, 132, 126, 96, 12, s.Body)
	s.dot(184, 180, 26, s.Spark)
	s.line("M184 180 L184 164 M184 180 L196 186", s.Ink, 4)
	for i := range 3 {
		s.rect(121, 242+float64(i)*44, 126, 36, 9, s.Ground)
		s.dot(139, 260+float64(i)*44, 8, []string{s.Spark, s.Body, s.Body}[i])
		s.words(156, 255+float64(i)*44, 74, 1, 22, s.Ink)
	}
	s.rect(141, 384, 86, 26, 13, s.Spark)
	s.phone(312, 58, s.Body)
	s.faint(0.9, func() { s.line("M340 150 C380 110 396 200 430 170 C456 148 440 250 470 262", paper, 5) })
	s.dot(340, 150, 9, s.Spark)
	s.shape("M470 262 c-14 -20 -20 -28 -20 -40 a20 20 0 0 1 40 0 c0 12 -6 20 -20 40 Z", s.Spark)
	s.rect(335, 300, 130, 88, 14, paper)
	s.words(351, 318, 98, 3, 22, s.Ink)
	s.phone(528, 78, paper)
	for i, h := range []float64{40, 64, 52, 88, 72} {
		s.rect(556+float64(i)*25, 250-h, 16, h, 4, []string{s.Body, s.Body, s.Body, s.Spark, s.Body}[i])
	}
	s.words(556, 280, 120, 5, 24, s.Ink)
}

func (s *sheet) robots() {
	s.shape("M0 390 C200 350 600 350 800 390 L800 500 L0 500 Z", s.Body)
	s.dot(660, 110, 50, s.Spark)
	s.at(150, 130, func() { // the small one
		s.faint(0.2, func() { s.oval(76, 282, 90, 14, "#000000") })
		s.line("M76 66 L76 36", s.Ink, 6)
		s.dot(76, 30, 11, s.Spark)
		s.rect(16, 66, 120, 92, 26, paper)
		s.rect(30, 86, 92, 46, 20, s.Ink)
		s.dot(56, 109, 10, s.Spark)
		s.dot(96, 109, 10, s.Spark)
		s.rect(28, 168, 96, 82, 20, s.Spark)
		s.line("M28 190 C0 196 -8 216 0 236 M124 190 C156 180 166 156 160 132", s.Ink, 11)
		s.rect(38, 246, 30, 36, 8, s.Ink)
		s.rect(86, 246, 30, 36, 8, s.Ink)
	})
	s.at(440, 70, func() { // the tall one
		s.faint(0.2, func() { s.oval(110, 346, 120, 16, "#000000") })
		s.rect(40, 0, 140, 116, 20, s.Ink)
		s.ring(84, 56, 20, paper, 7)
		s.ring(138, 56, 20, paper, 7)
		s.line("M92 94 C102 102 120 102 130 94", paper, 6)
		s.rect(30, 128, 160, 150, 26, paper)
		s.dot(110, 196, 34, s.Body)
		s.line("M94 196 L106 208 L128 184", paper, 8)
		s.line("M30 160 C-6 180 -16 214 -4 252 M190 160 C230 170 240 206 226 240", s.Ink, 14)
		s.rect(50, 276, 38, 68, 10, s.Body)
		s.rect(132, 276, 38, 68, 10, s.Body)
	})
}

func (s *sheet) house() {
	s.dot(650, 120, 46, s.Spark)
	s.shape("M0 400 C120 360 240 372 420 388 C580 402 700 372 800 384 L800 500 L0 500 Z", s.Body)
	s.rect(190, 210, 420, 190, 0, paper)
	s.shape("M170 214 L400 96 L630 214 Z", s.Ink)
	s.rect(500, 110, 34, 62, 0, s.Ink)
	s.rect(370, 288, 64, 112, 0, s.Body)
	s.dot(422, 346, 4, s.Spark)
	for i := range 4 {
		x := 214 + float64(i)*100
		if i < 2 {
			x = 214 + float64(i)*78
		} else {
			x = 462 + float64(i-2)*74
		}
		s.rect(x, 250, 54, 66, 0, s.Spark)
		s.line(fmt.Sprintf("M%g 250 L%g 316 M%g 283 L%g 283", x+27, x+27, x, x+54), paper, 4)
	}
	s.dot(400, 166, 20, s.Spark)
	for i, x := range []float64{90, 132, 690} {
		h := []float64{130, 96, 150}[i]
		s.shape(fmt.Sprintf("M%g 396 L%g %g L%g 396 Z", x-32, x, 396-h, x+32), []string{s.Ink, s.Body, s.Ink}[i])
	}
	s.faint(0.5, func() {
		s.line("M190 440 L610 440 M190 430 L190 450 M610 430 L610 450", paper, 2.5)
		s.line("M654 96 L654 400 M644 96 L664 96 M644 400 L664 400", s.Ink, 2.5)
	})
}

func (s *sheet) floorPlan() {
	s.rect(60, 40, 680, 420, 4, paper)
	s.faint(0.12, func() {
		for i := range 16 {
			s.line(fmt.Sprintf("M%d 40 L%[1]d 460", 80+i*42), s.Body, 1)
		}
		for i := range 10 {
			s.line(fmt.Sprintf("M60 %d L740 %[1]d", 60+i*42), s.Body, 1)
		}
	})
	s.faint(0.3, func() { s.rect(130, 90, 230, 170, 0, s.Spark) })
	s.line("M130 90 L670 90 L670 410 L420 410 M360 410 L130 410 L130 90 M360 90 L360 200 M360 250 L360 260 L130 260 M360 300 L360 410 M360 260 L470 260 M530 260 L670 260", s.Ink, 9)
	s.line("M420 410 A60 60 0 0 0 360 350 L360 410", s.Body, 2.5)
	s.line("M470 260 A60 60 0 0 1 530 200 L530 260", s.Body, 2.5)
	s.rect(160, 120, 96, 60, 6, s.Body)
	s.rect(166, 126, 30, 48, 6, paper)
	s.dot(520, 336, 42, s.Spark)
	for i := range 6 {
		a := float64(i) * math.Pi / 3
		s.dot(520+math.Cos(a)*62, 336+math.Sin(a)*56, 12, s.Body)
	}
	s.rect(400, 110, 40, 120, 4, s.Body)
	s.rect(590, 110, 56, 90, 10, s.Body)
	for i := range 8 {
		s.rect(150+float64(i)*20, 300, 14, 86, 0, s.Ground)
	}
	s.line("M130 436 L670 436 M130 428 L130 444 M670 428 L670 444", s.Body, 2.5)
}

func (s *sheet) film() {
	s.shadow(110, 40, 580, 300, 6)
	s.rect(110, 40, 580, 300, 6, s.Ink)
	s.rect(122, 64, 556, 252, 0, s.Spark)
	s.dot(400, 206, 62, paper)
	s.shape("M122 260 C220 196 300 236 380 250 C470 266 560 196 678 236 L678 316 L122 316 Z", s.Body)
	s.shape("M122 290 C260 250 420 300 678 276 L678 316 L122 316 Z", s.Ink)
	s.line("M560 276 L560 232 M560 246 L546 260 M560 246 L574 258 M560 276 L550 296 M560 276 L570 296", s.Ink, 6)
	s.dot(560, 224, 9, s.Ink)
	s.rect(40, 366, 720, 100, 10, s.Ink)
	for track := range 3 {
		x := 56.0
		for clip := 0; x < 730; clip++ {
			w := 30 + float64((clip*47+track*61)%110)
			w = min(w, 744-x)
			s.faint(0.92, func() {
				s.rect(x, 378+float64(track)*28, w-4, 22, 4, []string{s.Spark, s.Body, paper}[(clip+track)%3])
			})
			x += w
		}
	}
	s.line("M332 360 L332 470", "#e2533f", 3)
	s.shape("M322 352 L342 352 L332 366 Z", "#e2533f")
}

func (s *sheet) sound() {
	for i := range 75 {
		x := 26 + float64(i)*10
		h := 14 + 150*math.Abs(math.Sin(float64(i)*0.21)*math.Cos(float64(i)*0.083))*(0.6+0.4*math.Abs(math.Sin(float64(i)*1.9)))
		fill := s.Body
		if i > 24 && i < 39 {
			fill = s.Spark
		}
		s.rect(x, 250-h, 6, 2*h, 3, fill)
	}
	s.shadow(560, 96, 120, 200, 60)
	s.rect(560, 90, 120, 200, 60, s.Ink)
	for i := range 5 {
		s.line(fmt.Sprintf("M582 %d L658 %[1]d", 128+i*22), s.Ground, 4)
	}
	s.rect(560, 228, 120, 16, 0, s.Spark)
	s.line("M536 220 C536 330 704 330 704 220 M620 304 L620 404 M560 410 L680 410", s.Ink, 12)
}

func (s *sheet) riverMap() {
	s.rect(50, 40, 700, 420, 6, paper)
	for i := range 6 {
		d := float64(i) * 22
		s.faint(0.4, func() {
			s.line(fmt.Sprintf("M%g 40 C%g 130 %g 150 %g 230 C%g 300 %g 380 %g 460", 180-d, 260-d, 120-d, 190-d, 240-d, 150-d, 200-d), s.Body, 2)
			s.line(fmt.Sprintf("M%g 40 C%g 140 %g 190 %g 260 C%g 330 %g 390 %g 460", 620+d, 560+d, 660+d, 600+d, 560+d, 650+d, 610+d), s.Body, 2)
		})
	}
	s.line("M430 40 C360 110 470 170 400 240 C340 300 440 360 372 460", s.Body, 34)
	s.line("M430 40 C360 110 470 170 400 240 C340 300 440 360 372 460", s.Ground, 22)
	s.line("M120 200 C220 180 300 260 392 250 C480 240 560 300 700 270", s.Ink, 4)
	for i, at := range [][2]float64{{306, 130}, {470, 196}, {330, 316}, {560, 392}, {238, 410}} {
		fill := []string{s.Spark, s.Body}[i%2]
		s.shape(fmt.Sprintf("M%g %g c-16 -24 -24 -32 -24 -46 a24 24 0 0 1 48 0 c0 14 -8 22 -24 46 Z", at[0], at[1]), fill)
		s.dot(at[0], at[1]-46, 9, paper)
	}
	s.rect(580, 66, 146, 86, 6, s.Ground)
	for i := range 3 {
		s.dot(600, 88+float64(i)*22, 6, []string{s.Spark, s.Body, s.Ink}[i])
		s.words(616, 84+float64(i)*22, 84, 1, 20, s.Ink)
	}
	s.line("M92 420 L212 420 M92 414 L92 426 M152 414 L152 426 M212 414 L212 426", s.Ink, 3)
}

func (s *sheet) screens() {
	for i := range 3 {
		x, y := 60+float64(i)*240, 96+float64(i%2)*30
		s.shadow(x, y, 200, 290, 14)
		s.rect(x, y, 200, 290, 14, paper)
		s.rect(x+18, y+20, 90, 14, 7, s.Ink)
		switch i {
		case 0:
			for row := range 4 {
				s.rect(x+18, y+54+float64(row)*52, 164, 40, 8, s.Ground)
				s.dot(x+40, y+74+float64(row)*52, 10, []string{s.Spark, s.Body, s.Body, s.Body}[row])
				s.words(x+60, y+69+float64(row)*52, 90, 1, 24, s.Ink)
			}
		case 1:
			s.rect(x+18, y+52, 164, 110, 10, s.Body)
			s.shape(fmt.Sprintf("M%g %g l40 -40 l34 30 l30 -22 l60 44 l0 20 l-164 0 Z", x+18, y+130), s.Spark)
			s.words(x+18, y+182, 164, 3, 20, s.Ink)
		default:
			s.dot(x+100, y+110, 44, s.Body)
			s.line(fmt.Sprintf("M%g %g l14 16 l28 -32", x+80, y+110), paper, 9)
			s.words(x+40, y+178, 120, 2, 20, s.Ink)
		}
		s.rect(x+18, y+250, 164, 26, 13, []string{s.Body, s.Spark, s.Body}[i])
	}
	s.line("M266 220 C280 212 284 212 294 222 M284 208 L296 223 L280 230", s.Spark, 5)
	s.line("M506 250 C520 242 524 240 534 232 M520 228 L536 230 L530 246", s.Spark, 5)
}

func (s *sheet) code() {
	s.shadow(70, 56, 660, 388, 12)
	s.rect(70, 56, 660, 388, 12, "#1e2624")
	s.rect(70, 56, 660, 34, 12, "#2c3633")
	for i := range 3 {
		s.dot(92+float64(i)*20, 73, 6, []string{s.Spark, "#8b8f7d", "#5e6a60"}[i])
	}
	indent := []int{0, 1, 1, 2, 2, 3, 2, 1, 0, 0, 1, 2, 2, 1, 0}
	for row, in := range indent {
		y := 112 + float64(row)*21
		s.faint(0.4, func() { s.rect(92, y, 14, 8, 4, "#9fb0a6") })
		x := 126 + float64(in)*34
		for w := range 1 + (row*5+in)%4 {
			long := 34 + float64((row*37+w*53)%86)
			s.rect(x, y, long, 9, 4.5, []string{"#8fc7a5", s.Spark, "#e9e4d4", "#7fa7b5"}[(row+w*2)%4])
			x += long + 12
		}
	}
	s.rect(500, 286, 200, 130, 10, s.Body)
	for i := range 3 {
		s.rect(520, 304+float64(i)*34, 160, 24, 5, paper)
		s.dot(536, 316+float64(i)*34, 5, s.Spark)
	}
}

func (s *sheet) subtitles() {
	s.rect(60, 50, 680, 400, 8, s.Ink)
	s.rect(76, 66, 648, 300, 0, s.Body)
	s.dot(560, 150, 44, s.Spark)
	s.shape("M76 300 C180 220 250 270 330 240 C430 204 520 290 724 236 L724 366 L76 366 Z", s.Ground)
	s.at(190, 176, func() { // two who talk on a wall
		s.rect(-40, 130, 270, 60, 0, s.Ink)
		for i := range 2 {
			x := 40 + float64(i)*100
			s.dot(x, 46, 24, s.Ink)
			s.shape(fmt.Sprintf("M%g 132 C%g 74 %g 74 %g 132 Z", x-36, x-36, x+36, x+36), s.Ink)
		}
	})
	s.rect(250, 386, 300, 16, 8, paper)
	s.rect(300, 412, 200, 16, 8, s.Spark)
}

func (s *sheet) letters() {
	for i := range 4 {
		right := i%2 == 1
		x, w := 90.0, []float64{380, 330, 420, 300}[i]
		if right {
			x = 710 - w
		}
		y := 50 + float64(i)*102
		s.shadow(x, y, w, 84, 18)
		s.rect(x, y, w, 84, 18, []string{paper, s.Body, paper, s.Spark}[i])
		fill := s.Ink
		if right {
			fill = paper
		}
		s.words(x+76, y+22, w-110, 2, 24, fill)
		s.dot(x+40, y+42, 20, []string{s.Spark, paper, s.Body, paper}[i])
	}
}

func (s *sheet) circuit() {
	s.shadow(90, 60, 620, 380, 16)
	s.rect(90, 60, 620, 380, 16, s.Body)
	for i := range 9 {
		y := 110 + float64(i)*36
		bend := 180 + float64(i*53%160)
		s.faint(0.75, func() {
			s.line(fmt.Sprintf("M120 %g L%g %g L%g %g L330 %g", y, bend, y, bend+24, 190+float64(i)*14, 190+float64(i)*14), s.Spark, 3)
			s.line(fmt.Sprintf("M470 %g L%g %g L%g %g L680 %g", 190+float64(i)*14, 520+float64(i*31%50), 190+float64(i)*14, 560+float64(i*31%50), y, y), s.Spark, 3)
		})
		s.dot(120, y, 7, s.Spark)
		s.dot(680, y, 7, s.Spark)
		s.dot(120, y, 3, s.Body)
		s.dot(680, y, 3, s.Body)
	}
	s.rect(326, 176, 148, 148, 8, s.Ink)
	s.dot(350, 200, 6, s.Spark)
	s.faint(0.7, func() { s.words(362, 240, 76, 2, 22, paper) })
	for i, at := range [][2]float64{{180, 96}, {250, 388}, {520, 96}, {590, 390}, {400, 100}, {400, 380}} {
		s.rect(at[0], at[1], 44, 20, 3, []string{paper, s.Ink}[i%2])
		s.rect(at[0], at[1], 9, 20, 0, s.Spark)
		s.rect(at[0]+35, at[1], 9, 20, 0, s.Spark)
	}
	for _, at := range [][2]float64{{112, 82}, {688, 82}, {112, 418}, {688, 418}} {
		s.dot(at[0], at[1], 9, s.Ground)
	}
}

func (s *sheet) contract() {
	s.faint(0.5, func() { s.rect(258, 64, 320, 400, 6, s.Spark) })
	s.shadow(236, 40, 320, 410, 6)
	s.rect(236, 40, 320, 410, 6, paper)
	s.rect(268, 72, 150, 16, 8, s.Ink)
	for i := range 4 {
		y := 112 + float64(i)*66
		s.dot(278, y+6, 8, []string{s.Body, s.Spark}[i%2])
		s.words(300, y, 220, 3, 17, s.Ink)
	}
	s.line("M270 404 C284 380 296 420 308 396 C318 380 326 414 344 398 C356 390 366 404 384 396", s.Body, 4)
	s.line("M270 420 L400 420", s.Ink, 2)
	s.dot(494, 394, 34, s.Spark)
	s.ring(494, 394, 25, paper, 3)
	s.line("M480 394 L490 404 L510 382", paper, 6)
	s.shape("M478 424 L470 462 L488 452 L494 428 Z", s.Spark)
	s.shape("M510 424 L520 462 L502 452 L494 428 Z", s.Spark)
}

func (s *sheet) marks() {
	for i := range 6 {
		x, y := 50+float64(i%3)*240, 46+float64(i/3)*212
		s.rect(x, y, 220, 192, 10, []string{s.Body, paper, s.Spark, paper, s.Ink, paper}[i])
		fill := []string{paper, s.Body, s.Ink, s.Spark, s.Spark, s.Ink}[i]
		s.at(x+110, y+96, func() { s.mark(i, fill, []string{s.Spark, s.Spark, paper, s.Ink, paper, s.Spark}[i]) })
	}
}

// mark is one of six, around nought.
func (s *sheet) mark(n int, fill, second string) {
	switch n {
	case 0: // a leaf over water
		s.shape("M0 -56 C44 -24 44 26 0 46 C-44 26 -44 -24 0 -56 Z", fill)
		s.line("M0 -30 L0 40 M0 4 L18 -12 M0 20 L-18 4", s.Body, 5)
	case 1: // a wheel
		s.ring(0, 0, 50, fill, 12)
		for i := range 8 {
			a := float64(i) * math.Pi / 4
			s.line(fmt.Sprintf("M0 0 L%.4g %.4g", math.Cos(a)*44, math.Sin(a)*44), fill, 5)
		}
		s.dot(0, 0, 14, second)
	case 2: // two hills and a sun
		s.dot(20, -24, 24, second)
		s.shape("M-64 40 C-40 -30 -10 -30 14 40 Z", fill)
		s.shape("M-10 40 C14 -10 40 -10 64 40 Z", fill)
	case 3: // a bird
		s.shape("M-56 10 C-30 -40 20 -44 34 -16 L60 -10 L36 0 C30 40 -20 46 -56 10 Z", fill)
		s.shape("M-30 4 C-16 -20 10 -22 18 -8 C8 18 -14 22 -30 4 Z", second)
		s.dot(26, -16, 4, second)
	case 4: // steps
		for i := range 4 {
			s.rect(-56+float64(i)*29, 36-float64(i)*26, 24, 14+float64(i)*26, 3, fill)
		}
		s.dot(42, -60, 9, second)
	default: // a cup
		s.shape("M-44 -20 L36 -20 C36 24 20 44 -4 44 C-28 44 -44 24 -44 -20 Z", fill)
		s.line("M38 -8 C62 -8 60 22 30 20", fill, 9)
		s.line("M-20 -34 C-28 -46 -12 -50 -20 -62 M6 -34 C-2 -46 14 -50 6 -62", second, 6)
	}
}

func (s *sheet) search() {
	s.rect(110, 60, 580, 62, 31, paper)
	s.ring(152, 88, 14, s.Body, 6)
	s.line("M163 99 L174 110", s.Body, 6)
	s.words(196, 84, 300, 1, 32, s.Ink)
	s.rect(560, 72, 118, 38, 19, s.Spark)
	for i := range 3 {
		y := 150 + float64(i)*92
		s.rect(110, y, 360, 78, 10, paper)
		s.rect(130, y+16, 190, 13, 6.5, []string{s.Spark, s.Body, s.Body}[i])
		s.words(130, y+42, 300, 2, 17, s.Ink)
	}
	s.rect(500, 150, 190, 262, 10, s.Body)
	s.line("M526 370 L560 330 L590 346 L624 270 L664 206", s.Spark, 8)
	s.line("M640 206 L666 204 L664 230", s.Spark, 8)
	s.faint(0.6, func() { s.words(526, 176, 84, 2, 18, paper) })
}

func (s *sheet) report() {
	for i := range 3 {
		x := 80 + float64(i)*226
		s.shadow(x, 80, 196, 340, 4)
		s.rect(x, 80, 196, 340, 4, []string{s.Body, paper, s.Spark}[i])
	}
	s.dot(178, 220, 62, s.Spark)
	s.dot(214, 250, 40, s.Ground)
	s.words(104, 330, 130, 3, 24, paper)
	s.words(330, 106, 150, 4, 19, s.Ink)
	for i, h := range []float64{40, 66, 54, 90} {
		s.rect(330+float64(i)*38, 300-h, 26, h, 3, []string{s.Body, s.Body, s.Body, s.Spark}[i])
	}
	s.words(330, 322, 150, 5, 17, s.Ink)
	s.shape("M532 420 L532 300 C570 270 600 330 640 300 C670 280 700 300 728 284 L728 420 Z", s.Ink)
	s.dot(668, 170, 34, paper)
	s.words(556, 106, 100, 2, 22, s.Ink)
}

func (s *sheet) lesson() {
	s.rect(70, 50, 660, 300, 8, s.Ink)
	s.rect(82, 62, 636, 276, 4, s.Body)
	s.line("M150 270 L230 130 L310 270 Z", paper, 5)
	s.line("M230 130 L230 270", s.Spark, 4)
	s.line("M218 270 L218 258 L230 258", paper, 3)
	s.faint(0.95, func() { s.words(380, 116, 260, 4, 34, paper) })
	s.line("M380 270 C420 240 440 300 480 268 C520 240 540 300 600 262", s.Spark, 5)
	s.rect(70, 350, 660, 16, 0, s.Spark)
	for i := range 5 {
		x := 110 + float64(i)*128
		s.dot(x+34, 420, 26, []string{s.Spark, s.Ink, s.Body, s.Ink, s.Spark}[i])
		s.shape(fmt.Sprintf("M%g 500 C%g 436 %g 436 %g 500 Z", x-8, x-8, x+76, x+76), []string{s.Ink, s.Spark, s.Ink, s.Body, s.Ink}[i])
	}
	s.line("M262 440 L280 388", s.Ink, 13)
}

func (s *sheet) bracket() {
	s.rect(50, 40, 700, 420, 4, paper)
	s.faint(0.14, func() {
		for i := range 14 {
			s.line(fmt.Sprintf("M%d 40 L%[1]d 460 M50 %[2]d L750 %[2]d", 50+i*50, 40+i*32), s.Body, 1)
		}
	})
	s.shape("M200 120 L280 120 L280 290 C280 310 296 320 316 320 L540 320 L540 390 L260 390 C220 390 200 366 200 330 Z", s.Body)
	s.faint(0.3, func() { s.shape("M280 250 L420 320 L316 320 C296 320 280 310 280 290 Z", s.Spark) })
	for _, at := range [][2]float64{{240, 160}, {240, 220}, {440, 355}, {500, 355}} {
		s.dot(at[0], at[1], 15, paper)
		s.line(fmt.Sprintf("M%g %g l44 0 M%g %g l0 44", at[0]-22, at[1], at[0], at[1]-22), s.Spark, 1.6)
	}
	s.line("M200 96 L280 96 M200 88 L200 104 M280 88 L280 104", s.Ink, 2)
	s.line("M160 120 L160 390 M152 120 L168 120 M152 390 L168 390", s.Ink, 2)
	s.line("M200 420 L540 420 M200 412 L200 428 M540 412 L540 428", s.Ink, 2)
	s.line("M254 150 L330 104 L390 104", s.Spark, 2)
	s.words(334, 86, 60, 1, 20, s.Ink)
	s.rect(580, 340, 150, 100, 0, s.Ground)
	s.words(594, 356, 120, 4, 20, s.Ink)
	s.at(640, 170, func() {
		s.shape("M0 -70 L60 -36 L60 34 L0 70 L-60 34 L-60 -36 Z", s.Ground)
		s.shape("M0 0 L60 -36 L60 34 L0 70 Z", s.Body)
		s.shape("M0 0 L-60 -36 L-60 34 L0 70 Z", s.Spark)
	})
}
