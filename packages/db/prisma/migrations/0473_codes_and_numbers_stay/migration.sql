CREATE FUNCTION refuse_replacement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what % refers to is never replaced', TG_TABLE_NAME;
END $$;

-- A code stays for the phone that it was made for. Its MAC covers the same columns, because a row can still be deleted
-- and written anew.
CREATE TRIGGER kept BEFORE UPDATE OF organization_id, id, phone_id, means, handed_out_by ON person_code
  FOR EACH ROW EXECUTE FUNCTION refuse_replacement();

-- A number is erased and never replaced. Otherwise somebody could put their own number into the row of another person,
-- get a code sent to it, and act for that person.
CREATE TRIGGER number_kept BEFORE UPDATE OF e164 ON phone
  FOR EACH ROW WHEN (NEW.e164 IS NOT NULL AND NEW.e164 IS DISTINCT FROM OLD.e164)
  EXECUTE FUNCTION refuse_replacement();
