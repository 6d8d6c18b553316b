-- Why an emergency was declared; of those from before, nobody said.
ALTER TABLE "emergency" ADD COLUMN "reason" TEXT;

-- A day without calls that was proclaimed at short notice, as a holiday or a day of mourning.
CREATE TABLE "closed_day" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "closed_day_pkey" PRIMARY KEY ("organization_id","id")
);

ALTER TABLE "closed_day" ADD CONSTRAINT "closed_day_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE OR REPLACE FUNCTION screening_settings(for_organization uuid, instant timestamptz) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object(
    'homeRegion', home_region,
    'dialer', dialer,
    'hours', hours,
    'hasErasedPhones', EXISTS (
      SELECT FROM phone WHERE organization_id = for_organization AND phone_key IS NOT NULL),
    'sellers', (
      SELECT json_agg(json_build_object(
        'id', id, 'key', key, 'sector', sector, 'consentPolicy', consent_policy) ORDER BY key)
      FROM seller WHERE organization_id = for_organization),
    'purposes', (
      SELECT json_agg(json_build_object('key', key, 'kind', kind)
        ORDER BY string_to_array(key, '.') COLLATE "C")
      FROM purpose WHERE organization_id = for_organization),
    'registries', (
      SELECT json_agg(json_build_object(
        'id', id, 'code', code, 'maxAgeDays', max_age_days, 'edition', edition,
        'verifiedAt', epoch_ms(verified_at),
        'areas', (SELECT json_agg(area::int) FROM jsonb_object_keys(areas) AS area)) ORDER BY code)
      FROM registry WHERE organization_id = for_organization
        AND disconnected_at(for_organization, id, instant) IS NULL),
    'disconnected', (
      SELECT json_agg(json_build_object(
        'registry', code, 'at', epoch_ms(disconnected_at(for_organization, id, instant))) ORDER BY code)
      FROM registry WHERE organization_id = for_organization
        AND disconnected_at(for_organization, id, instant) IS NOT NULL),
    'silenced', ARRAY (
      SELECT code FROM unread_reason
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)),
    'warnOnly', ARRAY (SELECT rule_id FROM rule_override WHERE organization_id = for_organization),
    'emergencies', ARRAY (
      SELECT jurisdiction FROM emergency
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)),
    'closedDays', (
      SELECT json_agg(json_build_object(
        'jurisdiction', jurisdiction, 'first', first_day, 'last', last_day) ORDER BY id)
      FROM closed_day
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)))
  FROM organization WHERE id = for_organization);
END $$;
