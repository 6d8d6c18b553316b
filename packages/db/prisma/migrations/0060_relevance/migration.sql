CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON relevance_model
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON relevance_model
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON relevance_threshold
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON relevance_threshold
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A chance is between 0 and 1.
ALTER TABLE "relevance_threshold" ADD CHECK ("threshold" BETWEEN 0 AND 1);
