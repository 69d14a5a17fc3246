package face

var clothes = map[string]string{
	"crew":       body + `<path d="M104 190 C110 208 146 208 152 190 L158 192 C150 217 106 217 98 192 Z" fill="#000000" fill-opacity="0.16"/>`,
	"vneck":      body + `<path d="M106 188 L128 226 L150 188 Z" fill="{skin}"/><path d="M128 226 L150 188 L142 190 L124 219 Z" fill="{shade}"/><path d="M100 191 L106 188 L128 224 L150 188 L156 191 L128 236 Z" fill="#000000" fill-opacity="0.2"/>`,
	"shirt":      body + `<path d="M106 186 L128 214 L150 186 L150 200 L128 222 L106 200 Z" fill="{shade}"/><path d="M103 186 L128 213 L110 232 L92 195 Z" fill="{trim}"/><path d="M153 186 L128 213 L146 232 L164 195 Z" fill="{trim}"/><path d="M128 214 L128 256" stroke="#000000" stroke-opacity="0.22" stroke-width="2.400"/><circle cx="133" cy="232" r="2.200" fill="{trim}"/><circle cx="133" cy="248" r="2.200" fill="{trim}"/>`,
	"turtleneck": body + `<path d="M101 170 C112 180 144 180 155 170 L160 197 C150 210 106 210 96 197 Z" fill="{dress}"/><path d="M101 170 C112 180 144 180 155 170 L156 177 C144 187 112 187 100 177 Z" fill="#ffffff" fill-opacity="0.18"/><path d="M97 199 C108 211 148 211 159 199" stroke="#000000" stroke-opacity="0.2" stroke-width="2.600" fill="none"/>`,
	"blazer": body + `<path d="M104 188 L128 250 L152 188 Z" fill="{trim}"/><path d="M104 188 L128 212 L116 224 Z" fill="#ffffff" fill-opacity="0.55"/><path d="M152 188 L128 212 L140 224 Z" fill="#ffffff" fill-opacity="0.55"/>` +
		`<path d="M102 188 L128 256 L96 256 L84 226 L94 218 L86 210 L94 193 Z" fill="#000000" fill-opacity="0.18"/><path d="M154 188 L128 256 L160 256 L172 226 L162 218 L170 210 L162 193 Z" fill="#000000" fill-opacity="0.18"/>`,
	"hoodie": `<path d="M78 214 C70 176 92 164 128 164 C164 164 186 176 178 214 Z" fill="{dress}"/><path d="M78 214 C70 176 92 164 128 164 C164 164 186 176 178 214 Z" fill="#000000" fill-opacity="0.22"/><path d="M106 150 L106 190 C106 206 150 206 150 190 L150 150 Z" fill="{shade}"/>` +
		body + `<path d="M84 196 C96 214 118 222 128 236 C138 222 160 214 172 196 C164 206 146 206 128 206 C110 206 92 206 84 196 Z" fill="#000000" fill-opacity="0.16"/><path d="M116 218 L113 244 M140 218 L143 244" stroke="{trim}" stroke-width="3.200" stroke-linecap="round"/>`,
	"cardigan":  body + `<path d="M100 190 L120 256 L136 256 L156 190 C150 206 106 206 100 190 Z" fill="{trim}"/><path d="M100 190 L120 256 L112 256 L92 194 Z" fill="#000000" fill-opacity="0.18"/><path d="M156 190 L136 256 L144 256 L164 194 Z" fill="#000000" fill-opacity="0.18"/><path d="M106 190 C112 203 144 203 150 190" stroke="#000000" stroke-opacity="0.18" stroke-width="3" fill="none"/>`,
	"dungarees": `<path d="M20 256 C22 216 58 201 104 190 C112 205 144 205 152 190 C198 201 234 216 236 256 Z" fill="{trim}"/><path d="M104 190 C111 208 145 208 152 190 L157 192 C148 215 108 215 99 192 Z" fill="#000000" fill-opacity="0.12"/><path d="M78 198 L92 194 L102 256 L86 256 Z" fill="{dress}"/><path d="M178 198 L164 194 L154 256 L170 256 Z" fill="{dress}"/><path d="M84 234 L172 234 L176 256 L80 256 Z" fill="{dress}"/><circle cx="97" cy="240" r="4" fill="#d9a441"/><circle cx="159" cy="240" r="4" fill="#d9a441"/>`,
	"apron":     body + `<path d="M104 190 C110 208 146 208 152 190 L158 192 C150 217 106 217 98 192 Z" fill="#000000" fill-opacity="0.16"/><path d="M92 195 L100 192 L108 226 L148 226 L156 192 L164 195 L160 256 L96 256 Z" fill="{trim}"/><path d="M108 226 L148 226 L149 231 L107 231 Z" fill="#000000" fill-opacity="0.12"/>`,
	"kurta":     body + `<path d="M104 184 C112 196 144 196 152 184 L156 194 C148 208 108 208 100 194 Z" fill="{trim}"/><path d="M122 204 L134 204 L134 256 L122 256 Z" fill="{trim}"/><path d="M128 214 L128 250" stroke="{dress}" stroke-width="2.400" stroke-dasharray="3 6" stroke-linecap="round"/>`,
	"stripes":   `<path d="M20 256 C22 216 58 201 104 190 C112 204 144 204 152 190 C198 201 234 216 236 256 Z" fill="{trim}"/><path d="M62 206 C96 218 160 218 194 206 L206 211 C166 226 90 226 50 211 Z M38 219 C90 236 166 236 218 219 L225 226 C170 245 86 245 31 226 Z M26 234 C84 254 172 254 230 234 L234 244 C222 249 210 253 198 256 L58 256 C46 253 34 249 22 244 Z" fill="{dress}"/><path d="M104 190 C110 207 146 207 152 190 L157 192 C149 214 107 214 99 192 Z" fill="#000000" fill-opacity="0.14"/>`,
	"dots":      body + `<g fill="{trim}"><circle cx="60" cy="226" r="4.600"/><circle cx="84" cy="214" r="4.600"/><circle cx="44" cy="248" r="4.600"/><circle cx="76" cy="242" r="4.600"/><circle cx="106" cy="232" r="4.600"/><circle cx="128" cy="250" r="4.600"/><circle cx="150" cy="232" r="4.600"/><circle cx="172" cy="214" r="4.600"/><circle cx="180" cy="242" r="4.600"/><circle cx="196" cy="226" r="4.600"/><circle cx="212" cy="248" r="4.600"/><circle cx="100" cy="254" r="4.600"/><circle cx="156" cy="254" r="4.600"/></g><path d="M106 188 C112 214 144 214 150 188 Z" fill="{skin}"/><path d="M128 207 C140 206 147 200 150 188 L143 190 C141 199 136 204 128 207 Z" fill="{shade}"/>`,
	"scarf":     body + `<path d="M94 176 C110 190 146 190 162 176 C172 186 172 200 164 206 C146 218 110 218 92 206 C84 200 84 186 94 176 Z" fill="{trim}"/><path d="M146 204 C156 216 160 236 158 256 L132 256 C134 236 132 218 126 208 Z" fill="{trim}"/><path d="M94 190 C112 204 144 204 164 190 M96 201 C112 211 142 211 160 201" stroke="#000000" stroke-opacity="0.14" stroke-width="3" fill="none" stroke-linecap="round"/><path d="M146 204 C156 216 160 236 158 256 L148 256 C150 236 146 216 138 207 Z" fill="#000000" fill-opacity="0.12"/>`,
	"wrap":      `<path d="M20 256 C22 214 58 201 98 192 L128 240 L158 192 C198 201 234 214 236 256 Z" fill="{dress}"/><path d="M100 191 L106 188 L150 188 L156 191 L128 236 Z" fill="{skin}"/><path d="M150 188 L156 191 L128 236 L124 229 Z" fill="{shade}"/><path d="M158 192 L120 256 L98 256 L150 196 Z" fill="#000000" fill-opacity="0.14"/><path d="M98 192 L136 256" stroke="{trim}" stroke-width="5"/>`,
}

