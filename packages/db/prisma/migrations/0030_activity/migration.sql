-- Of whom is erased what they did stays, and not in whose words: the one change that is let through.
CREATE FUNCTION is_emptied(before activity, after activity) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT to_jsonb(after) - '{key,category,properties}'::text[]
      = to_jsonb(before) - '{key,category,properties}'::text[]
    AND after.properties = '{}' AND after.category IS NULL AND after.key ~ '^erased/[0-9a-f-]{36}$'
    AND EXISTS (
      SELECT FROM contact WHERE organization_id = before.organization_id
        AND ordinal = before.contact_ordinal AND erased_at IS NOT NULL)
$$;
CREATE TRIGGER append_only BEFORE UPDATE ON activity
  FOR EACH ROW WHEN (NOT is_emptied(OLD, NEW)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_delete BEFORE DELETE ON activity
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON activity
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What rules ask is answered by these alone, without a look at the rows. Partial, so that the schema
-- need not describe them.
CREATE INDEX activity_span ON activity (organization_id, type, at)
  INCLUDE (contact_ordinal, amount, category) WHERE contact_ordinal > 0;
CREATE INDEX activity_category ON activity (organization_id, type, category, at)
  INCLUDE (contact_ordinal, amount) WHERE category IS NOT NULL;
CREATE INDEX activity_rollup_count ON activity_rollup (organization_id, type, count)
  INCLUDE (contact_ordinal) WHERE contact_ordinal > 0;
CREATE INDEX activity_rollup_amount ON activity_rollup (organization_id, type, amount)
  INCLUDE (contact_ordinal) WHERE contact_ordinal > 0;
CREATE INDEX activity_rollup_last ON activity_rollup (organization_id, type, last_at)
  INCLUDE (contact_ordinal) WHERE contact_ordinal > 0;
CREATE INDEX activity_rollup_first ON activity_rollup (organization_id, type, first_at)
  INCLUDE (contact_ordinal) WHERE contact_ordinal > 0;
CREATE INDEX contact_attribute_text ON contact_attribute (organization_id, field, text COLLATE "C")
  INCLUDE (contact_ordinal) WHERE text IS NOT NULL;
CREATE INDEX contact_attribute_number ON contact_attribute (organization_id, field, number)
  INCLUDE (contact_ordinal) WHERE number IS NOT NULL;

-- Who sends an e-mail address with an activity means the person who has it.
CREATE INDEX contact_email ON contact (organization_id, lower(email)) WHERE email IS NOT NULL;
-- Who refused profiling is few among millions.
CREATE INDEX opt_out_profiling ON opt_out (organization_id, phone_id) WHERE scope = 'profiling';

-- From calls and consents to people, in one step.
CREATE FUNCTION number_contact_phone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.contact_ordinal := (
    SELECT ordinal FROM contact WHERE organization_id = NEW.organization_id AND id = NEW.contact_id);
  RETURN NEW;
END $$;
CREATE TRIGGER number_contact_phone BEFORE INSERT OR UPDATE ON contact_phone
  FOR EACH ROW EXECUTE FUNCTION number_contact_phone();
CREATE INDEX contact_phone_person ON contact_phone (organization_id, phone_id)
  INCLUDE (contact_ordinal) WHERE contact_ordinal > 0;
CREATE INDEX contact_phone_ordinal ON contact_phone (organization_id, contact_ordinal)
  INCLUDE (phone_id) WHERE contact_ordinal > 0;
CREATE INDEX call_span ON call (organization_id, at) INCLUDE (phone_id, outcome)
  WHERE phone_id IS NOT NULL;

-- The values of a contact, one a row. Of what people are called nothing but that it is known.
CREATE FUNCTION values_of_contact(
  attributes jsonb, name text, email text, locale text, zone text, address_region text, called_party text
) RETURNS TABLE (field text, "text" text, number double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT key,
    CASE WHEN jsonb_typeof(value) <> 'number' THEN left(value #>> '{}', 500) END,
    CASE WHEN jsonb_typeof(value) = 'number'
        OR jsonb_typeof(value) = 'string' AND value #>> '{}' ~ '^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$'
      THEN (value #>> '{}')::double precision END
  FROM jsonb_each(attributes)
  WHERE jsonb_typeof(value) <> 'null' AND key NOT LIKE '@%'
  UNION ALL
  SELECT field, text, NULL FROM (VALUES
    ('@name', NULL, name), ('@email', NULL, email), ('@locale', locale, locale), ('@zone', zone, zone),
    ('@region', address_region, address_region), ('@country', left(address_region, 2), address_region),
    ('@party', called_party, called_party)) AS fixed (field, text, is_known)
  WHERE is_known IS NOT NULL
$$;

-- Whoever writes a contact, its values follow: an import, a merge, an erasure.
CREATE FUNCTION spread_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM contact_attribute USING before
    WHERE contact_attribute.organization_id = before.organization_id
      AND contact_attribute.contact_ordinal = before.ordinal;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO contact_attribute (organization_id, contact_ordinal, field, text, number)
    SELECT organization_id, ordinal, field, text, number
    FROM after, values_of_contact(attributes, name, email, locale, zone, address_region, called_party);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER spread_insert AFTER INSERT ON contact
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION spread_contact();
CREATE TRIGGER spread_update AFTER UPDATE ON contact
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION spread_contact();
CREATE TRIGGER spread_delete AFTER DELETE ON contact
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION spread_contact();
