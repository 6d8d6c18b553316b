-- Recordings and scans that members upload, and to which evidence they belong.
CREATE TABLE "evidence_file" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "attached_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "evidence" ADD COLUMN "file_id" UUID;
CREATE INDEX "evidence_organization_id_file_id_idx" ON "evidence"("organization_id", "file_id");
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_file"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
