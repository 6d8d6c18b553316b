-- Attempts of a run that ended because the worker was asked to stop. They do not count as tries.
ALTER TABLE "run" ADD COLUMN "stops" INTEGER NOT NULL DEFAULT 0;
