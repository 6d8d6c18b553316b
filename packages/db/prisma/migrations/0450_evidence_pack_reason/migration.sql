-- The reason for an evidence pack is free text, which may name a person. It gets a table of its own, so that it can be
-- erased; the record of the pack stays.
CREATE TABLE "evidence_pack_reason" (
    "organization_id" UUID NOT NULL,
    "pack_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "evidence_pack_reason_pkey" PRIMARY KEY ("organization_id","pack_id")
);

-- AddForeignKey
ALTER TABLE "evidence_pack_reason" ADD CONSTRAINT "evidence_pack_reason_organization_id_pack_id_fkey" FOREIGN KEY ("organization_id", "pack_id") REFERENCES "evidence_pack"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "evidence_pack_reason" (organization_id, pack_id, text)
SELECT organization_id, id, reason FROM "evidence_pack";

-- AlterTable
ALTER TABLE "evidence_pack" DROP COLUMN "reason";

-- Rows of another organization do not exist for a transaction (0330_row_level_security).
ALTER TABLE "evidence_pack_reason" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "evidence_pack_reason" USING (organization_id = (SELECT scope.organization()));
