package web

// What forms are read with.
var (
	Number, Day, Month, Percent, Local = number, day, month, percent, local
	Amount                             = amount
)
