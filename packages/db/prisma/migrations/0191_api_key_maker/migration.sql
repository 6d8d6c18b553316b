ALTER TABLE "api_key" ADD COLUMN "maker_id" UUID, ADD COLUMN "reason" TEXT;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_maker_id_fkey" FOREIGN KEY ("organization_id", "maker_id") REFERENCES "member"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The audit trail tells who made a key before.
UPDATE "api_key" SET maker_id = member.id
FROM "audit_entry" AS entry, "member"
WHERE entry.organization_id = api_key.organization_id AND entry.action = 'api-key.change'
  AND entry.details->>'change' = 'made' AND entry.details->>'apiKeyId' = api_key.id::text
  AND member.organization_id = entry.organization_id AND member.id::text = entry.actor->>'id';

-- Of some sellers alone, where any are named.
DROP FUNCTION consent_strength(uuid, text[]);
CREATE FUNCTION consent_strength(organization uuid, strong text[], sellers uuid[])
RETURNS TABLE (source text, form_id uuid, at timestamptz, is_weak boolean)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (given.consent_id) given.source, given.form_id, given.at,
    NOT given.elements @> strong OR EXISTS (
      SELECT FROM consent_event AS void
      WHERE void.organization_id = organization AND void.consent_id = given.consent_id
        AND void.type = 'invalidated')
  FROM consent_event AS given
  WHERE given.organization_id = organization AND given.type = 'granted'
    AND (sellers IS NULL OR given.seller_id = ANY (sellers))
  ORDER BY given.consent_id, given.id
$$;
