-- Who took a complaint down for a person that told them of it; null where the person wrote it.
ALTER TABLE "complaint" ADD COLUMN "recorded_by" JSONB;
