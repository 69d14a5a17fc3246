package face

import "fmt"

// Palette are the colours of the demonstration: those of our pages, and what
// goes with them.
var Palette = map[string]string{
	"green": "#14532d", "moss": "#4d7a4a", "sage": "#a9c29b", "mint": "#cfe0cd",
	"gold": "#d9a441", "ochre": "#b97f24", "straw": "#ecd08f",
	"cream": "#f6eedd", "sand": "#e9dcc3", "clay": "#c8694a", "brick": "#9c4631", "rose": "#e4b7a5",
	"sky": "#c3d9dd", "lake": "#5d8f9c", "teal": "#23595e", "night": "#27364a",
	"plum": "#6b3f56", "lilac": "#c8b6cf", "stone": "#8b8578", "ink": "#2b2a28", "white": "#fbf8f1",
}

type skin struct{ base, shade, line, blush string }

var skins = map[string]skin{
	"porcelain": {"#f7dcc9", "#ebc3ab", "#b47a62", "#f0a594"},
	"peach":     {"#f0c8a8", "#dfac89", "#a56a4d", "#e8957d"},
	"honey":     {"#dfae81", "#c99365", "#8d5e3c", "#d58061"},
	"olive":     {"#cfa47b", "#b6895e", "#7d5738", "#c17a5b"},
	"tan":       {"#c08e60", "#a87649", "#6f4829", "#b46a4c"},
	"brown":     {"#9d6b43", "#865733", "#54331d", "#97523a"},
	"umber":     {"#7d4f30", "#683f24", "#3d2413", "#7c4030"},
	"ebony":     {"#5e3a26", "#4b2c1b", "#29160b", "#653126"},
}

type dye struct{ base, shine string }

var dyes = map[string]dye{
	"black": {"#24211f", "#3d3835"}, "espresso": {"#3a271d", "#553b2d"}, "chestnut": {"#693f27", "#86583b"},
	"auburn": {"#8b4527", "#a85f3c"}, "copper": {"#b3622f", "#cb7f4b"}, "blond": {"#cfa557", "#e2c07c"},
	"flax": {"#e2c78d", "#efdcb0"}, "grey": {"#98958c", "#b5b2a9"}, "steel": {"#66686c", "#828589"}, "white": {"#e6e2d8", "#f6f3ec"},
}

const backdrop = `<rect width="256" height="256" fill="{ground}"/>
<circle cx="128" cy="150" r="104" fill="#ffffff" fill-opacity="0.16"/>`

const neck = `<path d="M106 150 L106 190 C106 206 150 206 150 190 L150 150 Z" fill="{shade}"/>`

// The head and all that is on it sits a little lower than it is drawn.
const lower, end = `<g transform="translate(0 12)">`, `</g>`

const ears = `<ellipse cx="83" cy="119" rx="9" ry="13" fill="{skin}"/><ellipse cx="173" cy="119" rx="9" ry="13" fill="{shade}"/>
<path d="M80 113 C76 117 78 124 82 126" stroke="{line}" stroke-opacity="0.45" stroke-width="2" fill="none" stroke-linecap="round"/>
<path d="M176 113 C180 117 178 124 174 126" stroke="{line}" stroke-opacity="0.45" stroke-width="2" fill="none" stroke-linecap="round"/>`

// head is drawn in four curves: half as wide as said, from its top down to the
// chin, with a jaw that is the squarer the larger its two numbers are.
type head struct{ width, top, chin, jaw, square float64 }

var heads = map[string]head{
	"oval":   {44, 58, 168, 36, 24},
	"round":  {47, 60, 166, 42, 30},
	"square": {44, 58, 168, 50, 34},
	"long":   {42, 54, 174, 42, 22},
	"heart":  {45, 58, 169, 30, 18},
}

