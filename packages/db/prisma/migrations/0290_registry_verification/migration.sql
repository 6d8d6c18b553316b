-- When the source of each edition was read and found as it is. The registry holds the last time alone: a call
-- of a day before that was judged by the age that its list had had without any verification.
CREATE TABLE "registry_verification" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_verification_pkey" PRIMARY KEY ("organization_id","registry_id","edition","verified_at")
);

ALTER TABLE "registry_verification" ADD CONSTRAINT "registry_verification_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "registry_verification" ("organization_id", "registry_id", "edition", "verified_at")
SELECT "organization_id", "id", "edition", "verified_at" FROM "registry"
WHERE "edition" > 0 AND "verified_at" IS NOT NULL;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "registry_verification"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "registry_verification"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE FUNCTION registry_history(
  for_organization uuid, block bigint, line int, instant timestamptz, dated text[]
) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_object_agg(registry.id, json_build_object(
    'edition', number,
    'verifiedAt', epoch_ms(greatest(
      coalesce(content_read_at, read_at),
      (SELECT max(known.verified_at) FROM registry_verification AS known
        WHERE known.organization_id = for_organization AND known.registry_id = registry.id
          AND known.edition = number AND known.verified_at <= instant),
      CASE WHEN number = registry.edition AND registry.verified_at <= instant
        THEN registry.verified_at END)),
    'isListed', is_listed,
    'listedSince', CASE WHEN is_listed AND code = ANY (dated)
      THEN listed_since(for_organization, registry.id, number, $2, $3, lists_ports(code)) END)), '{}')
  FROM registry
  JOIN registry_edition
    ON registry_edition.organization_id = registry.organization_id
    AND registry_edition.registry_id = registry.id
    AND number = registry_edition_at(for_organization, registry.id, instant)
  CROSS JOIN registry_listed_in(for_organization, registry.id, number, $2, $3) AS is_listed
  WHERE registry.organization_id = for_organization
$$;
