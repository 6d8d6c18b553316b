CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON segment_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON segment_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON segment_size
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON segment_size
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 65,536 people, one bit each.
ALTER TABLE "segment_block" ADD CHECK (octet_length("bits") = 8192);
ALTER TABLE "segment_place" ADD CHECK (octet_length("bits") = 8192);
