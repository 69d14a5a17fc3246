package skill

import (
	"context"
	"errors"
	"sync"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
)

// Key names a category for ever, in the database, in addresses and in the API.
type Key string

// Other is the category of what fits nowhere else.
const Other Key = "other"

// Category is a field of work.
type Category struct {
	Key  Key
	Name string
}

// ErrUnknownCategory refuses a category that does not exist.
var ErrUnknownCategory = fault.New(fault.Invalid, "unknown_category", "There is no such category. Please choose one from the list.").At("category")

// Categories returns all categories in the order in which lists show them.
func Categories(ctx context.Context, tx *db.Tx) ([]Category, error) {
	return db.All[Category](ctx, tx, `SELECT key, name FROM skill.categories ORDER BY n`)
}

// FindCategory returns the category with this key, or ErrUnknownCategory.
func FindCategory(ctx context.Context, tx *db.Tx, key Key) (Category, error) {
	if _, err := prose.Line(string(key)); err != nil {
		return Category{}, ErrUnknownCategory // PostgreSQL could not even be asked
	}
	c, err := db.One[Category](ctx, tx, `SELECT key, name FROM skill.categories WHERE key = $1`, key)
	if errors.Is(err, db.NoRow) {
		return c, ErrUnknownCategory
	}
	return c, err
}

// CategoryOf returns the category of ours that comes closest to what others
// call theirs. It takes the first name that it can place, so the finest goes
// first; Other when it can place none.
func CategoryOf(names ...string) Key {
	for _, name := range names {
		if key, ok := places()[fold(name)]; ok {
			return key
		}
	}
	return Other
}

// elsewhere holds what marketplaces and public classifications call their
// categories, where it is no key, category or skill of ours.
var elsewhere = map[Key][]string{
	"web-development":              {"Web platform development software", "Web page creation and editing software", "Websites"},
	"mobile-development":           {"Mobile Phones & Computing", "Mobile messaging service software"},
	"software-and-systems":         {"Websites, IT & Software", "Technology & Programming", "IT & Networking", "Development environment software", "Data base user interface and query software", "Operating system software", "Object or component oriented development software", "Data base management system software", "Application server software", "Enterprise application integration software", "Cloud-based management software", "Configuration management software", "Network monitoring software", "Program testing software", "Telecommunications", "Enterprise resource planning ERP software"},
	"data-and-ai":                  {"Business intelligence and data analysis software", "Analytical or scientific software", "Data Science & Analytics", "Geographic information system", "Map creation software"},
	"design":                       {"Design, Media & Architecture", "Design & Creative", "Graphics or photo imaging software", "Presentation software", "Cards & Stationery", "Fonts & Typography", "Label & Merchandising", "Fashion & Clothing", "Books & Magazines"},
	"illustration-and-animation":   {"Illustration & Drawing", "Cartoon & Comics"},
	"video-and-audio":              {"Video, Photo & Image", "Music & Audio", "Video creation and editing software"},
	"writing":                      {"Writing & Content", "Writing & Translation", "Resumes, CVs & Cover Letters", "Word processing software"},
	"translation":                  {"Translation & Languages"},
	"marketing":                    {"Sales & Marketing", "Marketing, Branding & Sales", "Social Media", "Direct Marketing", "Strategy & Research", "SEM, Adwords & PPC", "Sales and marketing software"},
	"sales-and-support":            {"Sales & Calls", "Customer Service", "Customer relationship management CRM software"},
	"admin-and-data-entry":         {"Data Entry & Admin", "Admin Support", "Spreadsheet software", "Office suite software", "Calendar and scheduling software", "Electronic mail software", "Document management software"},
	"business-and-finance":         {"Business", "Business, Accounting, Human Resources & Legal", "Finance & Accounting", "Accounting & Consulting", "Tax Consulting & Advising", "Management & Development", "Accounting software", "Financial analysis software", "Human resources software", "Project management software", "Product Sourcing & Manufacturing"},
	"legal":                        {"Legal Services"},
	"engineering-and-architecture": {"Engineering & Science", "Engineering & Architecture", "Interior/Exterior Design", "Computer-Aided Design (CAD)", "Computer aided design CAD software", "Computer aided manufacturing CAM software", "Industrial control software", "Facilities management software"},
	"teaching-and-coaching":        {"Education", "Computer based training software", "Multi-media educational software"},
}

// places maps every folded name that says where something belongs.
var places = sync.OnceValue(func() map[string]Key {
	m := map[string]Key{}
	for _, e := range shipped().skills {
		m[fold(e.name)] = e.category
		for _, alias := range e.aliases {
			m[fold(alias)] = e.category
		}
	}
	for key, names := range elsewhere {
		for _, name := range names {
			m[fold(name)] = key
		}
	}
	for _, c := range shipped().categories {
		m[fold(c.Name)], m[fold(string(c.Key))] = c.Key, c.Key
	}
	return m
})
