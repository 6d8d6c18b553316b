-- Data of a person whose processing is restricted may only be stored (GDPR art. 18(2)), so a sweep leaves it, as it leaves
-- what is under a legal hold. An erasure is refused by a legal hold only, because the restricted person may ask for it.

-- Contacts under a hold: named by it, or with the number of a complaint under one.
CREATE VIEW legal_hold_contact WITH (security_invoker = true) AS
SELECT organization_id, contact_id FROM legal_hold_in_force WHERE contact_id IS NOT NULL
UNION ALL
SELECT hold.organization_id, owner.contact_id
FROM legal_hold_in_force AS hold
JOIN complaint ON complaint.organization_id = hold.organization_id AND complaint.id = hold.complaint_id
JOIN contact_phone AS owner
  ON owner.organization_id = hold.organization_id AND owner.phone_id = complaint.phone_id;

-- Phones under a hold: of held contacts, of a complaint and its calls, and those called or screened in a campaign.
CREATE VIEW legal_hold_phone WITH (security_invoker = true) AS
SELECT owner.organization_id, owner.phone_id
FROM legal_hold_contact JOIN contact_phone AS owner
  ON owner.organization_id = legal_hold_contact.organization_id AND owner.contact_id = legal_hold_contact.contact_id
UNION ALL
SELECT hold.organization_id, complaint.phone_id
FROM legal_hold_in_force AS hold
JOIN complaint ON complaint.organization_id = hold.organization_id AND complaint.id = hold.complaint_id
UNION ALL
SELECT hold.organization_id, call.phone_id
FROM legal_hold_in_force AS hold
JOIN complaint_call AS linked
  ON linked.organization_id = hold.organization_id AND linked.complaint_id = hold.complaint_id
JOIN call ON call.organization_id = hold.organization_id AND call.id = linked.call_id
UNION ALL
SELECT hold.organization_id, call.phone_id
FROM legal_hold_in_force AS hold
JOIN call ON call.organization_id = hold.organization_id AND call.campaign = hold.campaign
UNION ALL
SELECT hold.organization_id, screening.phone_id
FROM legal_hold_in_force AS hold
JOIN screening ON screening.organization_id = hold.organization_id AND screening.campaign = hold.campaign;

-- Contacts and phones of which sweeps remove nothing: under a legal hold, or restricted.
CREATE OR REPLACE VIEW held_contact WITH (security_invoker = true) AS
SELECT organization_id, contact_id FROM legal_hold_contact
UNION ALL
SELECT restriction.organization_id, restriction.contact_id
FROM contact_restriction AS restriction
WHERE NOT EXISTS (
  SELECT FROM contact_restriction_end AS ended
  WHERE ended.organization_id = restriction.organization_id AND ended.restriction_id = restriction.id);

CREATE OR REPLACE VIEW held_phone WITH (security_invoker = true) AS
SELECT organization_id, phone_id FROM legal_hold_phone
UNION ALL
SELECT owner.organization_id, owner.phone_id
FROM held_contact JOIN contact_phone AS owner
  ON owner.organization_id = held_contact.organization_id AND owner.contact_id = held_contact.contact_id;