const body = `<path d="M20 256 C22 216 58 201 104 190 C112 204 144 204 152 190 C198 201 234 216 236 256 Z" fill="{dress}"/>` +
	`<path d="M194 206 C222 216 235 232 236 256 L184 256 C192 240 196 224 194 206 Z" fill="#000000" fill-opacity="0.12"/>`

// layers are what lies behind the head, and before it.
type layers struct{ back, front string }

const (
	crown   = `M83 112 C77 68 100 46 128 46 C156 46 179 68 173 112` // the outline of hair over the skull
	pulled  = `<path d="M83 110 C79 68 103 48 128 48 C153 48 177 68 173 110 C169 88 152 69 128 67 C104 69 87 88 83 110 Z" fill="{hair}"/><path d="M92 88 C98 70 112 58 128 57 M164 88 C158 70 144 58 128 57" stroke="{shine}" stroke-width="2.600" fill="none" stroke-linecap="round"/>`
	centred = `<path d="M128 61 C108 62 92 80 84 114 C76 82 92 45 128 45 C164 45 180 82 172 114 C164 80 148 62 128 61 Z" fill="{hair}"/><path d="M94 82 C100 66 112 56 122 53 M162 82 C156 66 144 56 134 53" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`
)

var hairs = map[string]layers{
	"bald":     {},
	"crop":     {front: `<path d="` + crown + ` C172 100 168 91 162 85 C148 78 108 78 94 85 C88 91 84 100 83 112 Z" fill="{hair}"/><path d="M98 68 C108 58 128 54 146 60" stroke="{shine}" stroke-width="4" fill="none" stroke-linecap="round"/>`},
	"side":     {front: `<path d="M82 114 C75 66 102 42 136 45 C166 48 181 76 174 114 C173 100 167 90 159 83 C140 86 114 80 105 66 C100 84 87 94 82 114 Z" fill="{hair}"/><path d="M112 58 C126 66 146 68 160 66 M120 51 C136 56 152 57 164 62" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`},
	"quiff":    {front: `<path d="M83 112 C79 92 82 76 91 66 C96 42 134 28 162 46 C178 58 178 88 173 112 C172 100 168 91 162 85 C150 80 110 86 95 79 C89 90 85 98 83 112 Z" fill="{hair}"/><path d="M100 66 C112 50 138 42 158 52 M104 74 C120 60 146 58 164 68" stroke="{shine}" stroke-width="3.400" fill="none" stroke-linecap="round"/>`},
	"buzz":     {front: `<path d="M84 108 C80 72 102 53 128 53 C154 53 176 72 172 108 C170 96 166 88 160 84 C146 77 110 77 96 84 C90 88 86 96 84 108 Z" fill="{hair}" fill-opacity="0.82"/>`},
	"receding": {front: `<path d="M83 116 C77 88 86 70 102 60 C98 74 95 86 93 98 C89 104 85 108 83 116 Z" fill="{hair}"/><path d="M173 116 C179 88 170 70 154 60 C160 74 163 86 164 98 C167 104 171 108 173 116 Z" fill="{hair}"/><path d="M98 64 C108 49 148 49 158 64 C146 69 110 69 98 64 Z" fill="{hair}"/>`},
	"wreath":   {front: `<path d="M82 120 C76 100 80 86 88 78 C90 88 90 98 90 106 C88 110 84 114 82 120 Z" fill="{hair}"/><path d="M174 120 C180 100 176 86 168 78 C166 88 166 98 166 106 C168 110 172 114 174 120 Z" fill="{hair}"/><path d="M104 66 C112 61 122 60 130 61" stroke="#ffffff" stroke-opacity="0.35" stroke-width="4" fill="none" stroke-linecap="round"/>`},
	"mop":      {front: `<path d="M80 120 C72 66 98 43 128 43 C158 43 184 66 176 120 C174 110 172 102 169 96 L160 101 L151 93 L139 101 L127 92 L115 101 L104 93 L94 101 L87 96 C84 102 82 110 80 120 Z" fill="{hair}"/><path d="M98 70 C108 56 130 51 150 57 M104 82 C110 74 118 68 126 66" stroke="{shine}" stroke-width="3.400" fill="none" stroke-linecap="round"/>`},
	"curls": {
		back:  `<g fill="{hair}"><circle cx="84" cy="92" r="17"/><circle cx="172" cy="92" r="17"/><circle cx="92" cy="68" r="18"/><circle cx="164" cy="68" r="18"/><circle cx="112" cy="52" r="18"/><circle cx="144" cy="52" r="18"/><circle cx="82" cy="112" r="11"/><circle cx="174" cy="112" r="11"/></g>`,
		front: `<g fill="{hair}"><circle cx="92" cy="82" r="13"/><circle cx="106" cy="70" r="15"/><circle cx="124" cy="64" r="14"/><circle cx="142" cy="66" r="14"/><circle cx="157" cy="74" r="13"/><circle cx="167" cy="87" r="10"/><circle cx="86" cy="96" r="8"/></g><g fill="none" stroke="{shine}" stroke-width="2.600" stroke-linecap="round"><path d="M100 68 C102 61 111 61 112 68"/><path d="M119 60 C121 53 130 53 131 60"/><path d="M139 62 C141 56 149 56 150 63"/><path d="M88 82 C89 76 96 76 97 81"/></g>`,
	},
	"ringlets": {
		back:  `<g fill="{hair}"><circle cx="82" cy="92" r="20"/><circle cx="174" cy="92" r="20"/><circle cx="94" cy="64" r="21"/><circle cx="162" cy="64" r="21"/><circle cx="128" cy="52" r="22"/><circle cx="74" cy="118" r="18"/><circle cx="182" cy="118" r="18"/><circle cx="72" cy="144" r="17"/><circle cx="184" cy="144" r="17"/><circle cx="76" cy="168" r="15"/><circle cx="180" cy="168" r="15"/><circle cx="86" cy="184" r="12"/><circle cx="170" cy="184" r="12"/></g>`,
		front: `<g fill="{hair}"><circle cx="94" cy="78" r="14"/><circle cx="110" cy="66" r="15"/><circle cx="128" cy="62" r="13"/><circle cx="146" cy="66" r="15"/><circle cx="162" cy="78" r="14"/><circle cx="84" cy="96" r="10"/><circle cx="172" cy="96" r="10"/></g><g fill="none" stroke="{shine}" stroke-width="2.600" stroke-linecap="round"><path d="M104 62 C107 55 116 57 116 64"/><path d="M141 60 C144 54 152 56 152 64"/><path d="M68 118 C69 110 79 110 79 118"/><path d="M178 118 C179 110 189 110 189 118"/><path d="M66 146 C67 139 77 139 77 146"/><path d="M179 146 C180 139 190 139 190 146"/></g>`,
	},
	"afro": {
		back:  `<g fill="{hair}"><circle cx="128" cy="88" r="70"/><circle cx="70" cy="110" r="22"/><circle cx="186" cy="110" r="22"/><circle cx="86" cy="48" r="24"/><circle cx="170" cy="48" r="24"/><circle cx="128" cy="30" r="24"/></g>`,
		front: `<path d="M84 110 C82 82 100 73 128 73 C156 73 174 82 172 110 C182 80 170 52 128 50 C86 52 74 80 84 110 Z" fill="{hair}"/><g fill="none" stroke="{shine}" stroke-width="3" stroke-linecap="round"><path d="M84 46 C88 38 96 33 104 30"/><path d="M70 74 C71 66 74 60 78 55"/><path d="M120 22 C128 20 136 20 144 22"/></g>`,
	},
	"coils": {
		back:  `<g fill="{hair}"><path d="M78 110 C66 70 92 38 128 38 C164 38 190 70 178 110 Z"/><circle cx="80" cy="84" r="12"/><circle cx="90" cy="62" r="13"/><circle cx="108" cy="47" r="13"/><circle cx="130" cy="41" r="13"/><circle cx="152" cy="48" r="13"/><circle cx="168" cy="64" r="13"/><circle cx="177" cy="86" r="12"/></g>`,
		front: `<path d="M84 108 C83 84 102 75 128 75 C154 75 173 84 172 108 C180 82 168 56 128 54 C88 56 76 82 84 108 Z" fill="{hair}"/><g fill="{shine}"><circle cx="104" cy="56" r="2.400"/><circle cx="122" cy="49" r="2.400"/><circle cx="140" cy="50" r="2.400"/><circle cx="156" cy="60" r="2.400"/><circle cx="92" cy="70" r="2.400"/></g>`,
	},
	"bob": {
		back:  `<path d="M71 114 C66 62 98 41 128 41 C158 41 190 62 185 114 C189 136 190 158 182 176 C164 182 92 182 74 176 C66 158 67 136 71 114 Z" fill="{hair}"/>`,
		front: `<path d="M128 61 C106 62 92 84 86 122 C84 140 82 156 78 166 C70 140 70 108 78 82 C86 56 106 45 128 45 C150 45 170 56 178 82 C186 108 186 140 178 166 C174 156 172 140 170 122 C164 84 150 62 128 61 Z" fill="{hair}"/><path d="M92 82 C99 66 111 56 121 53 M164 82 C157 66 145 56 135 53" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	},
	"fringe": {
		back:  `<path d="M72 114 C66 62 98 41 128 41 C158 41 190 62 184 114 C188 136 188 154 180 170 C164 176 92 176 76 170 C68 154 68 136 72 114 Z" fill="{hair}"/>`,
		front: `<path d="M80 128 C70 66 98 43 128 43 C158 43 186 66 176 128 C174 116 172 104 168 95 C150 101 106 101 88 95 C84 104 82 116 80 128 Z" fill="{hair}"/><path d="M100 90 C102 76 108 64 116 58 M122 93 C122 80 124 68 128 60 M146 92 C146 80 143 68 138 60" stroke="{shine}" stroke-width="2.600" fill="none" stroke-linecap="round"/>`,
	},
	"long": {
		back:  `<path d="M73 112 C67 62 98 41 128 41 C158 41 189 62 183 112 C188 152 192 192 188 222 C166 214 90 214 68 222 C64 192 68 152 73 112 Z" fill="{hair}"/>`,
		front: centred,
	},
	"wavy": {
		back:  `<path d="M74 110 C66 60 98 41 128 41 C158 41 190 60 182 110 C194 126 178 140 188 156 C198 172 184 184 192 204 C176 222 160 210 150 206 L106 206 C96 210 80 222 64 204 C72 184 58 172 68 156 C78 140 62 126 74 110 Z" fill="{hair}"/>`,
		front: `<path d="M82 118 C74 64 104 42 138 46 C166 49 182 78 174 118 C172 102 165 90 156 82 C138 86 116 80 108 66 C104 86 88 96 82 118 Z" fill="{hair}"/><path d="M114 58 C128 66 146 66 160 68 M122 51 C138 55 152 57 163 63" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/><path d="M70 158 C76 146 66 136 74 122 M186 158 C180 146 190 136 182 122" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	},
	"bun": {
		back:  `<circle cx="128" cy="35" r="21" fill="{hair}"/><path d="M114 32 C118 22 138 22 142 32" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
		front: pulled,
	},
	"lowbun": {
		back:  `<circle cx="170" cy="158" r="20" fill="{hair}"/><path d="M160 152 C166 144 180 148 182 158" stroke="{shine}" stroke-width="2.600" fill="none" stroke-linecap="round"/>`,
		front: `<path d="M82 116 C75 66 102 43 134 46 C164 48 181 76 174 118 C172 102 166 91 158 84 C140 86 116 80 106 67 C101 85 88 95 82 116 Z" fill="{hair}"/><path d="M114 57 C128 65 146 66 160 68" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	},
	"ponytail": {
		back:  `<path d="M156 60 C196 56 214 100 206 150 C202 168 190 172 190 158 C190 132 186 110 170 96 Z" fill="{hair}"/><path d="M184 78 C200 98 202 130 198 150" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
		front: pulled,
	},
	"plait": {
		front: centred + `<g fill="{hair}"><ellipse cx="80" cy="150" rx="11" ry="13"/><ellipse cx="77" cy="170" rx="11" ry="13"/><ellipse cx="76" cy="190" rx="11" ry="13"/><ellipse cx="77" cy="210" rx="10" ry="12"/><ellipse cx="79" cy="233" rx="6" ry="13"/></g><g stroke="{shine}" stroke-width="2.400" fill="none" stroke-linecap="round"><path d="M72 148 L80 157 L88 148"/><path d="M69 168 L77 177 L85 168"/><path d="M68 188 L76 197 L84 188"/></g><path d="M70 221 L85 221" stroke="{trim}" stroke-width="4.600" stroke-linecap="round"/>`,
		back:  `<path d="M73 120 C66 62 98 43 128 43 C158 43 190 62 183 120 C182 136 176 146 168 152 L88 160 C78 150 74 136 73 120 Z" fill="{hair}"/>`,
	},
	"locs": {
		back:  `<g stroke="{hair}" stroke-width="13" stroke-linecap="round" fill="none"><path d="M92 62 C70 90 66 140 68 196"/><path d="M88 70 C78 110 80 150 84 206"/><path d="M164 62 C186 90 190 140 188 196"/><path d="M168 70 C178 110 176 150 172 206"/><path d="M84 84 C64 112 56 150 56 180"/><path d="M172 84 C192 112 200 150 200 180"/></g><path d="M82 100 C74 62 102 40 128 40 C154 40 182 62 174 100 Z" fill="{hair}"/>`,
		front: `<path d="M84 108 C78 68 102 46 128 46 C154 46 178 68 172 108 C168 88 154 72 128 71 C102 72 88 88 84 108 Z" fill="{hair}"/><g stroke="{shine}" stroke-width="2.400" fill="none" stroke-linecap="round"><path d="M104 50 C98 58 92 70 90 84"/><path d="M120 47 C116 54 112 60 110 68"/><path d="M136 47 C140 54 144 60 146 68"/><path d="M152 50 C158 58 164 70 166 84"/><path d="M66 130 L66 176 M190 130 L190 176"/></g>`,
	},
	"cornrows": {
		back:  `<circle cx="128" cy="40" r="17" fill="{hair}"/>`,
		front: `<path d="M84 110 C79 68 103 49 128 49 C153 49 177 68 172 110 C169 90 154 73 128 72 C102 73 87 90 84 110 Z" fill="{hair}"/><g stroke="{shine}" stroke-width="2.600" fill="none" stroke-linecap="round" stroke-dasharray="4 4"><path d="M90 92 C94 74 106 58 122 52"/><path d="M102 80 C108 68 116 58 126 52"/><path d="M154 80 C148 68 140 58 130 52"/><path d="M166 92 C162 74 150 58 134 52"/><path d="M128 70 L128 52"/></g>`,
	},
	"pixie": {front: `<path d="M81 122 C72 68 98 43 130 43 C162 43 184 68 175 122 C174 112 172 104 168 99 C166 90 158 84 149 80 C132 93 106 97 92 93 C87 102 84 112 81 122 Z" fill="{hair}"/><path d="M102 86 C118 84 136 76 146 64 M100 76 C112 74 126 68 134 58" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`},
	"set": {
		back:  `<g fill="{hair}"><circle cx="80" cy="98" r="17"/><circle cx="176" cy="98" r="17"/><circle cx="90" cy="70" r="19"/><circle cx="166" cy="70" r="19"/><circle cx="128" cy="56" r="24"/><circle cx="80" cy="124" r="13"/><circle cx="176" cy="124" r="13"/></g>`,
		front: `<path d="M83 116 C74 70 100 45 130 46 C160 47 182 72 173 116 C170 100 162 90 152 84 C146 76 134 76 128 82 C116 72 104 78 98 86 C90 92 86 104 83 116 Z" fill="{hair}"/><path d="M96 74 C104 60 116 62 120 72 M134 70 C140 58 154 62 158 74" stroke="{shine}" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	},
	"topknot": {
		back:  `<circle cx="130" cy="36" r="15" fill="{hair}"/>`,
		front: `<path d="M85 106 C80 76 98 56 108 53 C98 66 93 80 91 94 Z" fill="{hair}" fill-opacity="0.62"/><path d="M171 106 C176 76 158 56 148 53 C158 66 163 80 165 94 Z" fill="{hair}" fill-opacity="0.62"/><path d="M95 82 C98 54 114 46 128 46 C142 46 158 54 161 82 C150 70 106 70 95 82 Z" fill="{hair}"/><path d="M108 68 C112 58 120 53 127 51 M148 68 C144 58 137 53 131 51" stroke="{shine}" stroke-width="2.600" fill="none" stroke-linecap="round"/>`,
	},
}

