package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/profile"
	"freehold/internal/web/view"
)

// visit is one request of one person.
type visit struct {
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	by     account.Actor // the zero Actor: nobody is signed in
	reader say.Reader
	around *around // nil: not asked for yet
}

// handler answers a visit, or says why not.
type handler func(*visit) error

// access is who may come to a page at all. What they see there is for the
// use cases to decide.
type access int

const (
	anyone access = iota
	signedIn
	staff
)

type route struct {
	pattern string
	handle  handler
	for_    access
}

var (
	errMissing = fault.New(fault.NotFound, "page_not_found",
		"There is nothing here, or it is not yours to see. The address may be misspelt, or what stood here has moved.")
	errStaff = fault.New(fault.Forbidden, "staff_only", "This page is for the staff of this market.")
	errForm  = fault.New(fault.Invalid, "form_unreadable",
		"We could not read what you sent: it was cut off, too large, or not a form. Nothing was changed. Please send it again.")
)

const (
	sessionCookie = "freehold_session"
	flashCookie   = "freehold_flash"
	themeCookie   = "freehold_theme"
)

// serve turns a handler into one that the standard library knows.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{s: s, w: w, r: r}
		defer func() {
			if p := recover(); p != nil {
				v.accident(p)
			}
		}()
		if err := v.answer(rt); err != nil {
			v.refuse(err)
		}
	})
}

func (v *visit) answer(rt route) error {
	if err := v.recognise(); err != nil {
		return err
	}
	if v.by.ID == 0 {
		v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxStrangersBody)
	}
	switch {
	case rt.for_ != anyone && v.by.ID == 0:
		return v.askToSignIn()
	case rt.for_ == staff && len(v.by.Roles) == 0:
		return errStaff
	}
	return rt.handle(v)
}

// recognise finds out who is here by their cookie.
func (v *visit) recognise() error {
	v.reader = say.Reader{Lang: v.strangersLanguage()}
	c, err := v.cookie(sessionCookie)
	if err != nil {
		return nil //nolint:nilerr // nobody is signed in
	}
	by, err := account.Authenticate(v.ctx(), v.s.DB, c.Value, v.visitor())
	if _, refused := fault.Of(err); refused {
		v.dropCookie(sessionCookie)
		return nil
	}
	if err != nil {
		return err
	}
	v.by = by
	zone, ok := geo.Zone(by.TimeZone)
	if !ok {
		zone = time.UTC
	}
	v.reader = say.Reader{Lang: by.Language, Zone: zone}
	return nil
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// site is this market as the visitor found it: the beginning of every address.
func (v *visit) site() string {
	if v.s.Secure {
		return "https://" + v.r.Host
	}
	return "http://" + v.r.Host
}

func (v *visit) visitor() account.Visitor {
	host, _, err := net.SplitHostPort(v.r.RemoteAddr)
	if err != nil {
		host = v.r.RemoteAddr
	}
	return account.Visitor{Address: host, Agent: v.r.UserAgent()}
}

// askToSignIn sends people to the sign-in page and then back to where they were.
func (v *visit) askToSignIn() error {
	back := v.r.URL.RequestURI()
	if v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		back = v.cameFrom()
	}
	return v.redirect("/sign-in?then="+url.QueryEscape(back), "")
}

// cameFrom is the path of the page whose form was sent, on this site only.
func (v *visit) cameFrom() string {
	u, err := url.Parse(v.r.Referer())
	if err != nil || u.Host != v.r.Host {
		return "/"
	}
	return local(u.RequestURI())
}

// local is path if it leads to a page of ours, and the start page otherwise: a
// link to our sign-in page must not send people on to somebody else's.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n") {
		return "/"
	}
	return path
}

// frame gathers what the page around the subject shows.
func (v *visit) frame() (view.Frame, error) {
	f := v.bareFrame()
	f.Flash = v.takeFlash()
	if v.by.ID == 0 {
		return f, nil
	}
	if v.around == nil {
		if err := v.s.DB.Ask(v.ctx(), v.askAround); err != nil {
			return f, err
		}
	}
	f.Unread, f.Messages, f.Face = v.around.notices, v.around.messages, v.around.face
	return f, nil
}

// around is what every page shows of the person who is here: how much they have
// not seen yet, and their face.
type around struct {
	notices, messages int
	face              profile.Portrait
}

func (v *visit) askAround(a *db.Ask) {
	v.around = &around{}
	notify.AskUnread(a, &v.around.notices, v.by.ID)
	message.AskUnread(a, &v.around.messages, v.by.ID)
	profile.AskPortrait(a, &v.around.face, v.by.ID)
}

// looking is the database for a page that changes nothing: what the frame shows
// is asked for together with the page's own questions.
func (v *visit) looking() *db.DB {
	if v.by.ID == 0 {
		return v.s.DB
	}
	return v.s.DB.Along(v.askAround)
}

// bareFrame is as much of the frame as there is without asking the database.
func (v *visit) bareFrame() view.Frame {
	return view.Frame{
		By: v.by, Now: v.s.DB.Now(), Reader: v.reader, Path: v.r.URL.RequestURI(), Theme: v.theme(),
		Sandbox: isSandbox(v.s.Rails), Demo: v.s.Demo, Asset: asset,
	}
}

// show answers with a page.
func (v *visit) show(page func(view.Frame) templ.Component) error {
	return v.showWith(http.StatusOK, page)
}

func (v *visit) showWith(status int, page func(view.Frame) templ.Component) error {
	f, err := v.frame()
	if err != nil {
		return err
	}
	return v.write(status, page(f))
}

