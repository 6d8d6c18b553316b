-- The most rows of scrubs and imports that an organization may start in a day, set by the operator. Null: no limit.
-- See decision 91.
ALTER TABLE "organization" ADD COLUMN "daily_rows" INTEGER;
