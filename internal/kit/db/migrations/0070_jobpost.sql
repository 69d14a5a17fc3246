CREATE SCHEMA jobpost;

CREATE TABLE jobpost.posts (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client       bigint      NOT NULL REFERENCES account.people,
    state        text        NOT NULL CHECK (state IN ('draft', 'open', 'filled', 'closed', 'lapsed', 'removed')),
    title        text        NOT NULL CHECK (char_length(title) <= 150),
    description  text        NOT NULL CHECK (char_length(description) <= 20000),   -- Markdown
    category     text        REFERENCES skill.categories,
    level        text        CHECK (level IN ('entry', 'intermediate', 'expert')),
    kind         text        NOT NULL CHECK (kind IN ('fixed', 'hourly', 'retainer')),
    currency     text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    budget_min   bigint      CHECK (budget_min > 0),  -- fixed: the price; hourly: for one hour; retainer: for one month
    budget_max   bigint      CHECK (budget_max >= budget_min),
    hours        int         CHECK (hours BETWEEN 1 AND 10000),  -- fixed: in all; hourly: a week; retainer: a month
    hire         int         NOT NULL CHECK (hire BETWEEN 1 AND 20),
    hired        int         NOT NULL DEFAULT 0 CHECK (hired BETWEEN 0 AND hire),
    answer_days  int         NOT NULL CHECK (answer_days BETWEEN 3 AND 21),
    visibility   text        NOT NULL CHECK (visibility IN ('public', 'invited')),
    created_at   timestamptz NOT NULL,
    published_at timestamptz,
    answer_by    timestamptz,
    edited_at    timestamptz,                 -- the last edit since it was published
    ended_at     timestamptz,
    bond_minor   bigint      CHECK (bond_minor >= 0),   -- the answer bond as it was when published
    floor_minor  bigint,                      -- for one hour, in its currency: the floor it was held to
    source       text        UNIQUE,          -- 'peopleperhour pph-00001'; null: written here
    source_note  text,                        -- what the source says and we cannot use, such as its date
    search       tsvector    NOT NULL DEFAULT '',
    CONSTRAINT published_or_draft CHECK ((state = 'draft') = (published_at IS NULL)),
    CONSTRAINT published_has_dates CHECK (published_at IS NULL OR (answer_by IS NOT NULL AND bond_minor IS NOT NULL)),
    CONSTRAINT ended_or_open CHECK ((state IN ('draft', 'open')) = (ended_at IS NULL)),
    CONSTRAINT budget_is_whole CHECK ((budget_min IS NULL) = (budget_max IS NULL)),
    CONSTRAINT published_is_complete CHECK (state = 'draft' OR source IS NOT NULL OR
        (title <> '' AND description <> '' AND category IS NOT NULL AND level IS NOT NULL AND budget_min IS NOT NULL AND hours IS NOT NULL))
);
CREATE INDEX posts_client ON jobpost.posts (client, id DESC);
CREATE INDEX posts_due ON jobpost.posts (answer_by) WHERE state = 'open';
CREATE INDEX posts_newest ON jobpost.posts (published_at DESC, id DESC) WHERE state = 'open' AND visibility = 'public';
CREATE INDEX posts_category ON jobpost.posts (category, published_at DESC, id DESC) WHERE state = 'open' AND visibility = 'public';
CREATE INDEX posts_search ON jobpost.posts USING gin (search) WHERE state = 'open' AND visibility = 'public';
CREATE INDEX posts_title ON jobpost.posts USING gin (title gin_trgm_ops) WHERE state = 'open' AND visibility = 'public';

CREATE TABLE jobpost.skills (
    post  bigint NOT NULL REFERENCES jobpost.posts,
    skill bigint NOT NULL REFERENCES skill.skills,
    n     int    NOT NULL,
    PRIMARY KEY (post, skill)
);
CREATE INDEX skills_skill ON jobpost.skills (skill, post DESC);
CREATE TABLE jobpost.questions (
    post bigint NOT NULL REFERENCES jobpost.posts,
    n    int    NOT NULL CHECK (n BETWEEN 1 AND 5),
    text text   NOT NULL CHECK (char_length(text) BETWEEN 1 AND 500),
    PRIMARY KEY (post, n)
);
CREATE TABLE jobpost.edits (                  -- what changed while it was open, for those who had proposed
    id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post  bigint      NOT NULL REFERENCES jobpost.posts,
    field text        NOT NULL,
    was   text        NOT NULL,
    now   text        NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX edits_post ON jobpost.edits (post, id);
CREATE TABLE jobpost.invitations (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post        bigint      NOT NULL REFERENCES jobpost.posts,
    freelancer  bigint      NOT NULL REFERENCES account.people,
    state       text        NOT NULL CHECK (state IN ('sent', 'proposed', 'declined', 'lapsed')),
    words       text        NOT NULL DEFAULT '' CHECK (char_length(words) <= 2000),
    at          timestamptz NOT NULL,
    answered_at timestamptz,
    UNIQUE (post, freelancer),
    CHECK ((state = 'sent') = (answered_at IS NULL))
);
CREATE INDEX invitations_freelancer ON jobpost.invitations (freelancer, id DESC);
