-- What the law asks of one call, read from the rule book alone: `book` holds the files of packages/core/data,
-- `asked` the call. A rule that is met by facts without a source applies.
CREATE TEMP VIEW instant AS SELECT at FROM asked;

CREATE TEMP TABLE rule AS
SELECT place->>'id' AS place, rule->>'type' AS type, rule->'value' AS value
FROM asked, book, jsonb_array_elements(jurisdictions->'jurisdictions') AS place,
  jsonb_array_elements(place->'rules') AS rule
WHERE place->>'id' LIKE 'US%' AND rule->>'status' <> 'bill_unverified'
  AND rule->>'effect' IN ('block', 'require')
  AND asked.at::date BETWEEN coalesce((rule->>'effective_from')::date, '-infinity')
    AND coalesce((rule->>'effective_to')::date, 'infinity')
  AND NOT EXISTS (
    SELECT FROM jsonb_each(rule->'when') AS condition (fact, allowed)
    WHERE facts ? fact AND NOT EXISTS (
      SELECT FROM jsonb_array_elements(allowed) AS one WHERE facts->fact @> one
    )
  );

-- Rules that verdicts.sql does not know would make it wrong: with one of them it is not asked.
CREATE TEMP TABLE unknown_rule AS
SELECT place, type
FROM rule
WHERE type IN ('consent_elements', 'consent_expiry', 'dialer_restriction', 'sector_ban', 'emergency_ban',
    'reassigned_numbers')
  OR type = 'consent_model' AND value->>'form' <> 'prior_express_written_consent'
  OR type = 'consent_model' AND value->>'model' NOT IN ('opt_in', 'opt_out_with_registry')
  OR type = 'line_type' AND NOT value ? 'prohibited'
  OR type = 'calling_hours' AND (value->'windows' = 'null' OR value->>'tz_basis' <> 'called_party_location')
  OR type = 'registry_scrub' AND coalesce(value->>'lifted_by_consent', '') <> 'written'
  OR type = 'frequency_cap' AND value->>'window' NOT LIKE 'PT%';

-- A region is judged by its own law, where the book has one, and by its country's.
CREATE TEMP TABLE region_place AS
SELECT region, place
FROM book, jsonb_object_keys(regions->'zones') AS region,
  LATERAL (
    SELECT place->>'id' FROM jsonb_array_elements(jurisdictions->'jurisdictions') AS place
    WHERE place->>'id' IN (region, 'US')
  ) AS holding (place)
WHERE region LIKE 'US%';

CREATE TEMP TABLE region_zone AS
SELECT region, zone
FROM book, jsonb_each(regions->'zones') AS one (region, zones), jsonb_array_elements_text(zones) AS zone;

-- Where an area code was given out: a run holds from its prefix up to the next one.
CREATE TEMP TABLE area AS
WITH run AS (
  SELECT rpad(split_part(run, ':', 1), 4, '0') COLLATE "C" AS first, split_part(run, ':', 2)::int AS place
  FROM book, regexp_split_to_table(places->>'runs', ' ') AS run
)
SELECT area, place->>'country' AS country,
  ARRAY(SELECT jsonb_array_elements_text(place->'regions') ORDER BY 1) AS regions,
  ARRAY(SELECT jsonb_array_elements_text(place->'zones') ORDER BY 1) AS zones
FROM book, generate_series(200, 999) AS area,
  LATERAL (SELECT run.place AS index FROM run WHERE first <= '1' || area ORDER BY first DESC LIMIT 1) AS given,
  LATERAL (SELECT places->'places'->index AS place) AS found;

-- Hours of every place by every clock on the day of the call: null where none is open.
CREATE TEMP TABLE hours AS
WITH clock AS (
  SELECT zone, asked.at AT TIME ZONE zone AS local
  FROM asked, (
    SELECT zone FROM region_zone
    UNION SELECT zone FROM asked JOIN contact USING (organization_id) WHERE zone IS NOT NULL
  ) AS known
), holiday AS (
  SELECT calendar, to_date(year.key || day, 'YYYYMMDD') AS date
  FROM book, jsonb_each(holidays->'calendars') AS one (calendar, years), jsonb_each_text(years) AS year,
    regexp_split_to_table(concat_ws(' ', years->>'every', year.value), ' +') AS day
  WHERE calendar LIKE 'US%' AND year.key <> 'every' AND day <> ''
)
SELECT place, zone, local::time AS now, opens, closes
FROM rule CROSS JOIN clock
LEFT JOIN LATERAL (
  SELECT (span->>'from')::time AS opens, (span->>'to')::time AS closes
  FROM jsonb_array_elements(rule.value->'windows') AS span
  WHERE span->'days' ? (ARRAY['MO','TU','WE','TH','FR','SA','SU'])[extract(isodow FROM local)::int]
    AND (rule.value->'holidays'->>'mode' = 'allowed' OR NOT EXISTS (
      SELECT FROM holiday WHERE calendar = rule.value->'holidays'->>'calendar' AND date = local::date))
) AS span ON true
WHERE type = 'calling_hours';