func (h head) skin() string {
	l, r := 128-h.width, 128+h.width
	cheek, chin := 106+h.jaw, h.chin
	return fmt.Sprintf(`<path d="M%[1]g 106 C%[1]g %[3]g %[4]g %[5]g 128 %[5]g C%[6]g %[5]g %[2]g %[3]g %[2]g 106 C%[2]g %[7]g %[8]g %[9]g 128 %[9]g C%[10]g %[9]g %[1]g %[7]g %[1]g 106 Z" fill="{skin}"/>`,
		l, r, h.top+16, 128-h.width*0.56, h.top, 128+h.width*0.56, cheek, 128+h.square, chin, 128-h.square) +
		fmt.Sprintf(`<path d="M%[1]g 106 C%[1]g %[2]g %[3]g %[4]g 128 %[4]g C%[5]g %[6]g %[7]g %[8]g %[9]g 112 C%[9]g 104 %[10]g 100 %[1]g 106 Z" fill="{shade}" fill-opacity="0.75"/>`,
			r, cheek, 128+h.square, chin, 128+h.square*0.86, chin-7, r-15, cheek-4, r-11, r-4) +
		`<ellipse cx="101" cy="137" rx="11" ry="7" fill="{blush}" fill-opacity="0.42"/><ellipse cx="155" cy="137" rx="11" ry="7" fill="{blush}" fill-opacity="0.42"/>`
}

// beard is the line of the jaw from one ear to the other, a little outside.
func (h head) beard() string {
	l, r := 128-h.width-1, 128+h.width+1
	cheek, chin := 106+h.jaw+2, h.chin+4
	return fmt.Sprintf("M%g 112 C%g %g %g %g 128 %g C%g %g %g %g %g 112", l, l, cheek, 128-h.square-2, chin, chin, 128+h.square+2, chin, r, cheek, r)
}

