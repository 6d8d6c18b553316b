-- The ledger: entries are accepted in the transaction of what they are about, and given their places in
-- batches. What is refused here are mistakes; gaps, and entries that are neither queued nor in the log,
-- are for `ledger audit` to find, and one who may do anything here is for the signer and the witnesses.
CREATE SCHEMA ledger;

-- One for the installation; organizations are inside what is committed to. Its name is the signer's to give.
CREATE TABLE ledger.log (
  log_id     smallint PRIMARY KEY,
  origin     text UNIQUE,
  size       bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  root       bytea NOT NULL DEFAULT sha256(''::bytea) CHECK (octet_length(root) = 32),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO ledger.log (log_id) VALUES (1);

-- Signed statements, without anything personal. No foreign key to the log: each insert would lock its row,
-- which is the sequencer's.
CREATE TABLE ledger.entry (
  entry_id        uuid PRIMARY KEY DEFAULT public.uuid7(),
  log_id          smallint NOT NULL DEFAULT 1,
  organization_id uuid NOT NULL,
  kind            text NOT NULL,
  idem_key        bytea NOT NULL CHECK (octet_length(idem_key) = 32),
  statement       text NOT NULL,
  leaf            bytea NOT NULL CHECK (octet_length(leaf) BETWEEN 1 AND 65535),
  accepted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (organization_id, idem_key)
);
-- When the screenings of an organization were last committed to.
CREATE INDEX entry_screening_batch ON ledger.entry (organization_id, accepted_at)
  WHERE kind = 'screening.batch';

-- What waits for its place: filled by a trigger alone, so that no code can make an entry that does not wait.
CREATE TABLE ledger.pending (
  entry_id    uuid PRIMARY KEY,
  log_id      smallint NOT NULL,
  leaf_hash   bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  accepted_at timestamptz NOT NULL
);

-- Each entry has one place at most, and each place one entry.
CREATE TABLE ledger.leaf (
  log_id     smallint NOT NULL,
  leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
  entry_id   uuid NOT NULL UNIQUE,
  PRIMARY KEY (log_id, leaf_index)
);

-- A partial tile is the beginning of a row.
CREATE TABLE ledger.tile (
  log_id smallint NOT NULL,
  level  smallint NOT NULL CHECK (level >= 0),
  idx    bigint NOT NULL CHECK (idx >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192),
  PRIMARY KEY (log_id, level, idx)
);
ALTER TABLE ledger.tile ALTER hashes SET STORAGE EXTERNAL; -- hashes do not compress

-- One root for each size, ever.
CREATE TABLE ledger.checkpoint (
  log_id    smallint NOT NULL REFERENCES ledger.log,
  size      bigint NOT NULL CHECK (size >= 0),
  root      bytea NOT NULL CHECK (octet_length(root) = 32),
  note      text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, size)
);
CREATE TABLE ledger.cosignature (
  log_id  smallint NOT NULL,
  size    bigint NOT NULL,
  witness text NOT NULL,
  line    text NOT NULL,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, size, witness),
  FOREIGN KEY (log_id, size) REFERENCES ledger.checkpoint
);
CREATE TABLE ledger.tsa_token (
  log_id smallint NOT NULL,
  size   bigint NOT NULL,
  tsa    text NOT NULL,
  token  bytea NOT NULL,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, size, tsa),
  FOREIGN KEY (log_id, size) REFERENCES ledger.checkpoint
);

-- The public keys that sign checkpoints, each from when it was first used.
CREATE TABLE ledger.log_key (
  log_id smallint NOT NULL REFERENCES ledger.log,
  vkey   text NOT NULL,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, vkey)
);

-- The witnesses that are asked now, for whoever reads the log's policy.
CREATE TABLE ledger.witness (
  log_id smallint NOT NULL REFERENCES ledger.log,
  vkey   text NOT NULL,
  name   text NOT NULL,
  url    text NOT NULL,
  PRIMARY KEY (log_id, name)
);

-- Which screening is which leaf of the tree whose root a statement commits to.
CREATE TABLE ledger.screening_leaf (
  organization_id uuid NOT NULL,
  screening_id    uuid NOT NULL,
  entry_id        uuid NOT NULL,
  leaf_index      int NOT NULL CHECK (leaf_index >= 0),
  PRIMARY KEY (organization_id, screening_id)
);
CREATE INDEX screening_leaf_entry ON ledger.screening_leaf (organization_id, entry_id, leaf_index);

-- By statement, not by row: a batch of entries is queued at once. RFC 6962: a leaf's hash begins with 0.
CREATE FUNCTION ledger.enqueue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM made WHERE log_id NOT IN (SELECT log_id FROM ledger.log)) THEN
    RAISE EXCEPTION 'an entry names a log that is not there';
  END IF;
  INSERT INTO ledger.pending (entry_id, log_id, leaf_hash, accepted_at)
    SELECT entry_id, log_id, sha256('\x00'::bytea || leaf), accepted_at FROM made;
  RETURN NULL;
END $$;
CREATE TRIGGER enqueue AFTER INSERT ON ledger.entry REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.enqueue();

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% is append-only', TG_TABLE_NAME;
END $$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['entry', 'leaf', 'checkpoint', 'cosignature', 'tsa_token', 'log_key', 'screening_leaf'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.%I
      FOR EACH ROW EXECUTE FUNCTION ledger.refuse()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['log', 'entry', 'pending', 'leaf', 'tile', 'checkpoint', 'cosignature', 'tsa_token', 'log_key', 'screening_leaf'] LOOP
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()', name);
  END LOOP;
END $$;

-- A tile only grows, at its end.
CREATE FUNCTION ledger.tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) <> OLD.hashes
    OR (NEW.log_id, NEW.level, NEW.idx) <> (OLD.log_id, OLD.level, OLD.idx) THEN
    RAISE EXCEPTION 'ledger.tile only grows';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grows BEFORE UPDATE OR DELETE ON ledger.tile FOR EACH ROW EXECUTE FUNCTION ledger.tile_grows();

-- A log only grows, and keeps the name that it was given.
CREATE FUNCTION ledger.log_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.log_id <> OLD.log_id OR NEW.size < OLD.size
    OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
    OR (OLD.origin IS NOT NULL AND NEW.origin IS DISTINCT FROM OLD.origin) THEN
    RAISE EXCEPTION 'ledger.log only grows';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grows BEFORE UPDATE OR DELETE ON ledger.log FOR EACH ROW EXECUTE FUNCTION ledger.log_grows();
