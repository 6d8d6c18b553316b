-- What the database knows of the copy of its opt-outs on another disk. So a copy that was deleted or exchanged is noticed,
-- and a database that was restored is compared with its copy before it is served. See decision 87.
CREATE TABLE ledger.opt_out_copy (
  copy_id uuid PRIMARY KEY,
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The member who began it in place of the one before, and accepted what is only in that one. Null for the first.
  begun_by uuid,
  -- Number of opt-outs that were in its files at least.
  copied bigint NOT NULL DEFAULT 0,
  -- The running database that had every opt-out of the copy: `identifyDatabase`.
  compared_database text,
  -- What the last comparison found wrong, as messages, and with which running database.
  faults jsonb NOT NULL DEFAULT '[]',
  faulty_database text
);
ALTER TABLE ledger.opt_out_copy ENABLE ROW LEVEL SECURITY;

-- Opt-outs that a restored database had lost and that were recorded again from the copy.
CREATE TABLE ledger.recovered_opt_out (
  -- The lost statement, as the copy names it.
  entry_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  opt_out_id uuid NOT NULL,
  recovered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE ledger.recovered_opt_out ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON ledger.recovered_opt_out USING (organization_id = (SELECT scope.organization()));
