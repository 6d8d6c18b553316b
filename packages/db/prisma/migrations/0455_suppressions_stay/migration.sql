-- A suppression stays on record, and only its end and the MAC of that end change. Its end counts only with a MAC, so whoever
-- can merely write to the database frees nobody: not by an end, by another phone, or by deleting the row.
CREATE TRIGGER stays BEFORE DELETE ON "suppression"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stays_as_it_is BEFORE UPDATE ON "suppression"
  FOR EACH ROW WHEN (to_jsonb(NEW) - 'until' - 'mac' <> to_jsonb(OLD) - 'until' - 'mac')
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stays_truncate BEFORE TRUNCATE ON "suppression"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever wrote a policy is known: an author without a name would make everybody else independent of them.
ALTER TABLE "policy" ADD CONSTRAINT "policy_authors_known"
  CHECK ("authors" IS NOT NULL AND array_position("authors", NULL) IS NULL);
ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_authors_known"
  CHECK ("authors" IS NOT NULL AND array_position("authors", NULL) IS NULL);