var eyes = map[string]string{
	"open": `<ellipse cx="109" cy="117" rx="4.6" ry="5.8" fill="#231d1a"/><ellipse cx="147" cy="117" rx="4.6" ry="5.8" fill="#231d1a"/>
<circle cx="110.8" cy="114.8" r="1.5" fill="#fff"/><circle cx="148.8" cy="114.8" r="1.5" fill="#fff"/>`,
	"round": `<ellipse cx="109" cy="117" rx="8" ry="6.8" fill="#fffdf8"/><ellipse cx="147" cy="117" rx="8" ry="6.8" fill="#fffdf8"/>
<circle cx="110" cy="117.4" r="4.8" fill="#33231a"/><circle cx="148" cy="117.4" r="4.8" fill="#33231a"/><circle cx="111.6" cy="115.6" r="1.5" fill="#fff"/><circle cx="149.6" cy="115.6" r="1.5" fill="#fff"/>
<path d="M100 114 C103 109 114 108.5 118 113.5" stroke="#2b211c" stroke-width="2.6" fill="none" stroke-linecap="round"/><path d="M138 113.5 C142 108.5 153 109 156 114" stroke="#2b211c" stroke-width="2.6" fill="none" stroke-linecap="round"/>`,
	"light": `<ellipse cx="109" cy="117" rx="8" ry="6.6" fill="#fffdf8"/><ellipse cx="147" cy="117" rx="8" ry="6.6" fill="#fffdf8"/>
<circle cx="110" cy="117.2" r="4.8" fill="#5f8596"/><circle cx="148" cy="117.2" r="4.8" fill="#5f8596"/><circle cx="110" cy="117.2" r="2.4" fill="#1f2a30"/><circle cx="148" cy="117.2" r="2.4" fill="#1f2a30"/><circle cx="111.6" cy="115.4" r="1.4" fill="#fff"/><circle cx="149.6" cy="115.4" r="1.4" fill="#fff"/>
<path d="M100 114 C103 109 114 108.5 118 113.5" stroke="#4a372d" stroke-width="2.4" fill="none" stroke-linecap="round"/><path d="M138 113.5 C142 108.5 153 109 156 114" stroke="#4a372d" stroke-width="2.4" fill="none" stroke-linecap="round"/>`,
	"narrow": `<path d="M100 117 C104 112 114 111.5 118 115.5 C114 120.5 104 121 100 117 Z" fill="#fffdf8"/><path d="M138 115.5 C142 111.5 152 112 156 117 C152 121 142 120.5 138 115.5 Z" fill="#fffdf8"/>
<circle cx="109.5" cy="116.2" r="4" fill="#2a1d16"/><circle cx="147" cy="116.2" r="4" fill="#2a1d16"/><circle cx="111" cy="114.8" r="1.2" fill="#fff"/><circle cx="148.5" cy="114.8" r="1.2" fill="#fff"/>
<path d="M99 116.5 C104 111 114 110.5 118.5 115" stroke="#2b211c" stroke-width="2.6" fill="none" stroke-linecap="round"/><path d="M137.5 115 C142 110.5 152 111 157 116.5" stroke="#2b211c" stroke-width="2.6" fill="none" stroke-linecap="round"/>`,
	"laughing": `<path d="M101 119 C104 112.5 114 112.5 117 119" stroke="#2b211c" stroke-width="3.2" fill="none" stroke-linecap="round"/><path d="M139 119 C142 112.5 152 112.5 155 119" stroke="#2b211c" stroke-width="3.2" fill="none" stroke-linecap="round"/>`,
	"lashes": `<ellipse cx="109" cy="117.5" rx="7.6" ry="6.4" fill="#fffdf8"/><ellipse cx="147" cy="117.5" rx="7.6" ry="6.4" fill="#fffdf8"/>
<circle cx="109.6" cy="117.6" r="4.7" fill="#2c1e17"/><circle cx="147.6" cy="117.6" r="4.7" fill="#2c1e17"/><circle cx="111.2" cy="115.8" r="1.5" fill="#fff"/><circle cx="149.2" cy="115.8" r="1.5" fill="#fff"/>
<path d="M98 112 L101 115 C104 109.5 114 109.5 117 114.5" stroke="#221a16" stroke-width="2.8" fill="none" stroke-linecap="round"/><path d="M158 112 L155 115 C152 109.5 142 109.5 139 114.5" stroke="#221a16" stroke-width="2.8" fill="none" stroke-linecap="round"/>`,
	"tired": `<ellipse cx="109" cy="118" rx="4.6" ry="5" fill="#231d1a"/><ellipse cx="147" cy="118" rx="4.6" ry="5" fill="#231d1a"/><circle cx="110.6" cy="116.2" r="1.3" fill="#fff"/><circle cx="148.6" cy="116.2" r="1.3" fill="#fff"/>
<path d="M101 114 C105 111.5 113 111.5 117 114" stroke="{line}" stroke-width="2.4" fill="none" stroke-linecap="round"/><path d="M139 114 C143 111.5 151 111.5 155 114" stroke="{line}" stroke-width="2.4" fill="none" stroke-linecap="round"/>
<path d="M103 126 C106 128.5 112 128.5 115 126" stroke="{line}" stroke-opacity="0.5" stroke-width="1.8" fill="none" stroke-linecap="round"/><path d="M141 126 C144 128.5 150 128.5 153 126" stroke="{line}" stroke-opacity="0.5" stroke-width="1.8" fill="none" stroke-linecap="round"/>`,
}

