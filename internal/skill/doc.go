// Package skill names what people can do and sorts it into categories, so that
// a post and a profile that mean the same say the same.
//
// A skill has one name, one category and any number of aliases. What people
// type finds it whatever its case, accents, spaces and punctuation.
//
// What it promises, and what holds it to that:
//
//  1. A word means one skill at most. (primary key of skill.aliases)
//  2. A skill that was ever used stays: loading and importing add, never take
//     away. (no DELETE in this package)
//  3. What is shipped wins over what is imported, and a name over an alias,
//     in whichever order they come. (learn)
package skill
