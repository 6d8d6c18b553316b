-- The verdicts of a list, from the tables and the rules alone, written from the contract and not from the
-- code: `list` is the file, `expected` comes out. Section numbers are those of docs/contract.md.
CREATE TEMP TABLE callee AS
SELECT n, digits, substr(digits, 2, 3)::int AS area, phone.id AS phone_id
FROM asked CROSS JOIN book CROSS JOIN list,
  LATERAL (SELECT regexp_replace(list.phone, '\D', '', 'g') AS typed) AS typed,
  LATERAL (SELECT CASE length(typed) WHEN 10 THEN '1' || typed ELSE typed END AS spelled) AS spelled,
  LATERAL (SELECT CASE WHEN spelled ~ number_pattern THEN spelled END AS digits) AS read
LEFT JOIN phone ON e164 = '+' || digits AND phone.organization_id = (SELECT organization_id FROM asked);
CREATE INDEX ON callee (phone_id);
ANALYZE callee;

-- 6: a refusal, a cap and a suppression count for the person, over all their phones.
CREATE TEMP TABLE person AS
SELECT n, phone_id AS other FROM callee WHERE phone_id IS NOT NULL
UNION
SELECT n, theirs.phone_id FROM asked, callee
JOIN contact_phone AS own USING (phone_id)
JOIN contact_phone AS theirs USING (organization_id, contact_id)
WHERE own.organization_id = asked.organization_id;
CREATE INDEX ON person (n);
ANALYZE person;

-- 2, 6: what was said of this phone by then, and whether it is about this seller, purpose and channel.
CREATE TEMP TABLE event AS
SELECT n, e.type::text AS type, e.at, e.recorded_at, valid_until, is_written, is_proven, false AS is_held,
  e.seller_id, purposes, channels,
  e.type IN ('granted', 'renewed') AS is_grant,
  e.seller_id = asked.seller_id AND channel = ANY (channels) AND EXISTS (
    SELECT FROM unnest(purposes) AS node WHERE purpose = node OR starts_with(purpose, node || '.')
  ) AS covers,
  EXISTS (
    SELECT FROM consent_event AS found
    WHERE found.organization_id = e.organization_id AND found.consent_id = e.consent_id
      AND found.type = 'invalidated' AND found.at BETWEEN e.at AND asked.at
  ) AS is_void
FROM asked, callee JOIN consent_event AS e USING (phone_id)
WHERE e.organization_id = asked.organization_id AND e.at <= asked.at;
CREATE INDEX ON event (n);
ANALYZE event;

-- 6: the latest covering event decides.
CREATE TEMP VIEW standing AS
SELECT n,
  max(at) FILTER (WHERE covers AND type IN ('refused', 'withdrawn')) AS no_at,
  (array_agg(type ORDER BY at DESC) FILTER (WHERE covers AND type IN ('refused', 'withdrawn')))[1] AS no_type,
  max(at) FILTER (WHERE covers AND is_grant AND NOT is_void) AS granted_at,
  (array_agg(valid_until ORDER BY at DESC) FILTER (WHERE covers AND is_grant AND NOT is_void))[1] AS until,
  bool_or(covers AND type = 'requested') AS is_requested,
  bool_or(is_grant AND is_void AND covers) AS was_void
FROM event WHERE NOT is_held GROUP BY n;

-- 4, reassigned numbers: until when a number may have been another's, and from which day on it has been this
-- person's, which begins where it begins last. The last answers decide, of several at once the worse.
CREATE TEMP TABLE owner AS
WITH known AS (
  SELECT n, answer, consent_date, a.recorded_at, max(a.recorded_at) OVER (PARTITION BY n) AS last_at
  FROM asked, callee JOIN reassigned_answer AS a USING (phone_id)
  WHERE a.organization_id = asked.organization_id AND a.recorded_at <= asked.at
)
SELECT n, max(recorded_at) FILTER (WHERE answer = 'yes') AS gone_until,
  CASE WHEN bool_and(answer = 'no') FILTER (WHERE recorded_at = last_at)
    THEN (max(consent_date) FILTER (WHERE recorded_at = last_at) + time '12:00') AT TIME ZONE 'UTC'
  END AS theirs_from
