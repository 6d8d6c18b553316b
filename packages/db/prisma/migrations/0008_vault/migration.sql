-- What statements disclose of persons: apart from the ledger, which holds digests alone, so that it
-- can be erased while every proof stays. Sealed with a data key for each subject, which a key outside
-- of the database wraps: backups are erased with that key too.
CREATE SCHEMA vault;

-- Whom statements are about: a phone, or where they are about nobody the thing itself. Its statements
-- form a chain, in which one that is missing in the middle shows.
CREATE TABLE vault.subject (
  organization_id uuid NOT NULL,
  subject_id      uuid NOT NULL,
  statements      integer NOT NULL DEFAULT 0 CHECK (statements >= 0),
  -- SHA-256 of the latest statement; null before the first.
  head            bytea CHECK (octet_length(head) = 32),
  -- Null once it was erased.
  wrapped_key     bytea,
  wrapping_key_id text,
  PRIMARY KEY (organization_id, subject_id),
  CHECK (num_nulls(wrapped_key, wrapping_key_id) IN (0, 2))
);

-- Which entry of the ledger is about which event: ids alone.
CREATE TABLE vault.statement (
  organization_id uuid NOT NULL,
  entry_id        uuid NOT NULL,
  subject_id      uuid NOT NULL,
  sequence        integer NOT NULL CHECK (sequence > 0),
  -- The id of the consent event, the refusal, the disclosure or the erasure.
  about           uuid NOT NULL,
  PRIMARY KEY (organization_id, entry_id),
  UNIQUE (organization_id, subject_id, sequence)
);
CREATE INDEX statement_about ON vault.statement (organization_id, about);

-- AES-256-GCM of a disclosure of RFC 9901: the salt, the name and the value. Rows go as claims are erased.
CREATE TABLE vault.disclosure (
  organization_id uuid NOT NULL,
  entry_id        uuid NOT NULL,
  claim           text NOT NULL,
  sealed          bytea NOT NULL,
  PRIMARY KEY (organization_id, entry_id, claim)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON vault.statement
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON vault.statement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
