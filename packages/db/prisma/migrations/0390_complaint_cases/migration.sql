-- Complaints become cases: where they came from, when they have to be answered, the calls that they are about, what was
-- done, and how they were decided (decision 68). Complaints that were resolved count as decided without words.

-- Complaints so far have no deadline of their own: 30 days after they came. Calls are looked for as if no time was named.
ALTER TABLE "complaint" RENAME COLUMN "settled_at" TO "decided_at";
ALTER TABLE "complaint" RENAME COLUMN "settled_by" TO "decided_by";

ALTER TABLE "complaint" ADD COLUMN     "appealed_at" TIMESTAMPTZ(3),
ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "decision" TEXT,
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "due_rule" TEXT,
ADD COLUMN     "external_id" TEXT,
ADD COLUMN     "regulator" TEXT,
ADD COLUMN     "regulator_reference" TEXT,
ADD COLUMN     "said_at" TIMESTAMPTZ(3),
ADD COLUMN     "said_on" DATE,
ADD COLUMN     "search_from" TIMESTAMPTZ(3),
ADD COLUMN     "search_until" TIMESTAMPTZ(3),
ADD COLUMN     "seller_id" UUID,
ADD COLUMN     "source" TEXT;

UPDATE "complaint" SET
  source = CASE WHEN recorded_by IS NULL THEN 'page' ELSE 'agent' END,
  due_at = received_at + interval '30 days', due_rule = 'own',
  search_from = received_at - interval '30 days', search_until = received_at;

ALTER TABLE "complaint" ALTER COLUMN "due_at" SET NOT NULL,
ALTER COLUMN "due_rule" SET NOT NULL,
ALTER COLUMN "search_from" SET NOT NULL,
ALTER COLUMN "search_until" SET NOT NULL,
ALTER COLUMN "source" SET NOT NULL,
ADD CHECK ("source" IN ('page', 'agent', 'mail', 'regulator', 'api')),
ADD CHECK ("decision" IN ('upheld', 'partly-upheld', 'rejected', 'withdrawn')),
ADD CHECK ("decision" IS NULL OR "decided_at" IS NOT NULL),
ADD CHECK (("source" = 'regulator') = ("regulator" IS NOT NULL)),
ADD CHECK ("said_at" IS NULL OR "said_on" IS NULL);

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "complaint_days" INTEGER NOT NULL DEFAULT 30;

-- CreateTable
CREATE TABLE "complaint_call" (
    "organization_id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "found_by" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "unlinked_at" TIMESTAMPTZ(3),

    CONSTRAINT "complaint_call_pkey" PRIMARY KEY ("organization_id","complaint_id","call_id")
);

-- CreateTable
CREATE TABLE "complaint_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "complaint_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "complaint_note" (
    "organization_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "complaint_note_pkey" PRIMARY KEY ("organization_id","event_id")
);

-- CreateTable
CREATE TABLE "complaint_task" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" JSONB,

    CONSTRAINT "complaint_task_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "complaint_call_organization_id_call_id_idx" ON "complaint_call"("organization_id", "call_id");

-- CreateIndex
CREATE INDEX "complaint_event_organization_id_complaint_id_idx" ON "complaint_event"("organization_id", "complaint_id");

-- CreateIndex
CREATE INDEX "complaint_task_organization_id_complaint_id_idx" ON "complaint_task"("organization_id", "complaint_id");

-- CreateIndex
CREATE INDEX "complaint_organization_id_decided_at_due_at_idx" ON "complaint"("organization_id", "decided_at", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_organization_id_external_id_key" ON "complaint"("organization_id", "external_id");

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_call" ADD CONSTRAINT "complaint_call_organization_id_complaint_id_fkey" FOREIGN KEY ("organization_id", "complaint_id") REFERENCES "complaint"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_call" ADD CONSTRAINT "complaint_call_organization_id_call_id_fkey" FOREIGN KEY ("organization_id", "call_id") REFERENCES "call"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_event" ADD CONSTRAINT "complaint_event_organization_id_complaint_id_fkey" FOREIGN KEY ("organization_id", "complaint_id") REFERENCES "complaint"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_note" ADD CONSTRAINT "complaint_note_organization_id_event_id_fkey" FOREIGN KEY ("organization_id", "event_id") REFERENCES "complaint_event"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_task" ADD CONSTRAINT "complaint_task_organization_id_complaint_id_fkey" FOREIGN KEY ("organization_id", "complaint_id") REFERENCES "complaint"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "complaint_call" (organization_id, complaint_id, call_id, found_by, linked_at)
SELECT organization_id, id, call_id, 'person', received_at FROM "complaint" WHERE call_id IS NOT NULL;

INSERT INTO "complaint_event" (organization_id, id, complaint_id, kind, details, at, actor)
SELECT organization_id, uuid7(), id, 'received', '{}', received_at,
  coalesce(recorded_by, jsonb_build_object('type', 'person', 'id', phone_id))
FROM "complaint";

INSERT INTO "complaint_event" (organization_id, id, complaint_id, kind, details, at, actor)
SELECT organization_id, uuid7(), id, 'decided', '{}', decided_at, decided_by
FROM "complaint" WHERE decided_at IS NOT NULL AND decided_by IS NOT NULL;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "complaint_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "complaint_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Rows of another organization do not exist for a transaction (0330_row_level_security).
DO $$
DECLARE
  name text;
BEGIN
  IF to_regnamespace('scope') IS NOT NULL THEN
    FOREACH name IN ARRAY ARRAY['complaint_call', 'complaint_event', 'complaint_note', 'complaint_task'] LOOP
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('CREATE POLICY of_organization ON %I USING (organization_id = (SELECT scope.organization()))', name);
    END LOOP;
  END IF;
END $$;