FROM known GROUP BY n;

CREATE TEMP VIEW granted AS
SELECT n, event.at, recorded_at, is_written, is_proven,
  (gone_until IS NULL OR event.at > gone_until OR event.at >= theirs_from) IS TRUE AS is_theirs
FROM event JOIN standing USING (n) LEFT JOIN owner USING (n)
WHERE covers AND is_grant AND NOT is_void AND NOT is_held
  AND (valid_until IS NULL OR valid_until > (TABLE instant))
  AND (until IS NULL OR until > (TABLE instant)) AND (no_at IS NULL OR event.at > no_at);

-- Of the owner before nothing counts once there is a later one.
CREATE TEMP VIEW good AS
SELECT n, at, recorded_at, is_written, is_proven, is_theirs FROM (
  SELECT *, bool_or(is_theirs) OVER (PARTITION BY n) AS has_theirs FROM granted
) AS granted WHERE is_theirs OR NOT has_theirs;

-- 6: a refusal stands, whatever time it bears, unless a proven consent came later or two officers have
-- corrected it; other consents are held.
CREATE TEMP TABLE proven AS SELECT * FROM good WHERE is_proven;
CREATE TEMP TABLE against AS
SELECT n, o.at, o.recorded_at
FROM asked, person JOIN opt_out AS o ON o.phone_id = other
WHERE o.organization_id = asked.organization_id
  AND NOT EXISTS (SELECT FROM opt_out_correction_answer AS answer
    WHERE answer.opt_out_id = o.id AND is_accepted AND answered_at <= asked.at)
  AND (NOT is_what_if OR least(o.at, o.recorded_at) <= asked.at)
  AND (scope = 'all' OR scope = 'seller' AND o.seller_id = asked.seller_id
    OR scope = 'purpose' AND (asked.purpose = o.purpose OR starts_with(asked.purpose, o.purpose || '.')))
  AND NOT EXISTS (
    SELECT FROM proven WHERE proven.n = person.n AND proven.at > o.at AND proven.recorded_at > o.recorded_at
  );
UPDATE event SET is_held = true FROM against
WHERE event.n = against.n AND is_grant
  AND (against.at <= event.at OR against.recorded_at <= event.recorded_at);
-- 3: a consent that is about something else, as near to this as it goes, and was not taken back there.
CREATE TEMP TABLE elsewhere AS
SELECT DISTINCT own.n
FROM asked, event AS own,
  unnest(CASE WHEN EXISTS (
    SELECT FROM unnest(own.purposes) AS node WHERE asked.purpose = node OR starts_with(asked.purpose, node || '.')
  ) THEN ARRAY[asked.purpose] ELSE own.purposes END) AS about,
  unnest(CASE WHEN asked.channel = ANY (own.channels) THEN ARRAY[asked.channel] ELSE own.channels END) AS way
WHERE own.is_grant AND NOT own.is_void AND NOT own.covers AND NOT own.is_held
  AND (own.valid_until IS NULL OR own.valid_until > asked.at)
  AND NOT EXISTS (
    SELECT FROM event AS no
    WHERE no.n = own.n AND no.type IN ('refused', 'withdrawn') AND no.seller_id = own.seller_id
      AND no.at >= own.at AND way = ANY (no.channels) AND EXISTS (
        SELECT FROM unnest(no.purposes) AS node WHERE about = node OR starts_with(about, node || '.'))
  );
ANALYZE elsewhere;
CREATE TEMP TABLE consent AS
SELECT n, bool_or(is_written) AS is_written, bool_or(is_theirs) AS is_theirs FROM good GROUP BY n;
ANALYZE consent;

