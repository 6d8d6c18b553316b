-- When a draft of a campaign was archived, and by whom. Null of those that are not archived.
ALTER TABLE "campaign" ADD COLUMN "archived_at" TIMESTAMPTZ(3), ADD COLUMN "archived_by" JSONB;
-- Only a draft is archived: nothing that was archived can run.
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_archived_is_draft"
  CHECK ("archived_at" IS NULL OR "state" = 'draft');
