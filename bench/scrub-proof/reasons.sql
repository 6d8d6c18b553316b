-- Each reason by itself (design 4), then together as a result has them.
CREATE TEMP TABLE found (n bigint, reason text);

INSERT INTO found SELECT n, 'number-invalid' FROM callee WHERE digits IS NULL;
INSERT INTO found SELECT DISTINCT n, 'opted-out' FROM against;
INSERT INTO found SELECT DISTINCT n, 'suppressed'
FROM asked, person JOIN suppression AS s ON s.phone_id = other
WHERE s.organization_id = asked.organization_id AND s.at <= asked.at AND (until IS NULL OR until > asked.at);

-- Design 4: a seller may go without consent as far as a rule of every place gives leave and no other asks
-- for it; a rule about a line asks too, of one that nobody knows as well.
CREATE TEMP TABLE leave AS
SELECT situated.n
FROM situated JOIN line USING (n)
WHERE (SELECT is_relaxed FROM asked) AND EXISTS (
  SELECT FROM governed JOIN rule USING (place) WHERE governed.situation = situated.situation
    AND rule.type = 'consent_model' AND value->>'model' = 'opt_out_with_registry' AND place = 'US'
) AND NOT EXISTS (
  SELECT FROM governed JOIN rule USING (place) WHERE governed.situation = situated.situation
    AND (rule.type = 'consent_model' AND value->>'model' = 'opt_in'
      OR rule.type = 'line_type' AND line.type IN ('wireless', 'unknown'))
);

-- 4: who has the number now did not agree.
INSERT INTO found
SELECT owner.n, 'number-reassigned' FROM owner LEFT JOIN consent USING (n)
WHERE gone_until IS NOT NULL AND is_theirs IS NOT TRUE;

-- 3: exactly one where there is no good consent; what the law wants of a good one. Who said no is not
-- called, whoever may go without.
INSERT INTO found
SELECT n, reason
FROM situated LEFT JOIN standing USING (n) LEFT JOIN consent USING (n) LEFT JOIN elsewhere USING (n),
  LATERAL (SELECT CASE
    WHEN consent.n IS NOT NULL THEN
      CASE WHEN NOT is_written AND EXISTS (
        SELECT FROM governed JOIN rule USING (place)
        WHERE governed.situation = situated.situation AND type = 'consent_model' AND value ? 'form'
      ) THEN 'consent-insufficient' END
    WHEN no_at IS NOT NULL AND (granted_at IS NULL OR granted_at <= no_at) THEN
      CASE no_type WHEN 'withdrawn' THEN 'consent-withdrawn' ELSE 'consent-missing' END
    WHEN granted_at IS NOT NULL THEN 'consent-expired'
    WHEN was_void THEN 'consent-insufficient'
    WHEN is_requested THEN 'consent-missing'
    WHEN elsewhere.n IS NOT NULL THEN 'consent-insufficient'
    ELSE 'consent-missing' END AS reason) AS told
WHERE reason IS NOT NULL AND (n NOT IN (TABLE leave)
  OR no_at IS NOT NULL AND (granted_at IS NULL OR granted_at <= no_at));

-- 5: what a rule names, connected or not (without what only warns while it is not connected), and the
-- organization's own; fresh, and lifted by a consent in writing where a rule is behind it.
INSERT INTO found
WITH named AS (
  SELECT situation, value->>'registry' AS code, min((value->>'max_age')::interval) AS limit_age
  FROM governed JOIN rule USING (place) WHERE type = 'registry_scrub' GROUP BY 1, 2
), warned AS (
  SELECT one->>'id' AS code FROM book, jsonb_array_elements(jurisdictions->'registries') AS one
  WHERE one->>'unread' = 'warn'
), connected AS (
  SELECT code, id, verified_at, make_interval(days => max_age_days) AS own_age
  FROM asked JOIN registry USING (organization_id) WHERE disconnected_at IS NULL
), demand AS (
  SELECT situation, id, verified_at, limit_age, true AS can_lift
  FROM named LEFT JOIN connected USING (code)
  WHERE connected.id IS NOT NULL OR code NOT IN (TABLE warned)
  UNION ALL
  SELECT situation.id, connected.id, verified_at, own_age, false FROM situation CROSS JOIN connected
  -- What tells who has a number, or on what line, forbids no call.
  WHERE code NOT IN (SELECT value->>'registry' FROM rule WHERE type = 'registry_scrub')
    AND code NOT IN ('US-FCC-RND', 'US-PORTED')
), checked AS (
  SELECT demand.*, coalesce(asked.at BETWEEN verified_at AND verified_at + limit_age, false) AS is_fresh
  FROM asked, demand
)
SELECT DISTINCT n, CASE WHEN is_fresh THEN 'registry-listed' ELSE 'registry-unchecked' END
FROM asked, situated JOIN callee USING (n) JOIN checked USING (situation)
LEFT JOIN registry_block AS block ON block.organization_id = (SELECT organization_id FROM asked)
  AND registry_id = checked.id AND block.block = digits::bigint / 10000
LEFT JOIN consent USING (n)
WHERE NOT (can_lift AND coalesce(is_written, false))
  AND (NOT is_fresh OR coalesce(get_bit(bits, (digits::bigint % 10000)::int), 0) = 1);

INSERT INTO found
SELECT DISTINCT n, 'frequency-cap'
FROM asked, rule JOIN governed USING (place) JOIN situated USING (situation),
  LATERAL (
    SELECT count(*) AS calls FROM person JOIN call ON phone_id = other
    WHERE person.n = situated.n AND call.organization_id = asked.organization_id
      AND call.at > asked.at - (value->>'window')::interval AND call.at <= asked.at
  ) AS placed
WHERE type = 'frequency_cap' AND calls >= (value->>'max')::int
  AND situated.n IN (SELECT n FROM person);

-- 3: every zone must be open; of a day on which none is, the day is told.
INSERT INTO found
WITH clock AS (
  SELECT situation, zone, bool_and(coalesce(now >= opens AND now < closes, false)) AS is_open,
    bool_or(opens IS NULL) OR max(opens) >= min(closes) AS is_closed_all_day
  FROM governed JOIN situation ON situation.id = situation, unnest(zones) AS zone JOIN hours USING (zone)
  WHERE hours.place = governed.place GROUP BY 1, 2
)
SELECT n, CASE WHEN bool_or(is_closed_all_day) THEN 'day-not-allowed' ELSE 'outside-calling-hours' END
FROM situated JOIN clock USING (situation) GROUP BY n HAVING NOT bool_and(is_open);
INSERT INTO found
SELECT n, 'zone-unknown' FROM situated JOIN situation ON id = situation WHERE zones = '{}';

CREATE TEMP TABLE expected AS
SELECT n, coalesce(string_agg(reason, ' ' ORDER BY array_position(ARRAY['number-invalid', 'opted-out',
  'suppressed', 'consent-missing', 'consent-expired', 'consent-withdrawn', 'consent-insufficient', 'number-reassigned',
  'registry-listed', 'registry-unchecked', 'frequency-cap', 'outside-calling-hours', 'day-not-allowed',
  'zone-unknown'], reason)), '') AS reasons
FROM list LEFT JOIN found USING (n) GROUP BY n;
