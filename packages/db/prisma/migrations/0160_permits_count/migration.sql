-- Permits count against caps: while they may be used, and from when they were verified until their call is on
-- record. So permits are looked for by phone and time, and verified ones are kept.
DROP INDEX "screening_organization_id_phone_id_idx";
CREATE INDEX "screening_organization_id_phone_id_at_idx" ON "screening"("organization_id", "phone_id", "at");
ALTER TABLE "screening" ADD COLUMN "hand_over_id" UUID;

ALTER TABLE "used_permit" RENAME TO "verified_permit";
ALTER TABLE "verified_permit" RENAME CONSTRAINT "used_permit_pkey" TO "verified_permit_pkey";
ALTER INDEX "used_permit_expires_at_idx" RENAME TO "verified_permit_expires_at_idx";
ALTER TABLE "verified_permit"
  ADD COLUMN "phone_id" UUID,
  ADD COLUMN "verified_at" TIMESTAMPTZ(3),
  ADD COLUMN "verification_id" UUID,
  ADD COLUMN "is_used_up" BOOLEAN,
  ADD COLUMN "call_at" TIMESTAMPTZ(3);
-- What is known of those that were used up before: they are of the last minutes, and were used by their end.
UPDATE "verified_permit" AS used
SET "phone_id" = given."phone_id", "verified_at" = given."at", "verification_id" = given."id",
  "is_used_up" = true
FROM "screening" AS given
WHERE given."organization_id" = used."organization_id" AND given."id" = used."screening_id";
DELETE FROM "verified_permit" WHERE "phone_id" IS NULL;
ALTER TABLE "verified_permit"
  ALTER COLUMN "phone_id" SET NOT NULL,
  ALTER COLUMN "verified_at" SET NOT NULL,
  ALTER COLUMN "verification_id" SET NOT NULL,
  ALTER COLUMN "is_used_up" SET NOT NULL;
CREATE INDEX "verified_permit_organization_id_phone_id_idx" ON "verified_permit"("organization_id", "phone_id");

