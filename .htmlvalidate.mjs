// What the tests hold the markup of every page to. Each exception has its reason.
export default {
	root: true,
	extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
	rules: {
		// A button in a form sends it, and that is what all of ours are for.
		"no-implicit-button-type": "off",
		// A div that scrolls is a region so that it can be reached, named and left.
		"prefer-native-element": ["error", { exclude: ["region"] }],
		// Our own files come from where the page comes from, at addresses that hold their hash.
		"require-sri": ["error", { target: "crossorigin" }],
	},
};
