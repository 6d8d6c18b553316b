-- A contact is needed while a screening of one of its numbers is on record, and while a campaign that has not ended calls it:
-- its erasure would take the number out of the record of the screening, and the person out of the campaign.
CREATE OR REPLACE VIEW due_contact WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, contact.id, contact.updated_at AS at
FROM retention_term AS term
JOIN contact ON contact.organization_id = term.organization_id
  AND contact.updated_at < now() - make_interval(days => term.days)
WHERE term.kind = 'contacts' AND term.place = '' AND contact.erased_at IS NULL
  AND NOT EXISTS (
    SELECT FROM retention_term AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.place = left(contact.address_region, 2)
      AND (longer.days IS NULL OR contact.updated_at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM campaign_person AS person JOIN campaign
      ON campaign.organization_id = person.organization_id AND campaign.id = person.campaign_id
    WHERE person.organization_id = contact.organization_id AND person.contact_ordinal = contact.ordinal
      AND campaign.state <> 'done' AND campaign.archived_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM activity
    WHERE activity.organization_id = contact.organization_id AND activity.contact_ordinal = contact.ordinal)
  AND NOT EXISTS (
    SELECT FROM contact_phone AS owner
    WHERE owner.organization_id = contact.organization_id AND owner.contact_id = contact.id AND (
      EXISTS (
        SELECT FROM longer_term_of_phone AS longer
        WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
          AND longer.kind = term.kind AND longer.phone_id = owner.phone_id
          AND (longer.days IS NULL OR contact.updated_at >= now() - make_interval(days => longer.days)))
      OR EXISTS (
        SELECT FROM opt_out
        WHERE opt_out.organization_id = owner.organization_id AND opt_out.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM suppression
        WHERE suppression.organization_id = owner.organization_id AND suppression.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM screening
        WHERE screening.organization_id = owner.organization_id AND screening.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM handed_phone AS handed
        WHERE handed.organization_id = owner.organization_id AND handed.phone_id = owner.phone_id
          AND handed.until > now())
      OR EXISTS (
        SELECT FROM call
        WHERE call.organization_id = owner.organization_id AND call.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM complaint
        WHERE complaint.organization_id = owner.organization_id AND complaint.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM refusal_question AS question
        WHERE question.organization_id = owner.organization_id AND question.phone_id = owner.phone_id)
      OR EXISTS (
        SELECT FROM confirmation
        WHERE confirmation.organization_id = owner.organization_id AND confirmation.phone_id = owner.phone_id
          AND confirmation.expires_at >= now())
      OR EXISTS (
        SELECT FROM consent_event AS event
        WHERE event.organization_id = owner.organization_id AND event.phone_id = owner.phone_id AND (
          event.type IN ('refused', 'withdrawn')
          OR consent_ended_at(event.organization_id, event.consent_id) IS NULL
          OR consent_ended_at(event.organization_id, event.consent_id) >= now() - make_interval(days => term.days)
          OR EXISTS (
            SELECT FROM evidence
            WHERE evidence.organization_id = event.organization_id AND evidence.consent_event_id = event.id)))
      OR EXISTS (
        SELECT FROM held_phone
        WHERE held_phone.organization_id = owner.organization_id AND held_phone.phone_id = owner.phone_id)))
  AND NOT EXISTS (
    SELECT FROM held_contact
    WHERE held_contact.organization_id = contact.organization_id AND held_contact.contact_id = contact.id)
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = contact.organization_id AND hold.scope = 'everything');
