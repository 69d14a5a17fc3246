-- Makes stage.clear(), which deletes all rows that were not there when the stage
-- was set, and says whether the database is as it was then. It is not where a test
-- changed rows of the stage, or the schema.
CREATE SCHEMA stage;

-- What a test that changes the schema changes.
CREATE FUNCTION stage.shape() RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ',
		(SELECT (count(*), max(xmin::text::bigint)) FROM pg_class),
		(SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute),
		(SELECT (count(*), max(xmin::text::bigint)) FROM pg_constraint),
		(SELECT (count(*), max(xmin::text::bigint)) FROM pg_trigger),
		(SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc))
$$;

DO $do$
DECLARE
	named  text;
	filled boolean;
	last   record;
	body   text := '';
BEGIN
	FOR named IN
		SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'stage')
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %s)', named) INTO filled;
		IF filled THEN
			EXECUTE format('SELECT count(*) AS rows, max(xmin::text::bigint) AS newest FROM %s', named) INTO last;
			body := body || format('IF (SELECT (count(*), max(xmin::text::bigint)) <> (%s, %s) FROM %s) THEN RETURN false; END IF;%s',
				last.rows, last.newest, named, E'\n');
		ELSE
			body := body || format('DELETE FROM %s;%s', named, E'\n');
		END IF;
	END LOOP;
	FOR named IN
		SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'S' AND n.nspname <> 'stage'
	LOOP
		EXECUTE format('SELECT last_value, is_called FROM %s', named) INTO last;
		body := body || format('PERFORM setval(%L, %s, %L);%s', named, last.last_value, last.is_called, E'\n');
	END LOOP;
	-- As a replica it asks neither keys nor the triggers that guard what was signed.
	EXECUTE format($clear$
		CREATE FUNCTION stage.clear() RETURNS boolean LANGUAGE plpgsql SET session_replication_role = replica AS $body$
		BEGIN
			%s
			RETURN stage.shape() = (SELECT shape FROM stage.was);
		END $body$ $clear$, body);
END $do$;

CREATE TABLE stage.was (shape text);
INSERT INTO stage.was VALUES (stage.shape());
UPDATE stage.was SET shape = stage.shape();
