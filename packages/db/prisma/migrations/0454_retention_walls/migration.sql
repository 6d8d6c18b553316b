-- Walls against a statement that somebody injected into the service (decision 75).

-- No policy removes records before the least number of days of their kind: `minDays` in core/desk/retention.
CREATE FUNCTION least_retention_days(kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind
    WHEN 'complaints' THEN 365
    WHEN 'calls' THEN 90
    WHEN 'screenings' THEN 90
    WHEN 'evidence' THEN 90
    WHEN 'activities' THEN 90
    WHEN 'messages' THEN 30
    WHEN 'imports' THEN 7
    WHEN 'scrubs' THEN 7
    WHEN 'sign-ins' THEN 30
    WHEN 'audit' THEN 365
    WHEN 'contacts' THEN 90
  END
$$;
ALTER TABLE "retention_term"
  ADD CONSTRAINT "retention_term_least_days" CHECK ("days" >= least_retention_days("kind"));

-- The database's clock says when something was proposed, answered or placed. The argument names the column.
CREATE FUNCTION set_to_now() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], clock_timestamp()));
END $$;

-- Only an owner or officer of the organization who still has access proposes, answers or places. The argument names the
-- column.
CREATE FUNCTION refuse_other_than_officer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM member
    WHERE organization_id = NEW.organization_id AND id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid
      AND role IN ('owner', 'officer') AND removed_at IS NULL AND access_ended_at IS NULL
  ) THEN RAISE EXCEPTION '% of % is an owner or officer of the organization', TG_ARGV[0], TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

-- The older walls read no temporary table of the same name either.
ALTER FUNCTION refuse_own_retention_policy() SET search_path = public, pg_temp;
ALTER FUNCTION refuse_own_lift() SET search_path = public, pg_temp;
ALTER FUNCTION refuse_late_term() SET search_path = public, pg_temp;

DO $$
DECLARE
  name text;
  verb text;
BEGIN
  FOR name, verb IN VALUES ('retention_policy', 'proposed'), ('retention_answer', 'answered'), ('legal_hold', 'placed'),
    ('legal_hold_lift', 'proposed'), ('legal_hold_lift_answer', 'answered') LOOP
    EXECUTE format('CREATE TRIGGER time_is_now BEFORE INSERT ON %I
      FOR EACH ROW EXECUTE FUNCTION set_to_now(%L)', name, verb || '_at');
    EXECUTE format('CREATE TRIGGER by_officer BEFORE INSERT ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_other_than_officer(%L)', name, verb || '_by');
  END LOOP;
END $$;

-- A call stays while its violation was closed within the longest term that may concern the phone.
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
      AND (closed_at IS NULL OR closed_at >= now() - make_interval(days => term.days)
        OR EXISTS (
          SELECT FROM longer_term_of_phone AS longer
          WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
            AND longer.kind = term.kind AND longer.phone_id = call.phone_id
            AND closed_at >= now() - make_interval(days => longer.days))))
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

-- Ids of received messages, without which a repeated message would count again. A phone's pattern of calls is asked about
-- once in 90 days, and the id tells that it was.
CREATE OR REPLACE VIEW due_message WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, message.provider, message.external_id, message.received_at AS at
FROM retention_term AS term
JOIN inbound_message AS message ON message.organization_id = term.organization_id
  AND message.received_at < now() - make_interval(days => term.days)
WHERE term.kind = 'messages' AND term.place = ''
  AND (message.provider <> 'pattern' OR message.received_at < now() - interval '90 days')
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = message.organization_id);
