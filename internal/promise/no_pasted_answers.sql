-- No answer of the staff is a copy of what somebody else was answered before.
SELECT a.id AS letter, b.id AS copy_of, round(support.jaccard(a.print, b.print)::numeric, 2) AS alike
FROM support.letters a
JOIN support.cases c ON c.id = a."case"
JOIN support.letters b ON b.kind = 'answer' AND b.bands && a.bands AND b.id < a.id
JOIN support.cases d ON d.id = b."case" AND lower(d.email) <> lower(c.email)
WHERE a.kind = 'answer' AND cardinality(a.print) >= 5 AND support.jaccard(a.print, b.print) >= 0.8
