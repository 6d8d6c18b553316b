-- Days of the audit trail whose digest is on the ledger, and the hashes of entries that a retention sweep removed since:
-- with them the digest is computed again, so that a sweep does not look like tampering (decision 78).
CREATE TABLE "audit_digest" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_digest_pkey" PRIMARY KEY ("organization_id","day")
);

-- CreateTable
CREATE TABLE "removed_audit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "leaf" BYTEA NOT NULL,

    CONSTRAINT "removed_audit_entry_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "removed_audit_entry_organization_id_at_idx" ON "removed_audit_entry"("organization_id", "at");

-- AddForeignKey
ALTER TABLE "audit_digest" ADD CONSTRAINT "audit_digest_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "removed_audit_entry" ADD CONSTRAINT "removed_audit_entry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "removed_audit_entry" ADD CHECK (octet_length("leaf") = 32);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_digest', 'removed_audit_entry'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY of_organization ON %I USING (organization_id = (SELECT scope.organization()))', name);
  END LOOP;
END $$;
