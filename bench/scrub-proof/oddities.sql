-- What an ordinary organization has little of, so that each reason is met, alone and with others.
-- `odd(e164, salt, n)` picks one of n, the same at every run.
CREATE FUNCTION pg_temp.odd(e164 text, salt int, n int) RETURNS boolean IMMUTABLE LANGUAGE sql AS
  $$ SELECT abs(hashtextextended(e164, salt)) % n = 0 $$;

CREATE TEMP TABLE own AS
SELECT phone.organization_id, phone.id AS phone_id, e164, contact_id, address_region, seller.id AS seller_id,
  lead(phone.id) OVER (PARTITION BY address_region ORDER BY e164) AS next_phone_id
FROM phone
JOIN contact_phone ON contact_phone.organization_id = phone.organization_id AND phone_id = phone.id
JOIN contact ON contact.organization_id = phone.organization_id AND contact.id = contact_id
JOIN seller ON seller.organization_id = phone.organization_id AND key = 'acme'
WHERE phone.organization_id = current_setting('proof.organization')::uuid;

INSERT INTO seller (organization_id, id, key, name, sector)
SELECT current_setting('proof.organization')::uuid, uuid7(), 'other', 'Other', 'other';
CREATE TEMP TABLE other_seller AS
SELECT id FROM seller WHERE organization_id = current_setting('proof.organization')::uuid AND key = 'other';

-- Held for another reason: for good, until a day that is over, until one that is not, from tomorrow on.
INSERT INTO suppression (organization_id, id, phone_id, reason, at, until, recorded_at, actor)
SELECT organization_id, uuid7(), phone_id, reason, now() + starts, now() + ends, now(), '{}'
FROM own, (VALUES
  (1, 'litigator', interval '-9 days', NULL::interval), (2, 'deceased', interval '-9 days', interval '-1 day'),
  (3, 'partner_list', interval '-9 days', interval '90 days'), (4, 'wrong_person', interval '30 days', NULL)
) AS kind (salt, reason, starts, ends)
WHERE pg_temp.odd(e164, salt, 60);

-- People with a second phone, which is another's too.
INSERT INTO contact_phone (organization_id, contact_id, phone_id)
SELECT organization_id, contact_id, next_phone_id FROM own WHERE next_phone_id IS NOT NULL AND pg_temp.odd(e164, 5, 30);

-- People who told their zone.
UPDATE contact SET zone = told
FROM own, (VALUES (6, 'America/Denver'), (7, 'Pacific/Honolulu'), (8, 'Europe/Berlin'), (9, 'Asia/Tokyo'))
  AS kind (salt, told)
WHERE contact.organization_id = own.organization_id AND contact.id = own.contact_id AND pg_temp.odd(e164, salt, 80);

-- Addresses that name no more than the country.
UPDATE contact SET address_region = 'US'
FROM own
WHERE contact.organization_id = own.organization_id AND contact.id = own.contact_id AND pg_temp.odd(e164, 18, 15);

-- Refusals of one seller, of a purpose, and of being profiled.
INSERT INTO opt_out (organization_id, id, phone_id, scope, seller_id, purpose, channel, at, recorded_at,
  reference, actor)
SELECT organization_id, uuid7(), phone_id, scope::"OptOutScope",
  CASE salt WHEN 10 THEN seller_id WHEN 11 THEN other_seller.id END, purpose, 'api',
  now() - interval '40 days', now() - interval '40 days', 'odd-' || salt || e164, '{}'
FROM own CROSS JOIN other_seller CROSS JOIN (VALUES
  (10, 'seller', NULL), (11, 'seller', NULL), (12, 'purpose', 'marketing'), (13, 'purpose', 'marketing.loans'),
  (14, 'profiling', NULL)
) AS kind (salt, scope, purpose)
WHERE pg_temp.odd(e164, salt, 60);

-- Some of them corrected by two officers, some asked about and left.
INSERT INTO opt_out_correction (organization_id, id, opt_out_id, proposed_at, actor)
SELECT organization_id, uuid7(), opt_out.id, now() - interval '21 days', '{"id": "asks"}'
FROM own JOIN opt_out USING (organization_id, phone_id)
WHERE reference LIKE 'odd-%' AND pg_temp.odd(reference, 15, 3);
INSERT INTO opt_out_correction_answer (organization_id, correction_id, opt_out_id, is_accepted, answered_at,
  actor)
