-- Money between the two beyond the milestones, kept for ever. N counts them from
-- 1 on each contract, so that one who clicks twice gives once.
CREATE TABLE contract.bonuses (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract bigint      NOT NULL REFERENCES contract.contracts,
    n        int         NOT NULL CHECK (n > 0),
    minor    bigint      NOT NULL CHECK (minor > 0),                 -- before the fees
    words    text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 2000),
    at       timestamptz NOT NULL,
    UNIQUE (contract, n)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.bonuses
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TABLE contract.refunds (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract  bigint      NOT NULL REFERENCES contract.contracts,
    n         int         NOT NULL CHECK (n > 0),
    minor     bigint      NOT NULL CHECK (minor > 0),                -- out of the freelancer's wallet
    fee_minor bigint      NOT NULL CHECK (fee_minor >= 0),           -- of ours, returned with it
    words     text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 2000),
    at        timestamptz NOT NULL,
    UNIQUE (contract, n)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.refunds
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
