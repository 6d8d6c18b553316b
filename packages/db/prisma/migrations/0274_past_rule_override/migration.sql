-- Rules that an officer let warn for a time, so that one can see later when they did and why. Those that were over
-- before this was kept are known by the audit log alone, which does not say why.
CREATE TABLE "past_rule_override" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "reason" TEXT,
    "member_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "past_rule_override_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "past_rule_override" ADD CONSTRAINT "past_rule_override_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "past_rule_override" (organization_id, id, rule_id, member_id, at, ended_by, ended_at)
SELECT ended.organization_id, uuid7(), ended.details->>'ruleId', CASE WHEN begun.actor->>'type' = 'member'
    AND begun.actor->>'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (begun.actor->>'id')::uuid END, begun.at,
  CASE WHEN ended.actor->>'type' = 'member'
    AND ended.actor->>'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (ended.actor->>'id')::uuid END, ended.at
FROM audit_entry AS ended
CROSS JOIN LATERAL (
  SELECT actor, at FROM audit_entry
  WHERE organization_id = ended.organization_id AND action = 'rule.override'
    AND details->>'ruleId' = ended.details->>'ruleId' AND details->>'change' = 'warns'
    AND at <= ended.at
  ORDER BY at DESC, id DESC LIMIT 1
) AS begun
WHERE ended.action = 'rule.override' AND ended.details->>'change' = 'refuses';
