-- An instant as a program's clock counts it, whatever the zone of the session. STABLE, as `extract` is:
-- a function that promises more than its body is not inlined, and ten times as slow.
CREATE FUNCTION epoch_ms(at timestamptz) RETURNS bigint
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT (extract(epoch FROM at) * 1000)::bigint
$$;

-- Whether a consent is from older records: its source says so, or it came by a file.
CREATE FUNCTION is_imported(source text, actor jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = 'import' OR actor ->> 'id' = 'import.run'
$$;

-- What an organization has decided, as far as verdicts rest on it. In PL/pgSQL, which keeps its plan
-- for the session: planning it anew takes longer than all the rest of a screening.
CREATE FUNCTION screening_settings(for_organization uuid, instant timestamptz) RETURNS json
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
      FROM registry WHERE organization_id = for_organization),
    'warnOnly', ARRAY (SELECT rule_id FROM rule_override WHERE organization_id = for_organization),
    'emergencies', ARRAY (
      SELECT jurisdiction FROM emergency
      WHERE organization_id = for_organization AND "from" <= instant
        AND (until IS NULL OR until > instant)))
  FROM organization WHERE id = for_organization);
END $$;

-- Whether two bytes of a sorted list of line numbers are those of one line.
CREATE FUNCTION holds_line(lines bytea, line int) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM generate_series(0, octet_length(lines) - 2, 2) AS place
    WHERE get_byte(lines, place) * 256 + get_byte(lines, place + 1) = line)
$$;

-- Whether a registry lists ports to wireless service, as core's `portedRegistry`.
CREATE FUNCTION lists_ports(code text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT code = 'US-PORTED' $$;

-- When a number that an edition lists came onto the registry: with the last edition until then that
-- flipped it, else with the first. Of a port, when the edition before that was read: it came no earlier;
-- of those that the first one lists, nobody knows.
CREATE FUNCTION listed_since(
  for_organization uuid, for_registry uuid, in_edition int, of_block bigint, line int, is_port boolean
) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT epoch_ms(read_at) FROM registry_edition
  WHERE organization_id = for_organization AND registry_id = for_registry AND number = coalesce(
    (
      SELECT max(edition) FROM registry_change
      WHERE organization_id = for_organization AND registry_id = for_registry AND block = of_block
        AND edition <= in_edition AND holds_line(lines, line)),
    1) - is_port::int
$$;

-- When a day begins where it begins last. A question about a consent names the earliest day that it was
-- anywhere: so a consent given then or later is one that the question is about.
CREATE FUNCTION consented_at(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (day + interval '12 hours') AT TIME ZONE 'UTC'
$$;

-- How each registry stood at an instant, of those that had an edition by then: the one in force, when
-- that was last verified, whether it listed the number, and for the dated ones since when.
CREATE FUNCTION registry_history(
  for_organization uuid, block bigint, line int, instant timestamptz, dated text[]
) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_object_agg(registry.id, json_build_object(
    'edition', number,
    'verifiedAt', epoch_ms(greatest(
      read_at, CASE WHEN number = edition AND verified_at <= instant THEN verified_at END)),
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
