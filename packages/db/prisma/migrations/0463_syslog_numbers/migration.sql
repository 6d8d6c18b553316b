-- Entries that wait for the collector are numbered without gaps, so that the collector sees if one was taken off the queue.
ALTER TABLE "syslog_collector" ADD COLUMN "numbered" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "syslog_queue" ADD COLUMN "number" BIGINT;
DROP INDEX "syslog_queue_entry_id_idx";
CREATE INDEX "syslog_queue_number_idx" ON "syslog_queue"("number");

-- The transaction of an organization sees which of its entries wait, because a sweep keeps them. It changes nothing in the
-- queue, and does not see whether there is a collector. The trigger adds to the queue as the owner, and the worker
-- empties it as the role for all organizations.
DROP POLICY of_organization ON "syslog_queue";
CREATE POLICY of_organization ON "syslog_queue" FOR SELECT USING (organization_id = (SELECT scope.organization()));
ALTER TABLE "syslog_collector" ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION queue_for_syslog() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO syslog_queue (organization_id, entry_id)
  SELECT organization_id, id FROM added WHERE EXISTS (SELECT FROM syslog_collector);
  RETURN NULL;
END $$;
