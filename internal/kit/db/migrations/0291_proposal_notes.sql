-- What a client writes down about a proposal, for nobody else.
CREATE TABLE proposal.notes (
    proposal   bigint      PRIMARY KEY REFERENCES proposal.proposals,
    text       text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    written_at timestamptz NOT NULL
);
