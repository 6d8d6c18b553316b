-- What is on record stays as it was recorded. The database sees to it, so that no mistake in our
-- code, and no query typed by hand, can change it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Row triggers are blind to TRUNCATE, which therefore needs a trigger of its own.
DO $$
DECLARE
  append_only text;
BEGIN
  FOREACH append_only IN ARRAY
    ARRAY['consent_event', 'opt_out', 'opt_out_change', 'opt_out_correction',
      'opt_out_correction_answer', 'call', 'screening', 'scrub_record',
      'disclosure', 'capture_form_version', 'registry_change', 'audit_entry',
      'reassigned_query', 'reassigned_question', 'reassigned_answer', 'line_lookup']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', append_only);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', append_only);
  END LOOP;
END $$;

-- A number, or after its erasure a keyed hash of it: never both, and never neither.
ALTER TABLE "phone" ADD CHECK (num_nonnulls("e164", "phone_key") = 1);

-- The scope of a refusal names what it covers, and nothing else.
ALTER TABLE "opt_out" ADD CHECK (("scope" = 'seller') = ("seller_id" IS NOT NULL));
ALTER TABLE "opt_out" ADD CHECK (("scope" = 'purpose') = ("purpose" IS NOT NULL));

ALTER TABLE "reassigned_answer" ADD CHECK ("answer" IN ('yes', 'no', 'no_data'));

-- 10,000 numbers, one bit each.
ALTER TABLE "registry_block" ADD CHECK (octet_length("bits") = 1250);

-- A number is erased, and its row stays: screenings refer to it without a foreign key.
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % stay: erase what is personal in them', TG_TABLE_NAME;
END $$;
CREATE TRIGGER kept BEFORE DELETE OR UPDATE OF organization_id, id ON phone
  FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
CREATE TRIGGER kept_truncate BEFORE TRUNCATE ON phone
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();