SELECT correction.organization_id, correction.id, opt_out_id, pg_temp.odd(reference, 16, 2),
  now() - interval '20 days', '{"id": "answers"}'
FROM opt_out_correction AS correction
JOIN opt_out ON opt_out.organization_id = correction.organization_id AND opt_out.id = opt_out_id
WHERE correction.organization_id = current_setting('proof.organization')::uuid;

-- Consents that lift a refusal, that are to others or about other things; refusals, and renewals of them.
INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes, channels,
  elements, is_written, is_proven, at, valid_until, source, recorded_at, actor)
SELECT organization_id, uuid7(), uuid7(), phone_id, CASE salt WHEN 21 THEN other_seller.id ELSE seller_id END,
  type::"ConsentEventType", ARRAY[purpose], ARRAY[channel], '{}', pg_temp.odd(e164, salt + 100, 2), is_proven,
  now() - age, NULL, 'website_form', now() - age, '{}'
FROM own CROSS JOIN other_seller CROSS JOIN (VALUES
  (20, 'granted', 'marketing', 'voice_live', true, interval '1 day'),
  (21, 'granted', 'marketing', 'voice_live', false, interval '2 days'),
  (22, 'granted', 'survey', 'voice_live', false, interval '3 days'),
  (23, 'granted', 'marketing.loans', 'voice_live', false, interval '4 days'),
  (24, 'granted', 'marketing', 'sms', false, interval '5 days'),
  (25, 'refused', 'marketing', 'voice_live', false, interval '6 days'),
  (26, 'renewed', 'marketing', 'voice_live', false, interval '200 days'),
  (27, 'granted', 'marketing', 'voice_live', true, interval '60 days')
) AS kind (salt, type, purpose, channel, is_proven, age)
WHERE pg_temp.odd(e164, salt, 40);

-- Consents whose form was found bad.
INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes, channels,
  elements, is_written, is_proven, at, source, recorded_at, actor)
SELECT e.organization_id, uuid7(), consent_id, phone_id, e.seller_id, 'invalidated', purposes, channels, '{}',
  false, false, now() - interval '12 hours', source, now(), '{}'
FROM own JOIN consent_event AS e USING (organization_id, phone_id)
WHERE type = 'granted' AND pg_temp.odd(e164, 30, 30)
ON CONFLICT DO NOTHING;

-- One number more of the organization's own in many a block, so that listings and consents meet.
UPDATE registry_block AS b SET bits = set_bit(bits, line, 1)
FROM (
  SELECT DISTINCT ON (block) organization_id, block, line FROM own,
    LATERAL (SELECT substr(e164, 2)::bigint / 10000 AS block, substr(e164, 2)::bigint % 10000 AS line) AS place
  WHERE pg_temp.odd(e164, 40, 2) ORDER BY block, line
) AS more
WHERE b.organization_id = more.organization_id AND b.block = more.block;

-- What was looked up of some lines, lately and long ago.
UPDATE phone SET line_type = told, line_type_at = now() - age
FROM own, (VALUES (41, 'landline', interval '3 days'), (42, 'landline', interval '50 days'),
  (43, 'wireless', interval '50 days'), (44, 'voip', interval '10 days')) AS kind (salt, told, age)
WHERE phone.organization_id = own.organization_id AND phone.id = own.phone_id AND pg_temp.odd(own.e164, salt, 6);

-- Ports to wireless service, by a first list and three that each began to list some of them.
CREATE TEMP TABLE ported AS
SELECT DISTINCT ON (place.block, line) b.organization_id, b.registry_id, list.edition, place.block, line
FROM own CROSS JOIN (VALUES (51, 2), (52, 3), (53, 4)) AS list (salt, edition)
CROSS JOIN LATERAL (SELECT substr(e164, 2)::bigint / 10000 AS block, (substr(e164, 2)::bigint % 10000)::int AS line) AS place
JOIN registry ON registry.organization_id = own.organization_id AND code = 'US-PORTED'
JOIN registry_block AS b ON b.organization_id = registry.organization_id AND b.registry_id = registry.id
  AND b.block = place.block
