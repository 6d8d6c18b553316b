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

-- When each registry was read, for a question about another day; and one that is too old by now.
UPDATE registry SET verified_at = now() - interval '70 days'
WHERE organization_id = current_setting('proof.organization')::uuid AND code = 'US-TX-DNC';
INSERT INTO registry_edition (organization_id, registry_id, id, number, status, kind, sha256, revision, lines,
  bytes, listed, added, removed, read_at)
SELECT organization_id, id, uuid7(), 1, 'applied', 'full', md5(code), 1, listed, 0, listed, listed, 0, verified_at
FROM registry WHERE organization_id = current_setting('proof.organization')::uuid;

ANALYZE;
