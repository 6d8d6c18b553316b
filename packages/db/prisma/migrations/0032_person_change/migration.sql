-- What rules ask about is held in columns by processes, as of some instant. Whoever changed since is
-- told here by the transaction that changed it, in which nobody waits for another: rows are only added.

-- Rows that name people by a column of theirs.
CREATE FUNCTION note_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO person_change (organization_id, xact, ordinals)
    SELECT organization_id, pg_current_xact_id()::text::bigint, array_agg(ordinal) FROM before GROUP BY organization_id;
  ELSE
    INSERT INTO person_change (organization_id, xact, ordinals)
    SELECT organization_id, pg_current_xact_id()::text::bigint, array_agg(ordinal) FROM after GROUP BY organization_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON contact
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_contacts();
CREATE TRIGGER note_update AFTER UPDATE ON contact
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_contacts();
CREATE TRIGGER note_delete AFTER DELETE ON contact
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_contacts();

CREATE FUNCTION note_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO person_change (organization_id, xact, ordinals)
    SELECT organization_id, pg_current_xact_id()::text::bigint, array_agg(DISTINCT contact_ordinal) FROM before
    WHERE contact_ordinal > 0 GROUP BY organization_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO person_change (organization_id, xact, ordinals)
    SELECT organization_id, pg_current_xact_id()::text::bigint, array_agg(DISTINCT contact_ordinal) FROM after
    WHERE contact_ordinal > 0 GROUP BY organization_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON contact_phone
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_owners();
CREATE TRIGGER note_update AFTER UPDATE ON contact_phone
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_owners();
CREATE TRIGGER note_delete AFTER DELETE ON contact_phone
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_owners();
-- What is changed of activities later is what an erasure empties, with the contact.
CREATE TRIGGER note_insert AFTER INSERT ON activity
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_owners();

-- Rows that name a phone. Whose it is, is looked up by who asks: somebody may be given it at this moment.
CREATE FUNCTION note_phones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO person_change (organization_id, xact, ordinals, phones)
    SELECT organization_id, pg_current_xact_id()::text::bigint, '{}', array_agg(DISTINCT phone_id) FROM before
    WHERE phone_id IS NOT NULL GROUP BY organization_id;
  ELSE
    INSERT INTO person_change (organization_id, xact, ordinals, phones)
    SELECT organization_id, pg_current_xact_id()::text::bigint, '{}', array_agg(DISTINCT phone_id) FROM after
    WHERE phone_id IS NOT NULL GROUP BY organization_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON call
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_phones();
CREATE TRIGGER note_update AFTER UPDATE ON call
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_phones();
CREATE TRIGGER note_delete AFTER DELETE ON call
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_phones();
CREATE TRIGGER note_insert AFTER INSERT ON consent_event
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_phones();

-- Of refusals rules ask about that of profiling alone.
CREATE FUNCTION note_refusals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_change (organization_id, xact, ordinals, phones)
  SELECT organization_id, pg_current_xact_id()::text::bigint, '{}', array_agg(DISTINCT phone_id) FROM after
  WHERE scope = 'profiling' GROUP BY organization_id;
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON opt_out
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_refusals();

CREATE FUNCTION note_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_change (organization_id, xact, ordinals, phones)
  SELECT after.organization_id, pg_current_xact_id()::text::bigint, '{}', array_agg(DISTINCT refusal.phone_id)
  FROM after JOIN opt_out AS refusal
    ON refusal.organization_id = after.organization_id AND refusal.id = after.opt_out_id
  WHERE refusal.scope = 'profiling' GROUP BY after.organization_id;
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON opt_out_correction_answer
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_corrections();

-- Of whom was erased little is asked, and they are few.
CREATE INDEX contact_erased ON contact (organization_id, ordinal) WHERE erased_at IS NOT NULL;
