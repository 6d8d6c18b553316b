-- A transaction says for which organization it works (`inTransaction`). The rows of others do not exist for it, so a
-- condition that a query forgets shows nothing of them; a transaction that says nothing sees nothing. The owner of
-- the tables, who migrates, is not restricted. See decision 61.

-- The service may use only the functions of this schema that it is granted, and reads no table in it.
CREATE SCHEMA scope;

CREATE TABLE scope.secret (secret bytea NOT NULL);
CREATE UNIQUE INDEX one_secret ON scope.secret ((true));
INSERT INTO scope.secret SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- The token of an organization, which opens its rows to a transaction. Only the role that works for all organizations
-- may ask for it: a statement injected into the transaction of one organization cannot name another.
CREATE FUNCTION scope.token(organization uuid) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT organization || '.' || encode(sha256(secret || sha256(secret || uuid_send(organization))), 'hex')
  FROM scope.secret
$$;
REVOKE ALL ON FUNCTION scope.token FROM PUBLIC;

-- The organization of the transaction; null if it has none, or if its token is not one of ours.
CREATE FUNCTION scope.organization() RETURNS uuid
  LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token text := current_setting('ringfence.scope', true);
BEGIN
  -- Empty after a transaction that had set it.
  IF token IS NULL OR token !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.' THEN
    RETURN NULL;
  END IF;
  IF token <> scope.token(split_part(token, '.', 1)::uuid) THEN
    RETURN NULL;
  END IF;
  RETURN split_part(token, '.', 1)::uuid;
END $$;

-- PostgreSQL asks an operator that could tell what it has seen, such as lower() or ILIKE, only after the policy, so a
-- policy switches off its index. The next functions read as the owner, and add the organization themselves.

CREATE FUNCTION scope.contacts_with_email(emails text[])
  RETURNS TABLE (contact_id uuid, contact_ordinal integer, mailbox text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, ordinal, lower(email) FROM contact
  WHERE organization_id = scope.organization() AND email IS NOT NULL AND lower(email) = ANY (emails)
$$;

CREATE FUNCTION scope.confirmations_with_email(address text)
  RETURNS TABLE (phone_id uuid, created_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT phone_id, created_at FROM confirmation
  WHERE organization_id = scope.organization() AND email IS NOT NULL AND lower(email) = lower(address)
$$;

-- Finds contacts by a part of their name, last added first. Planned for each search: the trigrams help for a rare part
-- of a name, and the order of ids for a common one.
CREATE FUNCTION scope.contacts_named(pattern text, below uuid, region text, party text, most integer)
  RETURNS TABLE (contact_id uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF pattern IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE '
    SELECT id FROM contact
    WHERE organization_id = $1 AND name ILIKE $2 AND erased_at IS NULL
      AND ($3 IS NULL OR id < $3)
      AND ($4 IS NULL OR address_region = $4 OR address_region LIKE $4 || ''-%'')
      AND ($5 IS NULL OR called_party = $5)
    ORDER BY id DESC LIMIT $6'
    USING scope.organization(), pattern, below, region, party, most;
END $$;

-- What the operator opens without naming an organization belongs to the one that was founded first.
CREATE FUNCTION scope.first_organization() RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM organization ORDER BY id LIMIT 1
$$;

DO $$
DECLARE
  guarded record;
BEGIN
  FOR guarded IN
    SELECT pg_class.oid::regclass AS name,
      CASE WHEN pg_class.oid = 'organization'::regclass THEN 'id' ELSE 'organization_id' END AS key
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind = 'r' AND nspname IN ('public', 'ledger', 'vault')
      AND (pg_class.oid = 'organization'::regclass OR EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id'))
      -- Bits of registries, which are copied in: COPY does not work with row-level security.
      AND relname NOT IN ('registry_block', 'registry_change')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded.name);
    EXECUTE format('CREATE POLICY of_organization ON %s USING (%I = (SELECT scope.organization()))',
      guarded.name, guarded.key);
  END LOOP;
END $$;

-- Otherwise a view would read as its owner.
ALTER VIEW opt_out_known SET (security_invoker = true);

-- The same index twice.
DROP INDEX contact_mailbox;