var brows = map[string]string{
	"soft":   `<path d="M99 103 C104 98.5 113 98.5 118 102" stroke="{hair}" stroke-width="4" fill="none" stroke-linecap="round"/><path d="M138 102 C143 98.5 152 98.5 157 103" stroke="{hair}" stroke-width="4" fill="none" stroke-linecap="round"/>`,
	"thick":  `<path d="M97 104 C103 98 113 98 119 102" stroke="{hair}" stroke-width="6.4" fill="none" stroke-linecap="round"/><path d="M137 102 C143 98 153 98 159 104" stroke="{hair}" stroke-width="6.4" fill="none" stroke-linecap="round"/>`,
	"thin":   `<path d="M99 102 C104 97 113 97 118 101" stroke="{hair}" stroke-width="2.6" fill="none" stroke-linecap="round"/><path d="M138 101 C143 97 152 97 157 102" stroke="{hair}" stroke-width="2.6" fill="none" stroke-linecap="round"/>`,
	"raised": `<path d="M98 99 C103 93 113 92.5 118 97" stroke="{hair}" stroke-width="4" fill="none" stroke-linecap="round"/><path d="M138 100 C143 97.5 152 98 157 102" stroke="{hair}" stroke-width="4" fill="none" stroke-linecap="round"/>`,
	"flat":   `<path d="M98 102 L118 101.5" stroke="{hair}" stroke-width="5" fill="none" stroke-linecap="round"/><path d="M138 101.5 L158 102" stroke="{hair}" stroke-width="5" fill="none" stroke-linecap="round"/>`,
	"none":   ``,
}

