// What pages do besides, where scripts run: nothing here is needed.
(() => {
	"use strict";
	// A menu closes when the reader goes elsewhere, and on Escape.
	const menus = () => document.querySelectorAll("details.menu[open]");
	document.addEventListener("click", (e) => menus().forEach((m) => { if (!m.contains(e.target)) m.open = false; }));
	document.addEventListener("keydown", (e) => {
		if (e.key === "Escape") menus().forEach((m) => { m.open = false; m.querySelector("summary").focus(); });
	});
	// What is chosen in the footer is chosen at once.
	document.addEventListener("change", (e) => {
		const form = e.target.closest("form.choose");
		if (form) form.requestSubmit();
	});
	// A form that is on its way is not sent twice, and says so.
	document.addEventListener("submit", (e) => {
		const button = e.submitter;
		if (e.defaultPrevented || !button || e.target.method === "get") return;
		setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); });
	});
	addEventListener("pageshow", () => document.querySelectorAll("button[aria-busy]").forEach((b) => { b.disabled = false; b.removeAttribute("aria-busy"); }));
	// How far an upload has come.
	document.body.addEventListener("htmx:xhr:progress", (e) => {
		const bar = e.target.querySelector && e.target.querySelector("progress.upload");
		if (bar && e.detail.lengthComputable) { bar.hidden = false; bar.max = e.detail.total; bar.value = e.detail.loaded; }
	});
	// An address says what was chosen, and not what was left open.
	document.body.addEventListener("htmx:configRequest", (e) => {
		if (e.detail.verb !== "get") return;
		for (const [field, value] of [...e.detail.formData]) if (value === "") e.detail.formData.delete(field);
	});
	// After a part of the page was exchanged the reader stays where they were; a
	// refusal is where they are led.
	document.body.addEventListener("htmx:afterSettle", (e) => {
		const wrong = e.target.querySelector && e.target.querySelector("#summary");
		if (wrong) wrong.focus();
	});
	// Pages that say no are shown as well.
	document.body.addEventListener("htmx:beforeSwap", (e) => {
		if ([403, 404, 409, 422, 429].includes(e.detail.xhr.status)) { e.detail.shouldSwap = true; e.detail.isError = false; }
	});
})();
