-- Both signed the same text, and the text is still the one they signed.
SELECT s.offer, s.n, s.person
FROM contract.signatures s JOIN contract.revisions r ON r.offer = s.offer AND r.n = s.n
WHERE s.sha256 <> r.sha256 OR r.sha256 <> encode(sha256(convert_to(r.text, 'UTF8')), 'hex')
    OR position(encode(sha256(convert_to(r.data, 'UTF8')), 'hex') IN r.text) = 0
UNION ALL
SELECT c.offer, o.revision, NULL
FROM contract.contracts c JOIN contract.offers o ON o.id = c.offer
WHERE (SELECT count(*) FROM contract.signatures s
       WHERE s.offer = o.id AND s.n = o.revision AND s.person IN (c.client, c.freelancer)) <> 2
