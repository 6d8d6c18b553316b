-- A preview may judge by a draft of a policy instead of an upcoming law.
ALTER TABLE "law_preview" ADD COLUMN "draft" TEXT NOT NULL DEFAULT '';
DROP INDEX "law_preview_organization_id_day_span_key";
CREATE UNIQUE INDEX "law_preview_organization_id_day_span_draft_key" ON "law_preview"("organization_id", "day", "span", "draft");
