-- Somebody who judges work in the client's place.
CREATE TABLE contract.delegates (
    contract bigint      PRIMARY KEY REFERENCES contract.contracts,
    person   bigint      NOT NULL REFERENCES account.people,
    since    timestamptz NOT NULL
);
CREATE INDEX delegates_person ON contract.delegates (person);