var hats = map[string]layers{
	"none": {},
	"hijab": {
		back: `<path d="M68 120 C60 62 96 35 128 35 C160 35 196 62 188 120 C196 172 200 210 208 236 L48 236 C56 210 60 172 68 120 Z" fill="{worn}"/><path d="M68 120 C60 62 96 35 128 35 C160 35 196 62 188 120 C196 172 200 210 208 236 L48 236 C56 210 60 172 68 120 Z" fill="#000000" fill-opacity="0.2"/>`,
		front: `<path d="M72 118 C66 64 100 40 128 40 C156 40 190 64 184 118 C186 156 170 188 128 198 C86 188 70 156 72 118 Z M90 112 C90 142 106 166 128 166 C150 166 166 142 166 112 C166 86 150 75 128 75 C106 75 90 86 90 112 Z" fill="{worn}"/>` +
			`<path d="M78 156 C92 184 116 194 150 182 C172 200 194 216 204 256 L44 256 C46 214 58 184 78 156 Z" fill="{worn}"/><path d="M178 152 C164 178 128 196 86 206 C70 214 58 234 52 256 L206 256 C206 214 196 180 178 152 Z" fill="{worn}"/><path d="M178 152 C164 178 128 196 86 206 M92 68 C102 56 116 50 130 50 M84 92 C86 82 92 74 98 69 M150 196 C160 212 166 232 168 256 M112 204 C116 220 116 238 112 256" stroke="#000000" stroke-opacity="0.16" stroke-width="3" fill="none" stroke-linecap="round"/>`,
	},
	"turban":   {front: `<path d="M77 102 C66 50 98 24 130 24 C164 24 190 52 179 102 C168 86 150 80 128 66 C106 80 88 88 77 102 Z" fill="{worn}"/><path d="M128 66 C112 58 98 44 96 34 M128 66 C106 64 88 54 82 50 M128 66 C146 56 160 42 164 34 M128 66 C150 64 168 56 176 50 M128 66 C102 74 84 76 76 74 M128 66 C154 74 172 76 181 74" stroke="#000000" stroke-opacity="0.16" stroke-width="3" fill="none" stroke-linecap="round"/><path d="M118 72 C124 68 132 68 138 72 L128 66 Z" fill="{trim}"/>`},
	"headwrap": {front: `<path d="M79 100 C66 52 94 30 128 30 C162 30 190 52 177 100 C164 82 148 76 128 76 C108 76 92 82 79 100 Z" fill="{worn}"/><path d="M104 34 C92 12 124 4 130 24 C138 2 172 10 156 36 C140 44 120 44 104 34 Z" fill="{worn}"/><path d="M104 34 C92 12 124 4 130 24 C138 2 172 10 156 36 C140 44 120 44 104 34 Z" fill="#000000" fill-opacity="0.12"/><path d="M84 84 C98 62 128 52 168 58 M80 72 C96 50 132 42 158 44 M96 90 C112 76 142 66 174 76" stroke="{trim}" stroke-width="3.600" fill="none" stroke-linecap="round"/>`},
	"beanie":   {front: `<path d="M81 98 C74 54 100 34 128 34 C156 34 182 54 175 98 Z" fill="{worn}"/><path d="M77 86 C100 76 156 76 179 86 L179 104 C156 93 100 93 77 104 Z" fill="{worn}"/><path d="M77 86 C100 76 156 76 179 86 L179 104 C156 93 100 93 77 104 Z" fill="#000000" fill-opacity="0.18"/><path d="M104 40 L98 76 M128 36 L128 74 M152 40 L158 76" stroke="#000000" stroke-opacity="0.12" stroke-width="3" stroke-linecap="round"/>`},
	"flatcap":  {front: `<path d="M76 92 C72 56 104 40 134 41 C168 42 188 62 182 90 C160 80 104 80 76 92 Z" fill="{worn}"/><path d="M80 90 C104 76 156 76 182 90 C172 100 96 104 70 100 C70 96 74 93 80 90 Z" fill="{worn}"/><path d="M80 90 C104 76 156 76 182 90 C172 100 96 104 70 100 C70 96 74 93 80 90 Z" fill="#000000" fill-opacity="0.24"/><path d="M106 80 C104 64 110 50 122 43" stroke="#000000" stroke-opacity="0.16" stroke-width="2.600" fill="none"/>`},
	"beret":    {front: `<path d="M70 84 C58 52 104 30 142 33 C180 36 204 62 188 84 C160 72 100 72 70 84 Z" fill="{worn}"/><path d="M82 88 C104 74 152 74 176 88 C172 92 150 82 128 82 C106 82 88 92 82 88 Z" fill="#000000" fill-opacity="0.25"/><path d="M146 33 L149 24" stroke="{worn}" stroke-width="5" stroke-linecap="round"/>`},
	"band":     {front: `<path d="M80 96 C90 70 166 70 176 96 L173 108 C160 84 96 84 83 108 Z" fill="{worn}"/>`},
	"kippah":   {front: `<path d="M100 56 C108 44 148 44 156 56 C146 62 110 62 100 56 Z" fill="{worn}"/>`},
	"strawhat": {
		back:  `<ellipse cx="128" cy="84" rx="92" ry="20" fill="{worn}"/><ellipse cx="128" cy="84" rx="92" ry="20" fill="#000000" fill-opacity="0.16"/>`,
		front: `<path d="M84 82 C84 48 102 32 128 32 C154 32 172 48 172 82 C150 90 106 90 84 82 Z" fill="{worn}"/><path d="M84 70 C104 80 152 80 172 70 L172 83 C150 92 106 92 84 83 Z" fill="{trim}"/><path d="M40 88 C60 100 196 100 216 88 C204 104 172 96 128 96 C84 96 52 104 40 88 Z" fill="{worn}"/>`,
	},
}
