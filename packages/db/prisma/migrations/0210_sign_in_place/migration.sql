-- What was counted before is forgotten: it knew no waits.
DELETE FROM "sign_in_attempt";
ALTER TABLE "sign_in_attempt" ADD COLUMN "next_at" TIMESTAMPTZ(3) NOT NULL;

CREATE TABLE "sign_in_place" (
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "place" CHAR(64) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_place_pkey" PRIMARY KEY ("organization_id","member_id","place")
);

-- AddForeignKey
ALTER TABLE "sign_in_place" ADD CONSTRAINT "sign_in_place_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
