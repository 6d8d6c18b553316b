-- The rule sets that screenings were judged by, so that the page of a past screening shows the rules of its
-- day. Each is its canonical JSON, known by the SHA-256 of that text, which the database checks.
CREATE TABLE "rule_set" (
    "hash" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "rule_set_pkey" PRIMARY KEY ("hash")
);
ALTER TABLE "rule_set" ADD CONSTRAINT "rule_set_hash_check"
  CHECK ("hash" = encode(sha256(convert_to("document", 'UTF8')), 'hex'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "rule_set"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "rule_set"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
