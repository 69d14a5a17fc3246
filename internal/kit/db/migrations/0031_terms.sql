CREATE SCHEMA terms;

-- What the operator may set. Append-only: the newest row holds. The bounds are
-- such that past the default a setting can only move in favour
-- of the weaker side.
CREATE TABLE terms.settings (
    version            int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    since              timestamptz NOT NULL,
    set_by             bigint      REFERENCES account.people,  -- null: as shipped
    reason             text        NOT NULL CHECK (reason <> ''),
    client_fee_bp      int NOT NULL CHECK (client_fee_bp BETWEEN 0 AND 2000),       -- on top of every price
    freelancer_fee_bp  int NOT NULL CHECK (freelancer_fee_bp BETWEEN 0 AND 2000),   -- out of every price
    answer_days        int NOT NULL CHECK (answer_days BETWEEN 3 AND 21),           -- a post's default
    open_proposals     int NOT NULL CHECK (open_proposals BETWEEN 5 AND 100),       -- a freelancer's quota
    proposals_per_post int NOT NULL CHECK (proposals_per_post BETWEEN 5 AND 100),   -- then a waiting list
    offer_days         int NOT NULL CHECK (offer_days BETWEEN 3 AND 14),            -- an offer nobody signs expires
    fund_days          int NOT NULL CHECK (fund_days BETWEEN 1 AND 7),              -- signed and never funded ends
    acceptance_days    int NOT NULL CHECK (acceptance_days BETWEEN 1 AND 14),       -- a contract's default
    change_rounds      int NOT NULL CHECK (change_rounds BETWEEN 0 AND 5),          -- a contract's default
    grace_days         int NOT NULL CHECK (grace_days BETWEEN 7 AND 90),             -- after a due date
    starved_days       int NOT NULL CHECK (starved_days BETWEEN 1 AND 7),           -- then the freelancer may leave
    notice_days        int NOT NULL CHECK (notice_days BETWEEN 7 AND 90),            -- a contract's default
    ending_fee_bp      int NOT NULL CHECK (ending_fee_bp BETWEEN 1000 AND 5000)     -- of the unfunded rest
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON terms.settings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
INSERT INTO terms.settings (since, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
    proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
VALUES ('epoch', 'as shipped', 500, 0, 14, 20, 20, 7, 7, 7, 2, 7, 7, 7, 1000);

-- The currencies this market trades in, and the answer bond in each.
CREATE TABLE terms.currencies (
    code       text   PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
    bond_minor bigint NOT NULL CHECK (bond_minor >= 0)
);
INSERT INTO terms.currencies VALUES
    ('EUR', 2000), ('USD', 2000), ('GBP', 2000), ('CHF', 2000), ('CAD', 2500), ('AUD', 3000),
    ('SEK', 20000), ('NOK', 20000), ('DKK', 15000), ('PLN', 8000), ('CZK', 50000), ('JPY', 3000),
    ('SGD', 2500), ('MYR', 8000), ('INR', 150000), ('IDR', 30000000), ('PHP', 100000), ('BRL', 10000),
    ('MXN', 35000), ('ZAR', 35000), ('KES', 250000), ('NGN', 3000000), ('NZD', 3000), ('ILS', 7500);

-- Below these nobody works here. The operator's table, each row with its source.
-- What the operator has set, a later shipped table does not overwrite.
CREATE TABLE terms.category_floors (
    category     text   NOT NULL REFERENCES skill.categories,
    level        text   NOT NULL CHECK (level IN ('entry', 'intermediate', 'expert')),
    usd_minor    bigint NOT NULL CHECK (usd_minor > 0),        -- for one hour
    source       text   NOT NULL,
    as_of        date   NOT NULL,
    set_by       bigint REFERENCES account.people,             -- null: as shipped
    PRIMARY KEY (category, level)
);
CREATE TABLE terms.country_floors (
    country      text   PRIMARY KEY CHECK (country ~ '^[A-Z]{2}$'),
    usd_minor    bigint NOT NULL CHECK (usd_minor > 0),        -- for one hour
    source       text   NOT NULL,
    as_of        date   NOT NULL,
    set_by       bigint REFERENCES account.people              -- null: as shipped
);
-- Only for comparing a price with a floor. No money is ever converted by them.
CREATE TABLE terms.reference_rates (
    currency text    PRIMARY KEY CHECK (currency ~ '^[A-Z]{3}$'),
    per_usd  numeric NOT NULL CHECK (per_usd > 0),
    source   text    NOT NULL,
    as_of    date    NOT NULL,
    set_by   bigint  REFERENCES account.people                 -- null: as shipped
);
