CREATE TABLE contract.papers (                     -- contracts as sealed PDF
    contract  bigint      PRIMARY KEY REFERENCES contract.contracts,
    pdf       bytea       NOT NULL,
    sealed_at timestamptz NOT NULL
);
ALTER TABLE contract.papers ALTER pdf SET STORAGE EXTERNAL;  -- compressed already
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.papers
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE contract.seals (                      -- every seal that this market ever had
    fingerprint text        PRIMARY KEY CHECK (fingerprint = encode(sha256(certificate), 'hex')),
    certificate bytea       NOT NULL,              -- X.509, DER
    since       timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.seals
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
