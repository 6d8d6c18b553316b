-- The most large requests and long jobs of an organization that one process runs at once, set by the operator. Null: as
-- many as the process allows for one organization. Zero would leave work waiting for ever. See decision 92.
ALTER TABLE "organization" ADD COLUMN "heavy_jobs" INTEGER,
ADD COLUMN "heavy_requests" INTEGER,
ADD CONSTRAINT "organization_heavy_limits" CHECK ("heavy_requests" > 0 AND "heavy_jobs" > 0);
