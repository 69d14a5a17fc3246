-- What is reported, what is decided about it, and what is said against that.
CREATE SCHEMA conduct;

CREATE TABLE conduct.reports (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject   text        NOT NULL CHECK (subject ~ '^(post|person|proposal|message|review)/[1-9][0-9]*$'),
    about     bigint      NOT NULL REFERENCES account.people,          -- who answers for it
    quote     text        NOT NULL,                                    -- what it said when it was reported
    rule      text        NOT NULL,
    words     text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    reporter  bigint      REFERENCES account.people,                   -- null: somebody who was not signed in
    email     text,                                                    -- where they want to hear what came of it
    state     text        NOT NULL CHECK (state IN ('new', 'in review', 'no action', 'decision')),
    holder    bigint      REFERENCES account.people,                   -- who reviews it
    held_until timestamptz,
    version   int         NOT NULL DEFAULT 1,
    opened_at timestamptz NOT NULL,
    answer_by timestamptz NOT NULL,
    outcome   text        CHECK (char_length(outcome) BETWEEN 20 AND 5000),
    closed_at timestamptz,
    CHECK ((state = 'in review') = (holder IS NOT NULL)),
    CHECK ((state = 'in review') = (held_until IS NOT NULL)),
    CHECK ((state IN ('no action', 'decision')) = (closed_at IS NOT NULL)),
    CONSTRAINT ends_with_reasons CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT nobody_reviews_themselves CHECK (holder <> about AND holder <> reporter)
);
CREATE INDEX reports_waiting ON conduct.reports (answer_by, id) WHERE closed_at IS NULL;
CREATE INDEX reports_subject ON conduct.reports (subject);
CREATE INDEX reports_about ON conduct.reports (about);
CREATE INDEX reports_reporter ON conduct.reports (reporter);

-- What somebody of the staff means to decide. It does nothing by itself.
CREATE TABLE conduct.drafts (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person       bigint      NOT NULL REFERENCES account.people,
    subject      text        NOT NULL,
    report       bigint      REFERENCES conduct.reports,
    rule         text        NOT NULL,
    rule_version int         NOT NULL,
    measure      text        NOT NULL,
    days         int         NOT NULL CHECK (days BETWEEN 1 AND 180),
    facts        text        NOT NULL CHECK (char_length(facts) BETWEEN 40 AND 5000),
    why          text        NOT NULL CHECK (char_length(why) BETWEEN 40 AND 5000),
    urgent       boolean     NOT NULL,                                 -- decided without waiting for a hearing
    by           bigint      NOT NULL REFERENCES account.people,
    state        text        NOT NULL CHECK (state IN ('drafted', 'hearing', 'delivered', 'dropped')),
    drafted_at   timestamptz NOT NULL,
    hear_until   timestamptz NOT NULL,
    due          timestamptz,                                          -- when it is dropped by itself
    answer       text        CHECK (char_length(answer) BETWEEN 1 AND 10000),
    answered_at  timestamptz,
    dropped_for  text,
    ended_at     timestamptz,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK ((state IN ('delivered', 'dropped')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('delivered', 'dropped')) = (due IS NULL)),
    CHECK ((state = 'dropped') = (dropped_for IS NOT NULL)),
    CHECK (urgent OR state <> 'drafted'),
    CONSTRAINT nobody_judges_themselves CHECK (by <> person)
);
CREATE INDEX drafts_due ON conduct.drafts (due) WHERE ended_at IS NULL;
CREATE INDEX drafts_person ON conduct.drafts (person, id);
CREATE INDEX drafts_report ON conduct.drafts (report);

CREATE TABLE conduct.evidence (
    draft bigint      NOT NULL REFERENCES conduct.drafts,
    n     int         NOT NULL CHECK (n > 0),                          -- as it is cited
    title text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    text  text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 20000),
    at    timestamptz NOT NULL,
    PRIMARY KEY (draft, n)
);
CREATE TABLE conduct.openings (                                        -- who of the staff has read which evidence
    draft  bigint      NOT NULL,
    n      int         NOT NULL,
    person bigint      NOT NULL REFERENCES account.people,
    at     timestamptz NOT NULL,
    PRIMARY KEY (draft, n, person),
    FOREIGN KEY (draft, n) REFERENCES conduct.evidence
);