var noses = map[string]string{
	"soft":   `<path d="M131 122 C133 128 136 132 134 135 C132 137.5 126 137.5 123 135.5" stroke="{line}" stroke-opacity="0.75" stroke-width="2.8" fill="none" stroke-linecap="round"/>`,
	"broad":  `<path d="M117 134 C115 138 120 140.5 124 138.5 C126.500 140.500 130 140.5 132 138.5 C136 140.5 141 138 139 134" stroke="{line}" stroke-opacity="0.8" stroke-width="2.8" fill="none" stroke-linecap="round"/>`,
	"long":   `<path d="M131 108 C133 120 139 131 136 136 C133.500 139 126 138.5 122 136.5" stroke="{line}" stroke-opacity="0.75" stroke-width="2.8" fill="none" stroke-linecap="round"/>`,
	"button": `<path d="M121 133 C123 138 133 138 135 133" stroke="{line}" stroke-opacity="0.75" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	"solid":  `<path d="M128 110 C130 120 137 129 137 134 C136 139 121 139 119 135 C121 132 126 122 128 110 Z" fill="{shade}"/>`,
}

var mouths = map[string]string{
	"smile":  `<path d="M112 147 C118 155.500 138 155.500 144 147" stroke="{line}" stroke-width="3.6" fill="none" stroke-linecap="round"/>`,
	"small":  `<path d="M119 150 C123 154 133 154 137 150" stroke="{line}" stroke-width="3.6" fill="none" stroke-linecap="round"/>`,
	"open":   `<path d="M110 145.500 C118 148 138 148 146 145.500 C145 156 138 161 128 161 C118 161 111 156 110 145.500 Z" fill="#6e2a22"/><path d="M113 147 C120 149 136 149 143 147 C142 151 114 151 113 147 Z" fill="#fffdf8"/><path d="M118 157 C122 154 134 154 138 157 C134 161 122 161 118 157 Z" fill="#c9655a"/>`,
	"teeth":  `<path d="M111 146 C119 149 137 149 145 146 C142 156 114 156 111 146 Z" fill="#fffdf8"/><path d="M110 145.500 C118 149 138 149 146 145.500" stroke="{line}" stroke-width="2.6" fill="none" stroke-linecap="round"/><path d="M113 150.500 C119 157 137 157 143 150.500" stroke="{line}" stroke-width="2.6" fill="none" stroke-linecap="round"/>`,
	"lips":   `<path d="M113 148 C118 145 123 144.500 128 146.500 C133 144.500 138 145 143 148 C138 156 118 156 113 148 Z" fill="#b4514a"/><path d="M113 148 C121 150 135 150 143 148" stroke="#7d2f2c" stroke-width="1.8" fill="none" stroke-linecap="round"/>`,
	"smirk":  `<path d="M114 150 C122 154 135 153 143 146" stroke="{line}" stroke-width="3.6" fill="none" stroke-linecap="round"/><path d="M145 144 C147 146 147 148 146 150" stroke="{line}" stroke-width="2.4" fill="none" stroke-linecap="round"/>`,
	"serene": `<path d="M115 149 C120 152 136 152 141 149" stroke="{line}" stroke-width="3.6" fill="none" stroke-linecap="round"/><path d="M122 157 C126 158.500 130 158.500 134 157" stroke="{line}" stroke-opacity="0.5" stroke-width="2.4" fill="none" stroke-linecap="round"/>`,
}

var beards = map[string]string{
	"none":      ``,
	"full":      `<path d="{jaw} C170 128 160 136 150 137 C140 134 116 134 106 137 C96 136 86 128 84 112 Z" fill="{hair}"/><path d="M111 146 C118 140 138 140 145 146 C142 157 114 157 111 146 Z" fill="{skin}"/><path d="M106 141 C114 136 142 136 150 141 C142 141.500 134 140.500 128 143 C122 140.500 114 141.500 106 141 Z" fill="{shine}"/>`,
	"short":     `<path d="{jaw} C170 130 161 144 152 146 C146 139 110 139 104 146 C95 144 86 130 84 112 Z" fill="{hair}" fill-opacity="0.82"/><path d="M111 146 C117 142 139 142 145 146 C142 156 114 156 111 146 Z" fill="{skin}"/>`,
	"stubble":   `<path d="{jaw} C170 130 161 142 152 144 C146 138 110 138 104 144 C95 142 86 130 84 112 Z" fill="{hair}" fill-opacity="0.26"/>`,
	"goatee":    `<path d="M112 143 C118 138 138 138 144 143 C148 158 140 174 128 174 C116 174 108 158 112 143 Z" fill="{hair}"/><path d="M114 146.500 C119 143 137 143 142 146.500 C139 155 117 155 114 146.500 Z" fill="{skin}"/>`,
	"moustache": `<path d="M128 140 C120 136 108 139 104 148 C112 149 122 148 128 144 C134 148 144 149 152 148 C148 139 136 136 128 140 Z" fill="{hair}"/>`,
	"handlebar": `<path d="M128 140 C121 136 112 138 107 143 C104 146 100 145 99 142 C98 150 108 152 114 149 C120 148 125 147 128 144 C131 147 136 148 142 149 C148 152 158 150 157 142 C156 145 152 146 149 143 C144 138 135 136 128 140 Z" fill="{hair}"/>`,
}

var glasses = map[string]string{
	"none":   ``,
	"round":  `<circle cx="109" cy="117" r="14.500" fill="#ffffff" fill-opacity="0.18" stroke="#33302c" stroke-width="3"/><circle cx="147" cy="117" r="14.500" fill="#ffffff" fill-opacity="0.18" stroke="#33302c" stroke-width="3"/><path d="M123.500 115 C126 112.500 130 112.500 132.500 115 M94.500 115 L85 112 M161.500 115 L171 112" stroke="#33302c" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	"gold":   `<circle cx="109" cy="117" r="14" fill="#ffffff" fill-opacity="0.16" stroke="#b98a2f" stroke-width="2.4"/><circle cx="147" cy="117" r="14" fill="#ffffff" fill-opacity="0.16" stroke="#b98a2f" stroke-width="2.4"/><path d="M123 115 C126 112.500 130 112.500 133 115 M95 115 L85 112 M161 115 L171 112" stroke="#b98a2f" stroke-width="2.4" fill="none" stroke-linecap="round"/>`,
	"square": `<path d="M94 108 L123 108 L122 124 C121 129 97 129 95 124 Z" fill="#ffffff" fill-opacity="0.18" stroke="#2a2724" stroke-width="3.600" stroke-linejoin="round"/><path d="M133 108 L162 108 L161 124 C159 129 135 129 134 124 Z" fill="#ffffff" fill-opacity="0.18" stroke="#2a2724" stroke-width="3.600" stroke-linejoin="round"/><path d="M122.500 113 C126 110.500 130 110.500 133.500 113 M94 110 L85 112 M162 110 L171 112" stroke="#2a2724" stroke-width="3.200" fill="none" stroke-linecap="round"/>`,
	"cat":    `<path d="M92 106 C102 107 114 107 123 110 C124 122 118 129 109 129 C99 129 95 121 92 106 Z" fill="#ffffff" fill-opacity="0.2" stroke="{trim}" stroke-width="3.400" stroke-linejoin="round"/><path d="M164 106 C154 107 142 107 133 110 C132 122 138 129 147 129 C157 129 161 121 164 106 Z" fill="#ffffff" fill-opacity="0.2" stroke="{trim}" stroke-width="3.400" stroke-linejoin="round"/><path d="M123 113 C126 111 130 111 133 113" stroke="{trim}" stroke-width="3" fill="none"/>`,
	"half":   `<path d="M96 121 L121 121 C121 129 117 133 108.500 133 C100 133 96 129 96 121 Z" fill="#ffffff" fill-opacity="0.25" stroke="#7a5a2a" stroke-width="2.400"/><path d="M135 121 L160 121 C160 129 156 133 147.500 133 C139 133 135 129 135 121 Z" fill="#ffffff" fill-opacity="0.25" stroke="#7a5a2a" stroke-width="2.400"/><path d="M121 122 C125 119 131 119 135 122 M96 122 L84 115 M160 122 L172 115" stroke="#7a5a2a" stroke-width="2.200" fill="none"/>`,
}