-- The permits for phones that count at an instant beside the calls on record: those that were given and may
-- still be used (two seconds longer, for they may be on their way), and those that were verified, for which no
-- log has told of a call. `own` counts against no other permit than itself, and what a hand-over gave not
-- against a new one of its campaign, unless it was verified. A call that names no screening is of the last
-- permit of its phone; logs tell whole seconds. One statement, so that it becomes part of what asks.
CREATE FUNCTION permits_that_count(
  for_organization uuid, phone_ids uuid[], instant timestamptz, of_campaign text, own uuid
) RETURNS TABLE (id uuid, at timestamptz, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT given.id, given.at, given.permit_until + interval '2 seconds'
  FROM (SELECT DISTINCT unnest(phone_ids) AS phone_id) AS asked CROSS JOIN LATERAL (
    SELECT * FROM screening
    WHERE organization_id = for_organization AND screening.phone_id = asked.phone_id
      AND screening.at > instant - interval '5 minutes 2 seconds' AND screening.at <= instant
      AND permit_until > instant - interval '2 seconds'
    OFFSET 0
  ) AS given
  WHERE given.id IS DISTINCT FROM own
    AND NOT (given.hand_over_id IS NOT NULL AND given.campaign IS NOT DISTINCT FROM of_campaign)
    AND NOT EXISTS (
      SELECT FROM verified_permit AS verified
      WHERE verified.organization_id = for_organization AND verified.screening_id = given.id
        AND verified.verified_at <= instant)
    AND NOT EXISTS (
      SELECT FROM call
      WHERE call.organization_id = for_organization AND call.phone_id = given.phone_id
        AND call.at >= given.at - interval '2 seconds' AND call.at <= instant
        AND (call.screening_id = given.id OR call.screening_id IS NULL AND NOT EXISTS (
          SELECT FROM screening AS later
          WHERE later.organization_id = for_organization AND later.phone_id = given.phone_id
            AND later.at > given.at AND later.at <= call.at + interval '2 seconds'
            AND later.permit_until IS NOT NULL)
          AND NOT EXISTS (
            SELECT FROM verified_permit AS theirs
            WHERE theirs.organization_id = for_organization AND theirs.phone_id = given.phone_id
              AND theirs.call_at = call.at)))
  UNION ALL
  SELECT verified.screening_id, verified.verified_at, NULL
  FROM (SELECT DISTINCT unnest(phone_ids) AS phone_id) AS asked JOIN verified_permit AS verified
    ON verified.organization_id = for_organization AND verified.phone_id = asked.phone_id
  WHERE verified.screening_id IS DISTINCT FROM own AND verified.verified_at <= instant
    AND (verified.call_at IS NULL OR verified.call_at > instant)
$$;

-- All phones of the people whose phone it is.
CREATE FUNCTION phones_of_people(for_organization uuid, of_phone uuid)
RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT of_phone || coalesce(array_agg(DISTINCT theirs.phone_id), '{}')
  FROM contact_phone AS ours JOIN contact_phone AS theirs
    ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
  WHERE ours.organization_id = for_organization AND ours.phone_id = of_phone AND theirs.phone_id <> of_phone
$$;

-- Puts screenings on record that give a permit under a cap, each only if no permit counts for its people that
-- it has not seen; answers those that are on record. Of two at once the second waits for the first to commit,
-- and each statement in here sees what was committed before it.
CREATE FUNCTION record_under_caps(made json) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  one record;
  instant timestamptz;
BEGIN
  -- In one order, so that two never wait for each other.
  FOR one IN
    SELECT DISTINCT hashtextextended(theirs::text, 160) AS key
    FROM json_to_recordset(made) AS row (organization_id uuid, phone_id uuid, e164 text)
    CROSS JOIN LATERAL (
      SELECT coalesce(row.phone_id, (
        SELECT phone.id FROM phone
        WHERE phone.organization_id = row.organization_id AND phone.e164 = row.e164)) AS id
    ) AS met
    CROSS JOIN LATERAL unnest(phones_of_people(row.organization_id, met.id)) AS phones (theirs)
    ORDER BY key
  LOOP
    PERFORM pg_advisory_xact_lock(one.key);
  END LOOP;

  FOR one IN
    SELECT row.*, coalesce(row.phone_id, (
      SELECT phone.id FROM phone
      WHERE phone.organization_id = row.organization_id AND phone.e164 = row.e164)) AS met_id
    FROM json_to_recordset(made) AS row (organization_id uuid, id uuid, phone_id uuid, e164 text,
      seller_id uuid, purpose text, dialer text, campaign text, at timestamptz, verdict "Verdict",
      refusals jsonb, warnings jsonb, checked jsonb, permit_until timestamptz, hand_over_id uuid,
      actor jsonb, seen uuid[])
  LOOP
    instant := clock_timestamp();
    CONTINUE WHEN EXISTS (
      SELECT FROM permits_that_count(one.organization_id,
        phones_of_people(one.organization_id, one.met_id), instant, one.campaign, NULL) AS counted
      WHERE counted.id <> ALL (one.seen));
    INSERT INTO screening (organization_id, id, phone_id, seller_id, purpose, dialer, campaign, at,
      verdict, refusals, warnings, checked, permit_until, hand_over_id, actor)
    VALUES (one.organization_id, one.id, one.met_id, one.seller_id, one.purpose, one.dialer,
      one.campaign, one.at, one.verdict, one.refusals, one.warnings, one.checked, one.permit_until,
      one.hand_over_id, one.actor);
    RETURN NEXT one.id;
  END LOOP;
END $$;

-- Notes that calls are on record for which permits were verified: then the calls count, and not the permits.
-- Each call is that of one permit: of the one that it names, else of the last of its phone in a day before.
CREATE FUNCTION report_permits(for_organization uuid, call_ids uuid[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT call.phone_id, call.at, call.screening_id FROM call
    WHERE call.organization_id = for_organization AND call.id = ANY (call_ids)
      AND EXISTS (
        SELECT FROM verified_permit AS waiting
        WHERE waiting.organization_id = for_organization AND waiting.phone_id = call.phone_id
          AND waiting.call_at IS NULL)
    ORDER BY call.at
  LOOP
    UPDATE verified_permit SET call_at = one.at
    WHERE organization_id = for_organization AND screening_id = (
      SELECT waiting.screening_id FROM verified_permit AS waiting
      WHERE waiting.organization_id = for_organization AND waiting.phone_id = one.phone_id
        AND waiting.call_at IS NULL
        AND (one.screening_id IN (waiting.screening_id, waiting.verification_id)
          OR one.screening_id IS NULL AND waiting.verified_at <= one.at + interval '2 seconds'
            AND waiting.verified_at > one.at - interval '1 day')
      ORDER BY waiting.verified_at DESC LIMIT 1);
  END LOOP;
END $$;
