-- CreateTable
CREATE TABLE "member_link" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "is_mailed" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_link_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "member_link_organization_id_member_id_idx" ON "member_link"("organization_id", "member_id");

-- AddForeignKey
ALTER TABLE "member_link" ADD CONSTRAINT "member_link_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
