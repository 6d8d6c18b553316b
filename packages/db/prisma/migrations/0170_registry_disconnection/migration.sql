-- A registry that is disconnected stays on record with its editions: past screenings can be explained.
ALTER TABLE "registry" ADD COLUMN "disconnected_at" TIMESTAMPTZ(3);

CREATE TABLE "registry_disconnection" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_by" UUID,
    "settled_at" TIMESTAMPTZ(3),
    "settled_why" TEXT,
    "reconnected_by" UUID,
    "reconnected_at" TIMESTAMPTZ(3),

    CONSTRAINT "registry_disconnection_pkey" PRIMARY KEY ("organization_id","registry_id","id")
);

ALTER TABLE "registry_disconnection" ADD CONSTRAINT "registry_disconnection_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One proposal at a time.
CREATE UNIQUE INDEX "registry_disconnection_proposed" ON "registry_disconnection" ("organization_id", "registry_id") WHERE status = 'proposed';

-- An officer's reason why a registry is not connected: it silences warnings, never a refusal.
CREATE TABLE "unread_reason" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "unread_reason_pkey" PRIMARY KEY ("organization_id","id")
);

ALTER TABLE "unread_reason" ADD CONSTRAINT "unread_reason_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE UNIQUE INDEX "unread_reason_open" ON "unread_reason" ("organization_id", "code") WHERE until IS NULL;

-- When a registry that is disconnected at an instant was disconnected; null where it is connected.
CREATE FUNCTION disconnected_at(for_organization uuid, for_registry uuid, instant timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT max(settled_at) FROM registry_disconnection
  WHERE organization_id = for_organization AND registry_id = for_registry
    AND status IN ('disconnected', 'reconnected') AND settled_at <= instant
    AND (reconnected_at IS NULL OR reconnected_at > instant)
$$;

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
        AND (until IS NULL OR until > instant)))
  FROM organization WHERE id = for_organization);
END $$;
