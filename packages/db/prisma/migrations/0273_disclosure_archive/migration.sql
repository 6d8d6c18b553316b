-- Disclosures that are archived. A disclosure itself is never changed, and a row here goes when it is restored.
CREATE TABLE "disclosure_archive" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_by" JSONB NOT NULL,

    CONSTRAINT "disclosure_archive_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "disclosure_archive" ADD CONSTRAINT "disclosure_archive_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
