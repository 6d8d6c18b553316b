-- Calls of the last thirty hours, so that some people have had as many as a cap allows, some one less and
-- some more; not again while those of an earlier run are as late.
INSERT INTO call (organization_id, id, phone_id, seller_id, purpose, at, recorded_at, outcome)
SELECT phone.organization_id, uuid7(), phone.id, seller.id, 'marketing', made, made, 'late'
FROM phone JOIN seller USING (organization_id) CROSS JOIN generate_series(1, 4) AS one,
  LATERAL (SELECT now() - (abs(hashtextextended(e164, one)) % 108000) * interval '1 second' AS made) AS time
WHERE organization_id = current_setting('proof.organization')::uuid AND seller.key = 'acme'
  AND abs(hashtextextended(e164, 50)) % 10 = 0
  AND NOT EXISTS (
    SELECT FROM call WHERE organization_id = current_setting('proof.organization')::uuid
      AND outcome = 'late' AND at > now() - interval '30 hours'
  );
ANALYZE call;