-- 4: the zones of the area code, and of everybody whose phone it is the zone that they told and those of the
-- address, unless that names the country alone; the law of the addresses, and that of the area code. Rows are
-- many, situations few.
CREATE TEMP TABLE whereabouts AS
WITH home AS (
  SELECT n, zone, address_region AS region,
    address_region IS NULL OR address_region = area.country AND area.zones <> '{}'
      OR address_region NOT IN (SELECT region FROM region_zone) AS is_by_number
  FROM asked, callee JOIN area USING (area) JOIN contact_phone USING (phone_id)
  JOIN contact ON contact.organization_id = contact_phone.organization_id AND contact.id = contact_id
  WHERE contact.organization_id = asked.organization_id
), zones AS (
  SELECT n, array_agg(DISTINCT zone ORDER BY zone) AS zones FROM (
    SELECT n, zone FROM home WHERE zone IS NOT NULL
    UNION SELECT n, region_zone.zone FROM home JOIN region_zone USING (region) WHERE NOT is_by_number
    UNION SELECT n, unnest(area.zones) FROM callee JOIN area USING (area)
  ) AS known GROUP BY n
), addresses AS (
  SELECT n, array_agg(DISTINCT region ORDER BY region) AS regions FROM home WHERE region IS NOT NULL GROUP BY n
)
SELECT n, area.regions || coalesce(addresses.regions, '{}') AS regions, coalesce(zones.zones, area.zones) AS zones
FROM callee JOIN area USING (area) LEFT JOIN zones USING (n) LEFT JOIN addresses USING (n);
CREATE TEMP TABLE situation AS
SELECT row_number() OVER () AS id, regions, zones FROM whereabouts GROUP BY regions, zones;
CREATE TEMP TABLE situated AS
SELECT n, id AS situation FROM whereabouts JOIN situation USING (regions, zones);
CREATE TEMP TABLE governed AS
SELECT DISTINCT id AS situation, place FROM situation, unnest(regions) AS region JOIN region_place USING (region);
CREATE INDEX ON governed (situation);
ANALYZE situated;
ANALYZE governed;

-- 4, ported numbers: on what line. A list tells of a port no sooner than the edition that began to have it,
-- and that no later than the one before; a number that it does not have, or has had for 15 days at most, is
-- what was looked up.
CREATE TEMP TABLE line AS
WITH list AS (
  SELECT registry.organization_id, id, verified_at, edition FROM asked JOIN registry USING (organization_id)
  WHERE code = 'US-PORTED'
), seen AS (
  SELECT n, list.*, coalesce(line_type, 'unknown') AS looked_up, line_type_at,
    coalesce(get_bit(bits, (digits::bigint % 10000)::int), 0) = 1 AS is_listed, (
      SELECT max(c.edition) FROM registry_change AS c, generate_series(0, octet_length(lines) - 2, 2) AS place
      WHERE c.organization_id = list.organization_id AND c.registry_id = list.id
        AND c.block = digits::bigint / 10000
        AND get_byte(lines, place) * 256 + get_byte(lines, place + 1) = digits::bigint % 10000
    ) AS began
  FROM callee LEFT JOIN phone ON phone.id = phone_id LEFT JOIN list ON true
  LEFT JOIN registry_block AS b ON b.organization_id = list.organization_id AND b.registry_id = list.id
    AND b.block = digits::bigint / 10000
  WHERE digits IS NOT NULL
)
SELECT n, CASE
  WHEN looked_up = 'wireless' THEN 'wireless'
  WHEN is_listed THEN CASE WHEN before.read_at >= (TABLE instant) - interval '15 days'
    THEN looked_up ELSE 'wireless' END
  WHEN coalesce(verified_at, line_type_at) >= (TABLE instant) - interval '15 days' THEN looked_up
  ELSE 'unknown' END AS type
FROM seen LEFT JOIN registry_edition AS before ON before.organization_id = seen.organization_id
  AND before.registry_id = seen.id AND before.number = seen.began - 1;
ANALYZE line;
