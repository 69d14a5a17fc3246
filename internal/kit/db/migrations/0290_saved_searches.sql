-- Searches that people keep, and are told about when a new post answers them.
CREATE SCHEMA savedsearch;

CREATE TABLE savedsearch.searches (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person          bigint      NOT NULL REFERENCES account.people,
    name            text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    pace            text        NOT NULL CHECK (pace IN ('at once', 'daily', 'weekly', 'never')),
    text            text        NOT NULL,        -- what was asked for, as it was asked for; empty: anything
    skill_name      text        NOT NULL,
    category        text        NOT NULL,
    kind            text        NOT NULL,
    level           text        NOT NULL,
    country         text        NOT NULL,
    min_answer_rate int         NOT NULL,
    min_minor       bigint,
    max_minor       bigint,
    currency        text        NOT NULL,
    every           tsquery,                     -- and what that came to when it was saved
    skill           bigint      REFERENCES skill.skills,
    anchors         text[]      NOT NULL CHECK (cardinality(anchors) > 0),   -- a post has one of these, or is no answer
    saved_at        timestamptz NOT NULL,
    next_at         timestamptz NOT NULL,        -- not told before
    CONSTRAINT bounds_have_currency CHECK ((min_minor IS NULL AND max_minor IS NULL) = (currency = ''))
);
CREATE INDEX searches_person ON savedsearch.searches (person, id DESC);
CREATE INDEX searches_anchors ON savedsearch.searches USING gin (anchors);

CREATE TABLE savedsearch.finds (
    search   bigint      NOT NULL REFERENCES savedsearch.searches ON DELETE CASCADE,
    post     bigint      NOT NULL REFERENCES jobpost.posts,
    found_at timestamptz NOT NULL,
    told     boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (search, post)
);
CREATE INDEX finds_untold ON savedsearch.finds (search) WHERE NOT told;
CREATE INDEX finds_found ON savedsearch.finds (found_at);

CREATE TABLE savedsearch.compared (              -- posts that were held against all searches
    post         bigint      PRIMARY KEY REFERENCES jobpost.posts,
    published_at timestamptz NOT NULL
);
CREATE INDEX compared_published ON savedsearch.compared (published_at);

-- Whoever saves their first search asks for what comes, not for all that is there.
INSERT INTO savedsearch.compared SELECT id, published_at FROM jobpost.posts
    WHERE state = 'open' AND visibility = 'public' AND published_at > now() - interval '1 hour';
