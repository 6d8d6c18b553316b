-- Notices of coming changes of the law that a member has dismissed, at one of the stages of 90, 30 and 7 days.
CREATE TABLE "law_notice_dismissal" (
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "law_notice_dismissal_pkey" PRIMARY KEY ("organization_id","member_id","change","stage")
);
ALTER TABLE "law_notice_dismissal" ADD CONSTRAINT "law_notice_dismissal_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
