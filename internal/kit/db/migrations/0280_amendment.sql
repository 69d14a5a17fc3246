-- Changes to a contract that both sign.
CREATE TABLE contract.amendments (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract   bigint      NOT NULL REFERENCES contract.contracts,
    n          int         NOT NULL CHECK (n > 0),               -- counted on the contract
    by         bigint      NOT NULL REFERENCES account.people,
    state      text        NOT NULL CHECK (state IN ('proposed', 'signed by one', 'in force', 'declined', 'withdrawn', 'expired')),
    reason     text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    was        jsonb       NOT NULL,                             -- what is open on the contract, before
    plan       jsonb       NOT NULL,                             -- and after
    data       text        NOT NULL,                             -- all of it, in the form of RFC 8785
    text       text        NOT NULL,                             -- what both sign
    sha256     text        NOT NULL,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    words      text        NOT NULL DEFAULT '' CHECK (char_length(words) <= 2000),  -- of a decline or withdrawal
    UNIQUE (contract, n),
    UNIQUE (id, sha256),
    CONSTRAINT sha256_is_of_the_text CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    CONSTRAINT the_text_names_the_data CHECK (position(encode(sha256(convert_to(data, 'UTF8')), 'hex') IN text) > 0),
    CHECK ((state IN ('proposed', 'signed by one')) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX amendments_open ON contract.amendments (contract) WHERE ended_at IS NULL;
CREATE INDEX amendments_due ON contract.amendments (expires_at) WHERE ended_at IS NULL;

CREATE FUNCTION contract.keep_what_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR to_jsonb(OLD) - '{state,ended_at,words}'::text[] <> to_jsonb(NEW) - '{state,ended_at,words}'::text[] THEN
        RAISE EXCEPTION 'what is proposed for signing never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_what_is_signed BEFORE UPDATE ON contract.amendments
    FOR EACH ROW EXECUTE FUNCTION contract.keep_what_is_signed();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON contract.amendments
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE contract.amendment_signatures (
    amendment      bigint      NOT NULL,
    person         bigint      NOT NULL REFERENCES account.people,
    sha256         text        NOT NULL,
    postal_address text        CHECK (char_length(postal_address) BETWEEN 10 AND 500),
    session        bigint      NOT NULL REFERENCES account.sessions,
    address        text        NOT NULL,
    agent          text        NOT NULL,
    at             timestamptz NOT NULL,
    PRIMARY KEY (amendment, person),
    FOREIGN KEY (amendment, sha256) REFERENCES contract.amendments (id, sha256)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.amendment_signatures
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
