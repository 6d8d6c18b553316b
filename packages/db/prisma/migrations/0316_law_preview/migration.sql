-- Previews of the law of a coming day, and the calls and people for whom it decides otherwise. Derived: they allow
-- nothing, and name calls and people by id.
CREATE TABLE "law_preview" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "span" INTEGER NOT NULL,
    "result" JSONB,
    "made_at" TIMESTAMPTZ(3),
    "compared_with" DATE,

    CONSTRAINT "law_preview_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "law_preview_organization_id_day_span_key" ON "law_preview"("organization_id", "day", "span");
ALTER TABLE "law_preview" ADD CONSTRAINT "law_preview_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "law_preview_row" (
    "organization_id" UUID NOT NULL,
    "preview_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "screening_id" UUID,
    "campaign_id" UUID,
    "contact_id" UUID,
    "is_refused" BOOLEAN NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "law_preview_row_pkey" PRIMARY KEY ("organization_id","preview_id","number")
);
ALTER TABLE "law_preview_row" ADD CONSTRAINT "law_preview_row_organization_id_preview_id_fkey" FOREIGN KEY ("organization_id", "preview_id") REFERENCES "law_preview"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
