-- A key may get a new secret, while the previous one works until an instant. Processes hold a secret's number, so a number
-- always stands for the same secret.
ALTER TABLE "api_key"
  ADD COLUMN "secret_number" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "previous_secret_hash" BYTEA,
  ADD COLUMN "previous_until" TIMESTAMPTZ(3),
  ADD CONSTRAINT api_key_previous CHECK ((previous_secret_hash IS NULL) = (previous_until IS NULL));
CREATE UNIQUE INDEX "api_key_organization_id_previous_secret_hash_key" ON "api_key"("organization_id", "previous_secret_hash");

DROP TRIGGER kept ON api_key;
CREATE TRIGGER kept BEFORE DELETE OR UPDATE OF organization_id, id, scopes, seller_ids
  ON api_key FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_secret_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.secret_number = OLD.secret_number THEN
    -- The previous secret may only end, and no later than was said.
    IF NEW.secret_hash = OLD.secret_hash AND (NEW.previous_secret_hash IS NULL
        OR NEW.previous_secret_hash = OLD.previous_secret_hash AND NEW.previous_until <= OLD.previous_until) THEN
      RETURN NEW;
    END IF;
  ELSIF NEW.secret_number = OLD.secret_number + 1 AND NEW.secret_hash <> OLD.secret_hash
      AND (NEW.previous_secret_hash IS NULL OR NEW.previous_secret_hash = OLD.secret_hash) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a secret of an API key changes only with its number';
END $$;
CREATE TRIGGER secret_numbers
  BEFORE UPDATE OF secret_hash, secret_number, previous_secret_hash, previous_until ON api_key
  FOR EACH ROW EXECUTE FUNCTION keep_secret_numbers();
