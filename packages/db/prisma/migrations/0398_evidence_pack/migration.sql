-- Evidence packs that were made: who took one out, for whom, and the fingerprint by which it is recognized.
CREATE TABLE "evidence_pack" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "regulator" TEXT,
    "reason" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "evidence_pack_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "evidence_pack_organization_id_complaint_id_idx" ON "evidence_pack"("organization_id", "complaint_id");

-- AddForeignKey
ALTER TABLE "evidence_pack" ADD CONSTRAINT "evidence_pack_organization_id_complaint_id_fkey" FOREIGN KEY ("organization_id", "complaint_id") REFERENCES "complaint"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "evidence_pack"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "evidence_pack"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Rows of another organization do not exist for a transaction (0330_row_level_security).
DO $$
BEGIN
  IF to_regnamespace('scope') IS NOT NULL THEN
    ALTER TABLE "evidence_pack" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY of_organization ON "evidence_pack" USING (organization_id = (SELECT scope.organization()));
  END IF;
END $$;
