-- A revision as data, whose SHA-256 stands in its text; revisions from before have none.
ALTER TABLE contract.revisions ADD data text
    CONSTRAINT the_text_names_the_data CHECK (position(encode(sha256(convert_to(data, 'UTF8')), 'hex') IN text) > 0);

-- Given with the signature, and part of the contract; signatures from before have none.
ALTER TABLE contract.signatures ADD postal_address text CHECK (char_length(postal_address) BETWEEN 10 AND 500);
CREATE INDEX signatures_person ON contract.signatures (person, at DESC) WHERE postal_address IS NOT NULL;
