-- The audit trail is searched by actor, action and contact, newest first, and it only grows.
CREATE INDEX audit_entry_of_actor ON audit_entry (organization_id, (actor ->> 'id'), id);
CREATE INDEX audit_entry_of_action ON audit_entry (organization_id, action, id);
CREATE INDEX audit_entry_of_contact ON audit_entry (organization_id, (details ->> 'contactId'), id)
  WHERE details ->> 'contactId' IS NOT NULL;
