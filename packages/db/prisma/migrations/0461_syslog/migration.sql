-- Audit entries that a collector of syslog messages has not confirmed yet. The queue is filled by the database, so that no
-- entry is missed whatever writes it, and only while there is a collector.
CREATE TABLE "syslog_collector" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "syslog_collector_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "syslog_collector" ADD CHECK ("id" = 1);

-- CreateTable
CREATE TABLE "syslog_queue" (
    "organization_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "syslog_queue_pkey" PRIMARY KEY ("organization_id","entry_id")
);

-- CreateIndex
CREATE INDEX "syslog_queue_entry_id_idx" ON "syslog_queue"("entry_id");

-- AddForeignKey
ALTER TABLE "syslog_queue" ADD CONSTRAINT "syslog_queue_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "syslog_queue" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "syslog_queue" USING (organization_id = (SELECT scope.organization()));

CREATE FUNCTION queue_for_syslog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO syslog_queue (organization_id, entry_id)
  SELECT organization_id, id FROM added WHERE EXISTS (SELECT FROM syslog_collector);
  RETURN NULL;
END $$;
CREATE TRIGGER queue_for_syslog AFTER INSERT ON "audit_entry"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_for_syslog();

-- As before (0453_proofs_are_kept), and an entry that waits for the collector stays.
CREATE OR REPLACE VIEW due_audit WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, entry.id, entry.at
FROM retention_term AS term
JOIN audit_entry AS entry ON entry.organization_id = term.organization_id
  AND entry.at < date_trunc('day', now() - make_interval(days => term.days))
WHERE term.kind = 'audit' AND term.place = ''
  AND NOT starts_with(entry.action, 'opt-out.') AND NOT starts_with(entry.action, 'suppression.')
  AND NOT starts_with(entry.action, 'person.erase') AND NOT starts_with(entry.action, 'retention.')
  AND NOT starts_with(entry.action, 'legal-hold.') AND NOT starts_with(entry.action, 'restriction.')
  AND entry.action <> 'own-record.withdraw' AND NOT entry.details ? 'withdrawn'
  AND NOT (entry.action = 'import.run' AND entry.details ->> 'kind' IN ('opt_outs', 'suppressions'))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = entry.organization_id)
  AND NOT EXISTS (
    SELECT FROM syslog_queue AS queued
    WHERE queued.organization_id = entry.organization_id AND queued.entry_id = entry.id);
