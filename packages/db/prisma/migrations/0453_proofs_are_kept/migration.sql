-- What proves a refusal is never removed (contract 21), and neither is anything by a term that was not agreed upon.

-- A call whose outcome in the log was an opt-out proves that opt-out.
CREATE OR REPLACE VIEW due_call WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, call.id, call.at
FROM retention_term AS term
JOIN call ON call.organization_id = term.organization_id
  AND call.at < now() - make_interval(days => term.days)
WHERE term.kind = 'calls' AND term.place = ''
  AND NOT EXISTS (
    SELECT FROM longer_term_of_phone AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.phone_id = call.phone_id
      AND (longer.days IS NULL OR call.at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM complaint_call AS linked
    WHERE linked.organization_id = call.organization_id AND linked.call_id = call.id)
  AND NOT EXISTS (
    SELECT FROM complaint
    WHERE complaint.organization_id = call.organization_id AND complaint.phone_id = call.phone_id
      AND complaint.call_id = call.id)
  AND NOT EXISTS (
    SELECT FROM violation
    WHERE violation.organization_id = call.organization_id AND violation.call_id = call.id
      AND (closed_at IS NULL OR closed_at >= now() - make_interval(days => term.days)))
  AND NOT EXISTS (
    SELECT FROM call_queue AS waiting
    WHERE waiting.organization_id = call.organization_id AND waiting.call_id = call.id)
  AND NOT EXISTS (
    SELECT FROM calls_again
    WHERE calls_again.organization_id = call.organization_id AND calls_again.phone_id = call.phone_id)
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = call.organization_id
      AND (hold.scope = 'everything' OR hold.campaign = call.campaign))
  AND NOT EXISTS (
    SELECT FROM held_phone
    WHERE held_phone.organization_id = call.organization_id AND held_phone.phone_id = call.phone_id)
  AND NOT EXISTS (
    SELECT FROM opt_out
    WHERE opt_out.organization_id = call.organization_id AND opt_out.phone_id = call.phone_id
      AND channel = 'disposition' AND opt_out.at BETWEEN call.at AND call.at + interval '1 second');

-- Whole days, without the entries about refusals, withdrawals, erasures, restrictions, holds and retention itself.
CREATE OR REPLACE VIEW due_audit WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, entry.id, entry.at
FROM retention_term AS term
JOIN audit_entry AS entry ON entry.organization_id = term.organization_id
  AND entry.at < date_trunc('day', now() - make_interval(days => term.days))
WHERE term.kind = 'audit' AND term.place = ''
  AND NOT starts_with(entry.action, 'opt-out.') AND NOT starts_with(entry.action, 'suppression.')
  AND NOT starts_with(entry.action, 'person.erase') AND NOT starts_with(entry.action, 'retention.')
  AND NOT starts_with(entry.action, 'legal-hold.') AND NOT starts_with(entry.action, 'restriction.')
  AND entry.action <> 'own-record.withdraw' AND NOT entry.details ? 'withdrawn'
  AND NOT (entry.action = 'import.run' AND entry.details ->> 'kind' IN ('opt_outs', 'suppressions'))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = entry.organization_id);
-- Only the door that removes a screening writes its hash: proofs believe it.
CREATE TRIGGER removed_by_the_door BEFORE INSERT ON ledger.removed_leaf
  FOR EACH ROW WHEN (NOT scope.is_removing()) EXECUTE FUNCTION ledger.refuse();

-- A proposal is agreed upon as it is: no term is added once it was answered.
CREATE FUNCTION refuse_late_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM retention_answer
    WHERE organization_id = NEW.organization_id AND policy_id = NEW.policy_id
  ) THEN RAISE EXCEPTION 'a retention policy does not change after it was answered';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answered_stays BEFORE INSERT ON "retention_term"
  FOR EACH ROW EXECUTE FUNCTION refuse_late_term();
