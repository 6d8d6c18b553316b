-- Who archived an offer. Null of those that are not archived, and of those archived before this was kept.
ALTER TABLE "offer" ADD COLUMN "archived_by" JSONB;
