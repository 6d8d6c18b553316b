-- What an organization says of its processing that no setting shows, for the record of processing (GDPR art. 30).
CREATE TABLE "processing_details" (
    "organization_id" UUID NOT NULL,
    "controller" TEXT,
    "contact" TEXT,
    "representative" TEXT,
    "protection_officer" TEXT,
    "grounds" TEXT,
    "recipients" TEXT,
    "transfers" TEXT,
    "measures" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" JSONB NOT NULL,

    CONSTRAINT "processing_details_pkey" PRIMARY KEY ("organization_id")
);

-- AddForeignKey
ALTER TABLE "processing_details" ADD CONSTRAINT "processing_details_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "processing_details" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "processing_details" USING (organization_id = (SELECT scope.organization()));
