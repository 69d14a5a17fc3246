-- A client can be away once in a contract; the acceptance window stands still meanwhile.
ALTER TABLE contract.contracts
    ADD COLUMN absent_from  timestamptz,
    ADD COLUMN absent_until timestamptz,
    ADD CONSTRAINT absence_is_short CHECK (
        (absent_from IS NULL) = (absent_until IS NULL) AND absent_until - absent_from BETWEEN interval '0' AND interval '14 days');
