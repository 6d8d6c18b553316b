-- Whose mailbox a mail comes from, among millions, however its letters are written. Partial, so that the
-- schema need not describe it.
CREATE INDEX contact_mailbox ON contact (organization_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX confirmation_mailbox ON confirmation (organization_id, lower(email))
  WHERE email IS NOT NULL;
