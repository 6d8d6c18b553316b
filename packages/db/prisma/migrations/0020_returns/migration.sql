-- A return to an earlier edition is as old as what it returns to.
CREATE OR REPLACE FUNCTION registry_history(
  for_organization uuid, block bigint, line int, instant timestamptz, dated text[]
) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_object_agg(registry.id, json_build_object(
    'edition', number,
    'verifiedAt', epoch_ms(greatest(
      coalesce(content_read_at, read_at),
      CASE WHEN number = edition AND verified_at <= instant THEN verified_at END)),
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