-- The one record from which a restriction comes. Nothing in it can be left out.
CREATE TABLE conduct.decisions (
    id           bigint      PRIMARY KEY REFERENCES conduct.drafts,
    person       bigint      NOT NULL REFERENCES account.people,
    subject      text        NOT NULL,
    rule         text        NOT NULL,
    rule_version int         NOT NULL,
    rule_text    text        NOT NULL,                                 -- as it read then
    measure      text        NOT NULL CHECK (measure IN ('warning', 'remove content', 'limit visibility', 'limit posting', 'suspend', 'end account')),
    facts        text        NOT NULL CHECK (char_length(facts) BETWEEN 40 AND 5000),
    why          text        NOT NULL CHECK (char_length(why) BETWEEN 40 AND 5000),
    evidence     int[]       NOT NULL CHECK (cardinality(evidence) > 0),
    found_by     text        NOT NULL CHECK (found_by IN ('report', 'staff', 'machine')),
    by_machine   boolean     NOT NULL CHECK (NOT by_machine),          -- decided; there is no such thing here
    urgent       boolean     NOT NULL,
    heard        boolean     NOT NULL,                                 -- the person has answered
    decider      bigint      NOT NULL REFERENCES account.people,
    told_at      timestamptz NOT NULL,                                 -- when they first heard that it was considered
    delivered_at timestamptz NOT NULL,
    starts_at    timestamptz NOT NULL,
    until        timestamptz NOT NULL,
    appeal_until timestamptz NOT NULL,
    bands        bigint[]    NOT NULL,                                 -- by which pasted statements are found
    print        bigint[]    NOT NULL,
    entry        bigint      NOT NULL UNIQUE REFERENCES translog.entries,  -- it was in the log before it took effect
    UNIQUE (id, decider),
    CONSTRAINT nobody_decides_about_themselves CHECK (decider <> person),
    CONSTRAINT delivered_before_it_takes_effect CHECK (delivered_at <= starts_at),
    CONSTRAINT nothing_is_for_life CHECK (starts_at < until AND until <= starts_at + interval '184 days'),
    CONSTRAINT heard_before CHECK (urgent OR heard OR delivered_at >= told_at + interval '5 days'),
    CONSTRAINT an_emergency_is_short CHECK (NOT urgent OR until <= starts_at + interval '11 days'),
    CONSTRAINT ending_an_account_takes_30_days CHECK (measure <> 'end account' OR NOT urgent AND starts_at >= delivered_at + interval '30 days'),
    CONSTRAINT can_be_appealed_for_half_a_year CHECK (appeal_until >= delivered_at + interval '180 days')
);
CREATE INDEX decisions_person ON conduct.decisions (person, id);
CREATE INDEX decisions_until ON conduct.decisions (until);
CREATE INDEX decisions_removed ON conduct.decisions (subject) WHERE measure = 'remove content';
CREATE INDEX decisions_unseen ON conduct.decisions (until) WHERE measure IN ('remove content', 'limit visibility');
CREATE INDEX decisions_bands ON conduct.decisions USING gin (bands);

CREATE TABLE conduct.appeals (
    decision    bigint      PRIMARY KEY,
    decider     bigint      NOT NULL,
    words       text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 10000),
    filed_at    timestamptz NOT NULL,
    due         timestamptz NOT NULL,
    reviewer    bigint      REFERENCES account.people,                 -- null: there is nobody who could; it lapses then
    outcome     text        CHECK (outcome IN ('upheld', 'rejected', 'lapsed')),
    reasons     text        CHECK (char_length(reasons) BETWEEN 40 AND 10000),
    answered_by bigint      REFERENCES account.people,
    answered_at timestamptz,
    FOREIGN KEY (decision, decider) REFERENCES conduct.decisions (id, decider),
    CONSTRAINT judged_by_someone_else CHECK (reviewer <> decider AND answered_by <> decider),
    CONSTRAINT answered_in_time CHECK (outcome = 'lapsed' OR answered_at < due),
    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CHECK ((outcome IN ('upheld', 'rejected')) = (answered_by IS NOT NULL)),
    CHECK ((outcome IN ('upheld', 'rejected')) = (reasons IS NOT NULL))
);
CREATE INDEX appeals_waiting ON conduct.appeals (due) WHERE answered_at IS NULL;
CREATE INDEX appeals_reviewer ON conduct.appeals (reviewer) WHERE answered_at IS NULL;

CREATE TABLE conduct.talk (                                            -- inside an appeal
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    decision bigint      NOT NULL REFERENCES conduct.appeals,
    person   bigint      NOT NULL REFERENCES account.people,
    words    text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    at       timestamptz NOT NULL
);
CREATE INDEX talk_decision ON conduct.talk (decision, id);

CREATE TABLE conduct.ends (                                            -- of decisions, before their time
    decision bigint      PRIMARY KEY REFERENCES conduct.decisions,
    how      text        NOT NULL CHECK (how IN ('overturned', 'lapsed', 'lifted')),
    by       bigint      REFERENCES account.people,
    why      text        NOT NULL CHECK (char_length(why) BETWEEN 1 AND 10000),
    at       timestamptz NOT NULL,
    CHECK ((how = 'lapsed') = (by IS NULL))
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conduct.evidence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conduct.openings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conduct.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conduct.talk FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conduct.ends FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- What each decision does, and until when: it ends at its date, when it is lifted
-- or overturned, and by itself when an appeal is not answered in time. Nothing has
-- to run for that, so nothing can fail to.
CREATE VIEW conduct.effects AS
    SELECT d.id, d.person, d.subject, d.measure, d.rule, d.starts_at,
        least(d.until, e.at, CASE WHEN a.answered_at IS NULL THEN a.due END) AS until
    FROM conduct.decisions d
    LEFT JOIN conduct.ends e ON e.decision = d.id
    LEFT JOIN conduct.appeals a ON a.decision = d.id;
