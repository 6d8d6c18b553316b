-- The law belongs to the installation, and a signed update replaces it while programs run. The last row says which
-- rule set is in force. None before a program has started for the first time: then the programs judge by their own.
CREATE TABLE "installed_law" (
    "number" SERIAL NOT NULL,
    "rule_set" TEXT NOT NULL,
    "previous" TEXT,
    "as_of" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "key_id" TEXT,
    "file_sha256" TEXT,
    "summary" TEXT,
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "installed_law_pkey" PRIMARY KEY ("number")
);
CREATE UNIQUE INDEX "installed_law_rule_set_key" ON "installed_law"("rule_set");
ALTER TABLE "installed_law" ADD CONSTRAINT "installed_law_rule_set_fkey" FOREIGN KEY ("rule_set") REFERENCES "rule_set"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "installed_law" ADD CONSTRAINT "installed_law_source_check"
  CHECK ("source" = 'release' OR ("source" = 'update' AND "key_id" IS NOT NULL AND "file_sha256" IS NOT NULL));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "installed_law"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "installed_law"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The rule set of an organization that has not accepted every change: it names the law in force and the former
-- rules that judge beside it. An organization without a row has accepted all.
CREATE TABLE "organization_law" (
    "organization_id" UUID NOT NULL,
    "rule_set" TEXT NOT NULL,

    CONSTRAINT "organization_law_pkey" PRIMARY KEY ("organization_id")
);
ALTER TABLE "organization_law" ADD CONSTRAINT "organization_law_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "organization_law" ADD CONSTRAINT "organization_law_rule_set_fkey" FOREIGN KEY ("rule_set") REFERENCES "rule_set"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The hash of the rule set that judges an organization's calls; null if no law was installed yet.
CREATE FUNCTION current_rule_set(for_organization uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT rule_set FROM organization_law WHERE organization_id = for_organization),
    (SELECT rule_set FROM installed_law ORDER BY number DESC LIMIT 1))
$$;

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
        'jurisdiction', jurisdiction, 'first', first_day, 'last', last_day) ORDER BY id)
      FROM closed_day
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)))
  FROM organization WHERE id = for_organization);
END $$;
