CREATE TABLE "file_erasure" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key_generation" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "act_id" UUID,

    CONSTRAINT "file_erasure_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "file_erasure" ADD CONSTRAINT "file_erasure_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "file_erasure_mark" (
    "organization_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "file_erasure_mark_pkey" PRIMARY KEY ("organization_id","erasure_id","kind","key")
);
ALTER TABLE "file_erasure_mark" ADD CONSTRAINT "file_erasure_mark_organization_id_erasure_id_fkey" FOREIGN KEY ("organization_id", "erasure_id") REFERENCES "file_erasure"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "erased_file_rows" (
    "organization_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "before_sha256" BYTEA NOT NULL,
    "after_sha256" BYTEA NOT NULL,
    "rows" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_file_rows_pkey" PRIMARY KEY ("organization_id","erasure_id","subject_id","file","attempt","before_sha256")
);
CREATE INDEX "erased_file_rows_organization_id_subject_id_idx" ON "erased_file_rows"("organization_id", "subject_id");
ALTER TABLE "erased_file_rows" ADD CONSTRAINT "erased_file_rows_organization_id_erasure_id_fkey" FOREIGN KEY ("organization_id", "erasure_id") REFERENCES "file_erasure"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever was erased before this version still stands in files: by the keyed hash that took the number's place
-- their rows are found.
INSERT INTO "file_erasure" ("organization_id", "id", "key_generation", "created_at")
SELECT DISTINCT ON (entry.organization_id, details->>'erasureId') entry.organization_id,
  (details->>'erasureId')::uuid, phone_key_generation(), clock_timestamp()
FROM "audit_entry" AS entry JOIN "phone"
  ON phone.organization_id = entry.organization_id AND phone.id = entry.phone_id
WHERE action = 'person.erase' AND details->>'erasureId' IS NOT NULL AND phone_key IS NOT NULL;
INSERT INTO "file_erasure_mark" ("organization_id", "erasure_id", "kind", "key")
SELECT DISTINCT entry.organization_id, (details->>'erasureId')::uuid, 'phone', phone_key
FROM "audit_entry" AS entry JOIN "phone"
  ON phone.organization_id = entry.organization_id AND phone.id = entry.phone_id
WHERE action = 'person.erase' AND details->>'erasureId' IS NOT NULL AND phone_key IS NOT NULL;
