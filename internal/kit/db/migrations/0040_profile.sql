CREATE SCHEMA profile;

CREATE TABLE profile.freelancers (
    person         bigint      PRIMARY KEY REFERENCES account.people,
    headline       text        NOT NULL DEFAULT '' CHECK (char_length(headline) <= 120),
    about          text        NOT NULL DEFAULT '' CHECK (char_length(about) <= 10000),  -- Markdown
    level          text        CHECK (level IN ('entry', 'intermediate', 'expert')),
    rate_minor     bigint      CHECK (rate_minor > 0),                                   -- for one hour
    rate_currency  text        CHECK (rate_currency ~ '^[A-Z]{3}$'),
    hours_per_week int         CHECK (hours_per_week BETWEEN 0 AND 80),
    available_from date,
    updated_at     timestamptz NOT NULL,
    CONSTRAINT rate_has_currency CHECK ((rate_minor IS NULL) = (rate_currency IS NULL))
);
CREATE TABLE profile.skills (
    person bigint NOT NULL REFERENCES profile.freelancers,
    skill  bigint NOT NULL REFERENCES skill.skills,
    n      int    NOT NULL,
    PRIMARY KEY (person, skill)
);
CREATE INDEX skills_skill ON profile.skills (skill);
CREATE TABLE profile.languages (
    person   bigint NOT NULL REFERENCES profile.freelancers,
    language text   NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    fluency  text   NOT NULL CHECK (fluency IN ('basic', 'conversational', 'fluent', 'native')),
    PRIMARY KEY (person, language)
);
CREATE TABLE profile.pieces (               -- the portfolio
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person bigint      NOT NULL REFERENCES profile.freelancers,
    title  text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 120),
    about  text        NOT NULL CHECK (char_length(about) <= 5000),
    url    text        NOT NULL DEFAULT '' CHECK (char_length(url) <= 500),
    at     timestamptz NOT NULL,
    removed_at timestamptz                  -- no longer shown, but in the proposals that picked it
);
CREATE INDEX pieces_person ON profile.pieces (person, id) WHERE removed_at IS NULL;
CREATE TABLE profile.employments (          -- work elsewhere, in the person's own words
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person     bigint NOT NULL REFERENCES profile.freelancers,
    title      text   NOT NULL CHECK (char_length(title) BETWEEN 1 AND 120),
    company    text   NOT NULL CHECK (char_length(company) BETWEEN 1 AND 120),
    about      text   NOT NULL DEFAULT '' CHECK (char_length(about) <= 2000),
    from_month date   NOT NULL,
    to_month   date,                        -- null: still there
    CHECK (to_month >= from_month)
);
CREATE INDEX employments_person ON profile.employments (person);
CREATE TABLE profile.clients (
    person  bigint PRIMARY KEY REFERENCES account.people,
    company text   NOT NULL DEFAULT '' CHECK (char_length(company) <= 120),
    about   text   NOT NULL DEFAULT '' CHECK (char_length(about) <= 5000),
    website text   NOT NULL DEFAULT '' CHECK (char_length(website) <= 500)
);
CREATE TABLE profile.portraits (            -- as we have painted them: never the file that was sent
    person bigint PRIMARY KEY REFERENCES account.people,
    hash   text   NOT NULL CHECK (hash ~ '^[0-9a-f]{32}$'),  -- of the large one: a new portrait has a new address
    large  bytea  NOT NULL,
    small  bytea  NOT NULL
);
CREATE INDEX portraits_hash ON profile.portraits (hash);
