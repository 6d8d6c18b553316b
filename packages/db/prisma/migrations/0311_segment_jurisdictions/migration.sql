-- The jurisdictions of the people of a segment. Derived: a row that is missing or old is made again.
CREATE TABLE "segment_jurisdictions" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "jurisdictions" TEXT[],
    "rules" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_jurisdictions_pkey" PRIMARY KEY ("organization_id","segment_id")
);

ALTER TABLE "segment_jurisdictions" ADD CONSTRAINT "segment_jurisdictions_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
