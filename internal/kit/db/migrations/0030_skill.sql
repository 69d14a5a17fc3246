CREATE SCHEMA skill;

CREATE TABLE skill.categories (
    key  text PRIMARY KEY CHECK (key ~ '^[a-z]+(-[a-z]+)*$'),
    name text NOT NULL,
    n    int  NOT NULL                      -- their order in every list
);
CREATE TABLE skill.skills (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key      text   NOT NULL UNIQUE,        -- the name without case, accents, spaces and punctuation
    name     text   NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    category text   NOT NULL REFERENCES skill.categories
);
CREATE INDEX skills_category ON skill.skills (category, name);

-- Every way to write a skill, its own name among them: no word means two.
CREATE TABLE skill.aliases (
    key   text   COLLATE "C" PRIMARY KEY,   -- like skills.key; C, so that the index finds what begins with it
    alias text   NOT NULL CHECK (char_length(alias) BETWEEN 1 AND 80),
    skill bigint NOT NULL REFERENCES skill.skills
);
CREATE INDEX aliases_skill ON skill.aliases (skill);
