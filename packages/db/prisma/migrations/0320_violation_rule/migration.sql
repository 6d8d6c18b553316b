-- A campaign may break two rules about abandoned calls in periods that begin on the same day: each is a violation of its
-- own. Until now the row named the rule only in its cause.

-- AlterTable
ALTER TABLE "violation" ADD COLUMN "rule_id" TEXT;

UPDATE violation SET rule_id = causes -> 0 ->> 'rule' WHERE campaign IS NOT NULL;
ALTER TABLE violation ADD CHECK ((campaign IS NULL) = (rule_id IS NULL));

-- DropIndex
DROP INDEX "violation_organization_id_campaign_span_from_key";

-- CreateIndex
CREATE UNIQUE INDEX "violation_organization_id_campaign_rule_id_span_from_key" ON "violation"("organization_id", "campaign", "rule_id", "span_from");
