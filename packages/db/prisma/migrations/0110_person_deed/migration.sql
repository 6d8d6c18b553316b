-- What columns hold of somebody of whom nothing but activities came still holds: they are told apart.
ALTER TABLE person_change ADD COLUMN only_deeds BOOLEAN NOT NULL DEFAULT false;

CREATE FUNCTION note_doers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_change (organization_id, xact, ordinals, only_deeds)
  SELECT organization_id, pg_current_xact_id()::text::bigint, array_agg(DISTINCT contact_ordinal), true FROM after
  WHERE contact_ordinal > 0 GROUP BY organization_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_insert AFTER INSERT ON activity
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_doers();
