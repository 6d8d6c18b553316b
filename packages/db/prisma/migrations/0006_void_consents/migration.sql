-- A scrub has to know which consents were found void, and they are few among millions. Partial, so that
-- the schema need not describe it.
CREATE INDEX consent_event_void ON consent_event (organization_id, consent_id)
  WHERE type = 'invalidated';
