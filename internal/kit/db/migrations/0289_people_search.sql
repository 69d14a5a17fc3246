-- Freelancers are found by words, and say when they would rather not be asked.
ALTER TABLE profile.freelancers ADD COLUMN search tsvector NOT NULL DEFAULT '';
UPDATE profile.freelancers f SET search =
    setweight(to_tsvector('public.freehold', f.headline), 'A') ||
    setweight(to_tsvector('public.freehold', coalesce((
        SELECT string_agg(s.name, ' ') FROM profile.skills p JOIN skill.skills s ON s.id = p.skill WHERE p.person = f.person), '')), 'B') ||
    setweight(to_tsvector('public.freehold', f.about), 'C');
CREATE INDEX freelancers_search ON profile.freelancers USING gin (search);
CREATE INDEX freelancers_latest ON profile.freelancers (updated_at DESC, person DESC);
CREATE INDEX people_freelancer_name ON account.people USING gin (name gin_trgm_ops) WHERE freelancer;

CREATE TABLE profile.wishes (                -- about invitations
    person         bigint PRIMARY KEY REFERENCES account.people,
    rests_until    date,                     -- none before this day
    least_minor    bigint CHECK (least_minor > 0),             -- none to work at a fixed price below this
    least_currency text   CHECK (least_currency ~ '^[A-Z]{3}$'),
    CONSTRAINT least_has_currency CHECK ((least_minor IS NULL) = (least_currency IS NULL))
);
CREATE TABLE profile.unwanted (              -- trades that somebody does not take on
    person   bigint NOT NULL REFERENCES profile.wishes,
    category text   NOT NULL REFERENCES skill.categories (key),
    PRIMARY KEY (person, category)
);
