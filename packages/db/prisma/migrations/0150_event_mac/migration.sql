-- What shows that our own code wrote an event that opens something, in the transaction in which it was
-- stated: an AES-CMAC under a key that is not in the database. Whoever can write rows and has no key can
-- forge none. Null until it is authenticated; such a consent, correction or end of a suppression counts
-- for nothing.
ALTER TABLE consent_event ADD COLUMN mac BYTEA;
ALTER TABLE opt_out_correction_answer ADD COLUMN mac BYTEA;
ALTER TABLE suppression ADD COLUMN mac BYTEA;

-- Append-only but for the MAC, which is added once.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['consent_event', 'opt_out_correction_answer'] LOOP
    EXECUTE format('DROP TRIGGER append_only ON %I', name);
    EXECUTE format('CREATE TRIGGER append_only BEFORE DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER append_only_update BEFORE UPDATE ON %I FOR EACH ROW
      WHEN (OLD.mac IS NOT NULL OR to_jsonb(NEW) - ''mac'' <> to_jsonb(OLD) - ''mac'')
      EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;

-- The same, with what shows that a correction is ours.
CREATE OR REPLACE VIEW opt_out_known AS
  SELECT opt_out.*, answer.answered_at AS corrected_at, answer.correction_id, answer.mac AS correction_mac
  FROM opt_out LEFT JOIN opt_out_correction_answer AS answer
    ON answer.organization_id = opt_out.organization_id AND answer.opt_out_id = opt_out.id
    AND answer.is_accepted;
