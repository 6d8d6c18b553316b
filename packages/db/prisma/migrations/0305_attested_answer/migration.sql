-- Questions to the operators of lists without a known file format, and their answers: an officer brings numbers to
-- the operator and attests the answer, and a second officer accepts it.
CREATE TABLE "registry_question" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_ids" UUID[],
    "numbers" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE,
    "operator" TEXT,
    "listed_phone_ids" UUID[],
    "attested_by" UUID,
    "attested_at" TIMESTAMPTZ(3),
    "settled_by" UUID,
    "settled_at" TIMESTAMPTZ(3),
    "settled_why" TEXT,

    CONSTRAINT "registry_question_pkey" PRIMARY KEY ("organization_id","registry_id","id")
);

ALTER TABLE "registry_question" ADD CONSTRAINT "registry_question_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
