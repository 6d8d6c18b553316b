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

WITH decided AS MATERIALIZED (
  SELECT organization_id, id, at, details->>'ruleId' AS rule_id, details->>'change' AS change,
    CASE WHEN actor->>'type' = 'member'
      AND actor->>'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      THEN (actor->>'id')::uuid END AS member_id
  FROM audit_entry WHERE action = 'rule.override'
)
INSERT INTO "past_rule_override" (organization_id, id, rule_id, member_id, at, ended_by, ended_at)
SELECT ended.organization_id, uuid7(), ended.rule_id, begun.member_id, begun.at, ended.member_id, ended.at
FROM decided AS ended
CROSS JOIN LATERAL (
  SELECT member_id, at FROM decided
  WHERE organization_id = ended.organization_id AND rule_id = ended.rule_id AND change = 'warns'
    AND at <= ended.at
  ORDER BY at DESC, id DESC LIMIT 1
) AS begun
WHERE ended.change = 'refuses';
