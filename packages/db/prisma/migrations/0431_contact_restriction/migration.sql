-- Officers restrict the processing of a contact's data, and lift that (GDPR art. 18; 152-FZ art. 21).
-- CreateTable
CREATE TABLE "contact_restriction" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "ground" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "contact_restriction_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "contact_restriction_end" (
    "organization_id" UUID NOT NULL,
    "restriction_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "contact_restriction_end_pkey" PRIMARY KEY ("organization_id","restriction_id")
);

-- CreateIndex
CREATE INDEX "contact_restriction_organization_id_contact_id_idx" ON "contact_restriction"("organization_id", "contact_id");

-- AddForeignKey
ALTER TABLE "contact_restriction" ADD CONSTRAINT "contact_restriction_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contact"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_restriction_end" ADD CONSTRAINT "contact_restriction_end_organization_id_restriction_id_fkey" FOREIGN KEY ("organization_id", "restriction_id") REFERENCES "contact_restriction"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "contact_restriction"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "contact_restriction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "contact_restriction_end"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "contact_restriction_end"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Rows of another organization do not exist for a transaction (0330_row_level_security).
DO $$
BEGIN
  IF to_regnamespace('scope') IS NOT NULL THEN
    ALTER TABLE "contact_restriction" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY of_organization ON "contact_restriction" USING (organization_id = (SELECT scope.organization()));
    ALTER TABLE "contact_restriction_end" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY of_organization ON "contact_restriction_end" USING (organization_id = (SELECT scope.organization()));
  END IF;
END $$;
