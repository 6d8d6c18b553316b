-- Days without calls may be those of one region of a place (ES-CT), such as a town's holiday. Null closes all of it.
ALTER TABLE "closed_day" ADD COLUMN "region" TEXT;

CREATE OR REPLACE FUNCTION screening_settings(for_organization uuid, instant timestamptz) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object(
    'ruleSet', current_rule_set(for_organization),
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
        'jurisdiction', jurisdiction, 'region', region, 'first', first_day, 'last', last_day) ORDER BY id)
      FROM closed_day
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)))
  FROM organization WHERE id = for_organization);
END $$;