// write renders the whole page before the first byte goes out, so that a
// failure half-way is an answer and not half a page.
func (v *visit) write(status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(v.ctx(), &b); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, err := b.WriteTo(v.w)
	if err != nil {
		v.s.Log.Debug("the visitor left", "path", v.place())
	}
	return nil
}

// again shows a form as it was sent, when err is a refusal; any other error is
// passed on.
func (v *visit) again(err error, page func(view.Frame, view.Form) templ.Component) error {
	faults := fault.All(err)
	if len(faults) == 0 || faults[0].Kind == fault.NotFound {
		return err
	}
	form := view.Form{Values: v.r.Form, Faults: faults, Reader: v.reader}
	return v.showWith(faults[0].Kind.Status(), func(f view.Frame) templ.Component { return page(f, form) })
}

// redirect sends the browser on after something was done, with a text that the
// next page shows once.
func (v *visit) redirect(path, format string, args ...any) error {
	if done := v.reader.T(format, args...); done != "" {
		v.setCookie(flashCookie, base64.RawURLEncoding.EncodeToString([]byte(done)), 60)
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

func (v *visit) takeFlash() string {
	c, err := v.cookie(flashCookie)
	if err != nil {
		return ""
	}
	v.dropCookie(flashCookie)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(text) > 500 {
		return ""
	}
	return strings.ToValidUTF8(string(text), "")
}

func (v *visit) dropCookie(name string) { v.setCookie(name, "", -1) }

// setCookie hands the browser something to keep for so many seconds, out of
// reach of scripts and of forms on other sites.
func (v *visit) setCookie(name, value string, seconds int) {
	http.SetCookie(v.w, &http.Cookie{Name: v.named(name), Value: value, Path: "/", MaxAge: seconds, //nolint:gosec // Secure wherever there is TLS
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v.s.Secure})
}

// cookie is what setCookie has handed out.
func (v *visit) cookie(name string) (*http.Cookie, error) { return v.r.Cookie(v.named(name)) }

// named is what the browser calls a cookie. Over TLS its prefix keeps other
// sites below our domain from setting it, and so from signing people in as
// somebody else.
func (v *visit) named(cookie string) string {
	if v.s.Secure {
		return "__Host-" + cookie
	}
	return cookie
}

// id reads a number out of the path. What is not a number leads nowhere.
func id[T ~int64](v *visit, name string) (T, error) {
	n, err := strconv.ParseInt(v.r.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errMissing
	}
	return T(n), nil
}

// form reads what was sent: from the address for GET, from the body otherwise.
func (v *visit) form() (url.Values, error) {
	var err error
	if strings.HasPrefix(v.r.Header.Get("Content-Type"), "multipart/form-data") {
		err = v.r.ParseMultipartForm(1 << 20)
	} else {
		err = v.r.ParseForm()
	}
	if err != nil || !readable(v.r.Form) {
		return nil, errForm
	}
	return v.r.Form, nil
}

// readable reports whether all that was sent is text, which PostgreSQL insists on.
func readable(form url.Values) bool {
	for field, values := range form {
		for _, value := range append(values, field) {
			if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				return false
			}
		}
	}
	return true
}

// uploads saves the files of a field and returns them with those that an
// earlier try has saved already, whose numbers the form carries.
func (v *visit) uploads(field string) ([]file.ID, error) {
	var ids []file.ID
	for _, kept := range v.r.Form[field+"_kept"] {
		n, err := strconv.ParseInt(kept, 10, 64)
		if err != nil {
			return nil, errForm
		}
		ids = append(ids, file.ID(n))
	}
	if v.r.MultipartForm == nil {
		return ids, nil
	}
	for _, h := range v.r.MultipartForm.File[field] {
		if h.Filename == "" {
			continue
		}
		saved, err := v.saveUpload(h)
		if f, refused := fault.Of(err); refused {
			return ids, f.At(field)
		}
		if err != nil {
			return ids, err
		}
		ids = append(ids, saved)
		v.r.Form.Add(field+"_kept", strconv.FormatInt(int64(saved), 10))
	}
	return ids, nil
}

func (v *visit) saveUpload(h *multipart.FileHeader) (file.ID, error) {
	r, err := h.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close() //nolint:errcheck // only read
	saved, err := file.Save(v.ctx(), v.s.DB, v.s.Files, v.by, h.Filename, r)
	return saved.ID, err
}

// amount reads what somebody typed as money. An empty field is no amount.
func amount(typed, currency, field string) (money.Amount, error) {
	if strings.TrimSpace(typed) == "" {
		return money.Amount{}, nil
	}
	a, err := money.Parse(typed, currency)
	if r, ok := errors.AsType[*money.Refusal](err); ok {
		return a, fault.New(fault.Invalid, r.Code, r.Sentence).At(field)
	}
	return a, err
}

// number reads a whole number. An empty field is zero.
func number(typed, field string) (int, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(typed, 10, 32)
	if err != nil {
		return 0, errNumber.At(field)
	}
	return int(n), nil
}

// day reads a date as date fields send it. An empty field is no date.
func day(typed, field string) (*time.Time, error) {
	if strings.TrimSpace(typed) == "" {
		return nil, nil
	}
	t, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return nil, errDate.At(field)
	}
	return &t, nil
}

var (
	errNumber = fault.New(fault.Invalid, "number_unreadable", "Give a whole number, in digits.")
	errDate   = fault.New(fault.Invalid, "date_unreadable", "Give a date, such as 2026-12-31.")
)
