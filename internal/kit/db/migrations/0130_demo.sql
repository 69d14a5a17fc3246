CREATE SCHEMA demo;

-- How far a demonstration market is ahead of the world, in nanoseconds.
CREATE TABLE demo.clock (
    one   boolean PRIMARY KEY CHECK (one),
    ahead bigint  NOT NULL CHECK (ahead >= 0)
);
