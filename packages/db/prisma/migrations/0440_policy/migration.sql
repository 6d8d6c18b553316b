-- Policies: an organization's own rules beside the law, as drafts and as published by a second officer. A screening
-- reads which of them judge in the statement that reads all other facts.
CREATE TABLE "policy_draft" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seller_id" UUID,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "based_on" UUID,
    "authors" UUID[],
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_draft_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "policy" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seller_id" UUID,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "in_force_from" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "authors" UUID[],
    "published_by" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "policy_organization_id_hash_idx" ON "policy"("organization_id", "hash");

ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "policy" ADD CONSTRAINT "policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "policy" ADD CONSTRAINT "policy_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "policy"
  ADD CONSTRAINT "policy_two_officers" CHECK ("published_by" <> ALL ("authors") AND cardinality("authors") > 0),
  ADD CONSTRAINT "policy_not_back_dated" CHECK ("in_force_from" >= "published_at"),
  ADD CONSTRAINT "policy_hash_of_document"
    CHECK ("hash" = encode(sha256(convert_to("document", 'UTF8')), 'hex'));

-- No policy judges calls that were placed before it was published, whatever our code says.
CREATE FUNCTION refuse_back_dated_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.published_at < now() - interval '1 minute' THEN
    RAISE EXCEPTION 'a policy is published now, not earlier';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER not_back_dated BEFORE INSERT ON "policy"
  FOR EACH ROW EXECUTE FUNCTION refuse_back_dated_policy();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "policy"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "policy"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "policy_draft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "policy_draft" USING (organization_id = (SELECT scope.organization()));
ALTER TABLE "policy" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "policy" USING (organization_id = (SELECT scope.organization()));

-- The policies that judge calls at an instant: of those that had begun, the one published last for the organization, and
-- for each seller. Null for none.
CREATE FUNCTION policies_in_force(for_organization uuid, instant timestamptz) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_agg(json_build_object('sellerId', seller_id, 'hash', hash))
  FROM (
    SELECT DISTINCT ON (seller_id) seller_id, hash FROM "policy"
    WHERE organization_id = for_organization AND in_force_from <= instant
    ORDER BY seller_id, published_at DESC, id DESC
  ) in_force
$$;

CREATE OR REPLACE FUNCTION screening_settings(for_organization uuid, instant timestamptz) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object(
    'ruleSet', current_rule_set(for_organization),
    'policies', policies_in_force(for_organization, instant),
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
