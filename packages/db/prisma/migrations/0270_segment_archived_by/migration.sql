-- Who archived a segment. Null of those that are not archived.
ALTER TABLE "segment" ADD COLUMN "archived_by" JSONB;
