-- A refusal is corrected once.
CREATE UNIQUE INDEX opt_out_corrected ON opt_out_correction_answer (organization_id, opt_out_id)
  WHERE is_accepted;

-- Refusals, and since when each counts no more, for two officers have found that it was another's; null
-- while it counts. Who asks what is refused asks here.
CREATE VIEW opt_out_known AS
  SELECT opt_out.*, answer.answered_at AS corrected_at
  FROM opt_out LEFT JOIN opt_out_correction_answer AS answer
    ON answer.organization_id = opt_out.organization_id AND answer.opt_out_id = opt_out.id
    AND answer.is_accepted;

-- Nobody lifts a refusal alone, whatever our code says: who asks for a correction does not accept it.
CREATE FUNCTION refuse_own_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM opt_out_correction AS asked
    WHERE asked.organization_id = NEW.organization_id AND asked.id = NEW.correction_id
      AND asked.actor = NEW.actor
  ) THEN RAISE EXCEPTION 'a correction is accepted by another than who asked for it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_officers BEFORE INSERT ON opt_out_correction_answer
  FOR EACH ROW WHEN (NEW.is_accepted) EXECUTE FUNCTION refuse_own_correction();

-- For who said again what is to be corrected: of one phone, not of all that was done since.
CREATE INDEX audit_entry_of_phone ON audit_entry (organization_id, phone_id, at)
  WHERE phone_id IS NOT NULL;
