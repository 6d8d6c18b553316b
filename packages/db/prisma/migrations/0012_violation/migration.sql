CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON violation_step
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON violation_step
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A violation is of a call or of a campaign's span.
ALTER TABLE violation ADD CHECK ((call_id IS NULL) = (campaign IS NOT NULL));
ALTER TABLE violation ADD CHECK ((campaign IS NULL) = (span_from IS NULL));

-- What is open is little among all that was. Partial, so that the schema need not describe it.
CREATE INDEX violation_open ON violation (organization_id, rank, id) WHERE closed_at IS NULL;
-- Refusals by when dialers heard of them: how soon they do.
CREATE INDEX delivery_heard ON delivery (organization_id, heard_at)
  WHERE heard_at IS NOT NULL AND event = 'opt-out.recorded';
