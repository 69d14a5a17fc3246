package importer

import "strings"

// longestTag is how many words a skill's name has at most.
const longestTag = 4

// phrases are all runs of up to longestTag words in a text: what might be a tag.
func phrases(text string) (all []string) {
	words := strings.Fields(text)
	for i := range words {
		for n := 1; n <= longestTag && i+n <= len(words); n++ {
			all = append(all, strings.Join(words[i:i+n], " "))
		}
	}
	return all
}

// tagsIn cuts a text with nothing but spaces between its tags into those that are
// known. It takes the longest that fits, so that "Website Development" is not
// "Website"; words that fit nowhere are skipped.
func tagsIn(text string, known func(string) bool) (tags []string) {
	words := strings.Fields(text)
	for len(words) > 0 {
		n := min(longestTag, len(words))
		for n > 0 && !known(strings.Join(words[:n], " ")) {
			n--
		}
		if n > 0 {
			tags = append(tags, strings.Join(words[:n], " "))
		}
		words = words[max(n, 1):]
	}
	return tags
}
