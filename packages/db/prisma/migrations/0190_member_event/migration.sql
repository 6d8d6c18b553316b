-- CreateTable
CREATE TABLE "member_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "is_shown" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "member_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "member_event_organization_id_member_id_idx" ON "member_event"("organization_id", "member_id");

-- AddForeignKey
ALTER TABLE "member_event" ADD CONSTRAINT "member_event_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "member_event" ADD CHECK ("kind" IN ('added', 'reset', 'role', 'confirmed'));

-- The audit trail tells what was done before. Whoever added a member, or gave them a new first password,
-- was shown that password.
INSERT INTO "member_event" ("organization_id", "id", "member_id", "kind", "is_shown", "at", "actor")
SELECT entry.organization_id, uuid7(), member.id,
  CASE entry.details->>'change' WHEN 'first-password' THEN 'reset' ELSE entry.details->>'change' END,
  entry.details->>'change' <> 'role', entry.at, entry.actor
FROM "audit_entry" AS entry
JOIN "member" ON member.organization_id = entry.organization_id
  AND member.id::text = entry.details->>'memberId'
WHERE entry.action = 'member.change' AND entry.details->>'change' IN ('added', 'first-password', 'role')
ORDER BY entry.id;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "member_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "member_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
