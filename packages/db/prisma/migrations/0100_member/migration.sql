-- An e-mail is one member's; of one who was removed it may be used anew.
CREATE UNIQUE INDEX member_email ON member (organization_id, email) WHERE removed_at IS NULL;
