-- The list of forms counts the consents of each. Without an index it read all consents of the organization.
CREATE INDEX consent_event_form ON consent_event (organization_id, form_id, consent_id, at)
  WHERE form_id IS NOT NULL AND type IN ('granted', 'renewed');
