-- What is said twice of the same phone, seller and time is the same: but of two consents to the same,
-- each is taken back, or found void, for itself. Facts of a screening are found by the phone, too.
CREATE UNIQUE INDEX consent_event_said ON consent_event
  (organization_id, phone_id, seller_id, type, at, purposes, channels,
    (CASE WHEN type IN ('withdrawn', 'invalidated') THEN consent_id END)) NULLS NOT DISTINCT;