var extras = map[string]string{
	"freckles":  `<g fill="{line}" fill-opacity="0.5"><circle cx="99" cy="131" r="1.5"/><circle cx="105" cy="134" r="1.5"/><circle cx="111" cy="131" r="1.5"/><circle cx="102" cy="138" r="1.3"/><circle cx="145" cy="131" r="1.5"/><circle cx="151" cy="134" r="1.5"/><circle cx="157" cy="131" r="1.5"/><circle cx="154" cy="138" r="1.3"/><circle cx="124" cy="129" r="1.3"/><circle cx="133" cy="129" r="1.300"/></g>`,
	"studs":     `<circle cx="81" cy="131" r="3.200" fill="{trim}"/><circle cx="175" cy="131" r="3.200" fill="{trim}"/>`,
	"hoops":     `<circle cx="80" cy="139" r="8" fill="none" stroke="{trim}" stroke-width="2.800"/><circle cx="176" cy="139" r="8" fill="none" stroke="{trim}" stroke-width="2.800"/>`,
	"drops":     `<path d="M81 131 L81 137" stroke="{trim}" stroke-width="2"/><circle cx="81" cy="142" r="5" fill="{trim}"/><path d="M175 131 L175 137" stroke="{trim}" stroke-width="2"/><circle cx="175" cy="142" r="5" fill="{trim}"/>`,
	"laughter":  `<path d="M104 140 C101 146 102 151 105 155 M152 140 C155 146 154 151 151 155" stroke="{line}" stroke-opacity="0.5" stroke-width="2.200" fill="none" stroke-linecap="round"/>`,
	"crowsfeet": `<path d="M92 113 L87 110 M92 118 L86 118 M164 113 L169 110 M164 118 L170 118" stroke="{line}" stroke-opacity="0.55" stroke-width="2" fill="none" stroke-linecap="round"/>`,
	"forehead":  `<path d="M110 86 C118 83 138 83 146 86 M114 92 C122 90 134 90 142 92" stroke="{line}" stroke-opacity="0.35" stroke-width="2" fill="none" stroke-linecap="round"/>`,
	"mole":      `<circle cx="146" cy="141" r="1.9" fill="#3a241a"/>`,
	"bindi":     `<circle cx="128" cy="97" r="3" fill="#a3312a"/>`,
	"dimples":   `<path d="M106 147 C104 149 104 152 105 153 M150 147 C152 149 152 152 151 153" stroke="{line}" stroke-opacity="0.6" stroke-width="2.200" fill="none" stroke-linecap="round"/>`,
}
