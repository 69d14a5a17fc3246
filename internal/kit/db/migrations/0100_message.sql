CREATE SCHEMA message;

CREATE TABLE message.conversations (             -- one per proposal; it goes on into the contract
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal   bigint      NOT NULL UNIQUE REFERENCES proposal.proposals,
    client     bigint      NOT NULL REFERENCES account.people,
    freelancer bigint      NOT NULL REFERENCES account.people,
    last_at    timestamptz,                      -- of the newest message; null: nothing written yet
    CHECK (client <> freelancer)
);
CREATE INDEX conversations_client ON message.conversations (client, last_at DESC, id DESC) WHERE last_at IS NOT NULL;
CREATE INDEX conversations_freelancer ON message.conversations (freelancer, last_at DESC, id DESC) WHERE last_at IS NOT NULL;
CREATE TABLE message.messages (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint      NOT NULL REFERENCES message.conversations,
    author       bigint      NOT NULL REFERENCES account.people,
    text         text        NOT NULL CHECK (char_length(text) <= 10000),
    at           timestamptz NOT NULL
);
CREATE INDEX messages_conversation ON message.messages (conversation, id);
CREATE TABLE message.read_marks (                -- one for each of the two
    conversation bigint NOT NULL REFERENCES message.conversations,
    person       bigint NOT NULL REFERENCES account.people,
    up_to        bigint NOT NULL DEFAULT 0,      -- the last message seen
    unread       int    NOT NULL DEFAULT 0 CHECK (unread >= 0),  -- the other's messages after it
    PRIMARY KEY (conversation, person)
);
CREATE INDEX read_marks_unread ON message.read_marks (person) INCLUDE (unread) WHERE unread > 0;