WHERE get_bit(bits, line) = 0 AND pg_temp.odd(e164, salt, 5)
ORDER BY place.block, line, list.edition;
INSERT INTO registry_change (organization_id, registry_id, edition, block, lines)
SELECT organization_id, registry_id, edition, block,
  string_agg(decode(lpad(to_hex(line), 4, '0'), 'hex'), '' ORDER BY line)
FROM ported GROUP BY organization_id, registry_id, edition, block;
DO $$
DECLARE
  of_block record;
  turned bytea;
  one int;
BEGIN
  FOR of_block IN
    SELECT b.organization_id, b.registry_id, b.block, bits, array_agg(line) AS lines
    FROM ported JOIN registry_block AS b USING (organization_id, registry_id, block) GROUP BY 1, 2, 3, 4
  LOOP
    turned := of_block.bits;
    FOREACH one IN ARRAY of_block.lines LOOP turned := set_bit(turned, one, 1); END LOOP;
    UPDATE registry_block AS b SET bits = turned WHERE b.organization_id = of_block.organization_id
      AND b.registry_id = of_block.registry_id AND b.block = of_block.block;
  END LOOP;
END $$;

-- Answers about who has a number: given up, kept, nothing known; by a first query, and some by one later.
INSERT INTO reassigned_query (organization_id, id, asked_at, numbers, actor)
SELECT current_setting('proof.organization')::uuid, uuid7(), now() - age, 1, '{}'
FROM (VALUES (interval '80 days'), (interval '20 days')) AS query (age);
INSERT INTO reassigned_answer (organization_id, phone_id, id, query_id, answer, consent_date, asked_at, recorded_at)
SELECT own.organization_id, phone_id, uuid7(), query.id, answer, (now() - before)::date, asked_at,
  asked_at + interval '1 hour'
FROM own JOIN reassigned_query AS query USING (organization_id)
CROSS JOIN (VALUES
  (61, 'yes', interval '400 days', false), (62, 'no', interval '300 days', false),
  (63, 'no_data', interval '200 days', false), (64, 'yes', interval '10 days', true),
  (65, 'no', interval '700 days', true), (66, 'no', interval '30 days', true),
  (67, 'yes', interval '40 days', false), (67, 'no', interval '500 days', true)
) AS kind (salt, answer, before, is_later)
WHERE pg_temp.odd(e164, salt, 12) AND (asked_at > now() - interval '30 days') = is_later;

-- This one calls without consent where the law lets it.
UPDATE seller SET consent_policy = 'opt_out'
WHERE organization_id = current_setting('proof.organization')::uuid AND key = 'other';

-- When each registry was read, for a question about another day; and one that is too old by now.
UPDATE registry SET verified_at = now() - interval '70 days'
WHERE organization_id = current_setting('proof.organization')::uuid AND code = 'US-TX-DNC';
INSERT INTO registry_edition (organization_id, registry_id, id, number, status, kind, sha256, revision, lines,
  bytes, listed, added, removed, read_at)
SELECT organization_id, id, uuid7(), 1, 'applied', 'full', md5(code), 1, listed, 0, listed, listed, 0, verified_at
FROM registry WHERE organization_id = current_setting('proof.organization')::uuid AND code <> 'US-PORTED';
UPDATE registry SET verified_at = now() - interval '2 days', edition = 4
WHERE organization_id = current_setting('proof.organization')::uuid AND code = 'US-PORTED';
INSERT INTO registry_edition (organization_id, registry_id, id, number, status, kind, sha256, revision, lines,
  bytes, listed, added, removed, read_at)
SELECT organization_id, id, uuid7(), number, 'applied', 'full', md5(code || number), 1, listed, 0, listed,
  listed, 0, now() - age
FROM registry CROSS JOIN (VALUES (1, interval '60 days'), (2, interval '30 days'), (3, interval '10 days'),
  (4, interval '2 days')) AS edition (number, age)
WHERE organization_id = current_setting('proof.organization')::uuid AND code = 'US-PORTED';

ANALYZE;
