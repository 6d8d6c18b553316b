-- How long each kind of record is kept, and legal holds (decision 75). Views say which rows of each kind are due under a
-- policy; the preview counts them, and the sweep removes them. Nothing here names an opt-out or what proves one.

CREATE TABLE "retention_policy" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_policy_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "retention_term" (
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "days" INTEGER,
    "rule" TEXT,

    CONSTRAINT "retention_term_pkey" PRIMARY KEY ("organization_id","policy_id","kind","place")
);

CREATE TABLE "retention_answer" (
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "is_published" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_answer_pkey" PRIMARY KEY ("organization_id","policy_id")
);

CREATE TABLE "legal_hold" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "contact_id" UUID,
    "complaint_id" UUID,
    "campaign" TEXT,
    "placed_by" UUID NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "legal_hold_lift" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legal_hold_lift_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "legal_hold_lift_answer" (
    "organization_id" UUID NOT NULL,
    "lift_id" UUID NOT NULL,
    "is_accepted" BOOLEAN NOT NULL,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legal_hold_lift_answer_pkey" PRIMARY KEY ("organization_id","lift_id")
);

CREATE TABLE "legal_hold_reason" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "legal_hold_reason_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "retention_sweep" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_sweep_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "retention_batch" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sweep_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "oldest" TIMESTAMPTZ(3) NOT NULL,
    "newest" TIMESTAMPTZ(3) NOT NULL,
    "ids" UUID[],
    "sha256" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_batch_pkey" PRIMARY KEY ("organization_id","id")
);

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "files_removed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "scrub" ADD COLUMN     "files_removed_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "legal_hold_lift_organization_id_hold_id_idx" ON "legal_hold_lift"("organization_id", "hold_id");

-- CreateIndex
CREATE INDEX "legal_hold_reason_organization_id_hold_id_idx" ON "legal_hold_reason"("organization_id", "hold_id");

-- CreateIndex
CREATE INDEX "retention_sweep_organization_id_started_at_idx" ON "retention_sweep"("organization_id", "started_at");

-- CreateIndex
CREATE INDEX "retention_batch_organization_id_sweep_id_idx" ON "retention_batch"("organization_id", "sweep_id");

-- AddForeignKey
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legal_hold_lift" ADD CONSTRAINT "legal_hold_lift_organization_id_hold_id_fkey" FOREIGN KEY ("organization_id", "hold_id") REFERENCES "legal_hold"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legal_hold_lift_answer" ADD CONSTRAINT "legal_hold_lift_answer_organization_id_lift_id_fkey" FOREIGN KEY ("organization_id", "lift_id") REFERENCES "legal_hold_lift"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legal_hold_reason" ADD CONSTRAINT "legal_hold_reason_organization_id_hold_id_fkey" FOREIGN KEY ("organization_id", "hold_id") REFERENCES "legal_hold"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_policy" ADD CONSTRAINT "retention_policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_term" ADD CONSTRAINT "retention_term_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "retention_policy"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_answer" ADD CONSTRAINT "retention_answer_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "retention_policy"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_sweep" ADD CONSTRAINT "retention_sweep_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "retention_policy"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_batch" ADD CONSTRAINT "retention_batch_organization_id_sweep_id_fkey" FOREIGN KEY ("organization_id", "sweep_id") REFERENCES "retention_sweep"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- No policy removes what is younger than a week, whatever our code says.
ALTER TABLE "retention_term" ADD CHECK ("days" >= 7),
  ADD CHECK ("kind" IN ('screenings', 'calls', 'evidence', 'imports', 'scrubs', 'activities', 'messages', 'complaints',
    'audit', 'sign-ins', 'contacts')),
  ADD CHECK (("place" = '') = ("prefix" = '')),
  ADD CHECK ("place" <> '' OR "days" IS NOT NULL);
ALTER TABLE "legal_hold" ADD CHECK (num_nonnulls("contact_id", "complaint_id", "campaign") = CASE WHEN "scope" = 'everything' THEN 0 ELSE 1 END),
  ADD CHECK (CASE "scope" WHEN 'everything' THEN true WHEN 'contact' THEN "contact_id" IS NOT NULL
    WHEN 'complaint' THEN "complaint_id" IS NOT NULL WHEN 'campaign' THEN "campaign" IS NOT NULL ELSE false END);

-- At most one sweep of an organization is under way. One that was killed is continued.
CREATE UNIQUE INDEX retention_sweep_open ON retention_sweep (organization_id) WHERE ended_at IS NULL;

-- Nobody publishes a policy or lifts a hold alone, whatever our code says.
CREATE FUNCTION refuse_own_retention_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM retention_policy
    WHERE organization_id = NEW.organization_id AND id = NEW.policy_id AND proposed_by = NEW.answered_by
  ) THEN RAISE EXCEPTION 'a retention policy is published by another than who proposed it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_officers BEFORE INSERT ON "retention_answer"
  FOR EACH ROW WHEN (NEW."is_published") EXECUTE FUNCTION refuse_own_retention_policy();
CREATE FUNCTION refuse_own_lift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM legal_hold_lift
    WHERE organization_id = NEW.organization_id AND id = NEW.lift_id AND proposed_by = NEW.answered_by
  ) THEN RAISE EXCEPTION 'a legal hold is lifted by another than who proposed it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_officers BEFORE INSERT ON "legal_hold_lift_answer"
  FOR EACH ROW WHEN (NEW."is_accepted") EXECUTE FUNCTION refuse_own_lift();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['retention_policy', 'retention_term', 'retention_answer', 'legal_hold', 'legal_hold_lift',
    'legal_hold_lift_answer', 'retention_batch'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['retention_policy', 'retention_term', 'retention_answer', 'legal_hold', 'legal_hold_lift',
    'legal_hold_lift_answer', 'legal_hold_reason', 'retention_sweep', 'retention_batch'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY of_organization ON %I USING (organization_id = (SELECT scope.organization()))', name);
  END LOOP;
END $$;

-- The hash of a screening that was removed, as long as others of its batch are on record: their proofs need it.
CREATE TABLE ledger.removed_leaf (
  organization_id uuid NOT NULL,
  screening_id    uuid NOT NULL,
  leaf_hash       bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  PRIMARY KEY (organization_id, screening_id)
);
ALTER TABLE ledger.removed_leaf ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON ledger.removed_leaf USING (organization_id = (SELECT scope.organization()));

-- The door through which a sweep removes what is append-only: a row is here only while `scope.remove_expired` or
-- `scope.remove_expired_activities` runs. The service cannot write it.
CREATE TABLE scope.removal (transaction_id xid8 PRIMARY KEY);
CREATE FUNCTION scope.is_removing() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM scope.removal WHERE transaction_id = pg_current_xact_id_if_assigned())
$$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['public.screening', 'public.call', 'public.violation_step', 'public.complaint_event',
    'public.evidence_pack', 'public.audit_entry'] LOOP
    EXECUTE format('DROP TRIGGER append_only ON %s', name);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER append_only_delete BEFORE DELETE ON %s
      FOR EACH ROW WHEN (NOT scope.is_removing()) EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;
DROP TRIGGER append_only_delete ON activity;
CREATE TRIGGER append_only_delete BEFORE DELETE ON activity
  FOR EACH ROW WHEN (NOT scope.is_removing()) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE ON ledger.removed_leaf
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER append_only_delete BEFORE DELETE ON ledger.removed_leaf
  FOR EACH ROW WHEN (NOT scope.is_removing()) EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.removed_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- Columns of segments are told of activities that are gone (0032_person_change).
CREATE TRIGGER note_delete AFTER DELETE ON activity
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_owners();

-- The policy that was published last.
CREATE VIEW retention_policy_in_force WITH (security_invoker = true) AS
SELECT DISTINCT ON (organization_id) organization_id, policy_id, answered_by, answered_at
FROM retention_answer WHERE is_published
ORDER BY organization_id, answered_at DESC, policy_id DESC;

CREATE VIEW legal_hold_in_force WITH (security_invoker = true) AS
SELECT hold.organization_id, hold.id, hold.scope, hold.contact_id, hold.complaint_id, hold.campaign
FROM legal_hold AS hold
WHERE NOT EXISTS (
  SELECT FROM legal_hold_lift AS lift JOIN legal_hold_lift_answer AS answer
    ON answer.organization_id = lift.organization_id AND answer.lift_id = lift.id
  WHERE lift.organization_id = hold.organization_id AND lift.hold_id = hold.id AND is_accepted);

-- Contacts under a hold: named by it, or with the number of a complaint under one.
CREATE VIEW held_contact WITH (security_invoker = true) AS
SELECT organization_id, contact_id FROM legal_hold_in_force WHERE contact_id IS NOT NULL
UNION ALL
SELECT hold.organization_id, owner.contact_id
FROM legal_hold_in_force AS hold
JOIN complaint ON complaint.organization_id = hold.organization_id AND complaint.id = hold.complaint_id
JOIN contact_phone AS owner
  ON owner.organization_id = hold.organization_id AND owner.phone_id = complaint.phone_id;

-- Phones under a hold: of held contacts, of a complaint and its calls, and those called or screened in a campaign.
CREATE VIEW held_phone WITH (security_invoker = true) AS
SELECT owner.organization_id, owner.phone_id
FROM held_contact JOIN contact_phone AS owner
  ON owner.organization_id = held_contact.organization_id AND owner.contact_id = held_contact.contact_id
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

-- Longer terms of a phone, by every place where its people may be. All countries of a calling code count, because the
-- number alone does not always tell them apart. Once a number is erased nobody knows its country: all terms that end
-- count.
CREATE VIEW longer_term_of_phone WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, term.kind, term.days, phone.id AS phone_id
FROM retention_term AS term JOIN phone ON phone.organization_id = term.organization_id
WHERE term.place <> '' AND (
  CASE WHEN phone.e164 IS NULL THEN term.days IS NOT NULL ELSE starts_with(phone.e164, term.prefix) END
  OR EXISTS (
    SELECT FROM contact_phone AS owner JOIN contact
      ON contact.organization_id = owner.organization_id AND contact.id = owner.contact_id
    WHERE owner.organization_id = phone.organization_id AND owner.phone_id = phone.id
      AND left(contact.address_region, 2) = term.place));

-- When a consent ended: withdrawn or invalidated after it was last given, past its last day, or never given. Null while
-- it may be in force.
CREATE FUNCTION consent_ended_at(organization uuid, consent uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN given_at IS NULL THEN last_at
    WHEN stopped_at >= given_at THEN stopped_at
    WHEN valid_until < now() THEN greatest(valid_until, given_at)
  END
  FROM (
    SELECT max(recorded_at) AS last_at,
      max(recorded_at) FILTER (WHERE type IN ('granted', 'renewed')) AS given_at,
      max(recorded_at) FILTER (WHERE type IN ('withdrawn', 'invalidated', 'refused')) AS stopped_at,
      CASE WHEN NOT bool_or(type IN ('granted', 'renewed') AND valid_until IS NULL)
        THEN max(valid_until) FILTER (WHERE type IN ('granted', 'renewed')) END AS valid_until
    FROM consent_event WHERE organization_id = organization AND consent_id = consent
  ) AS events
$$;

-- A screening stays while a call that it may belong to is on record, and until the ledger has committed to it.
CREATE VIEW due_screening WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, screening.id, screening.at
FROM retention_term AS term
JOIN screening ON screening.organization_id = term.organization_id
  AND screening.at < now() - make_interval(days => term.days)
WHERE term.kind = 'screenings' AND term.place = ''
  AND EXISTS (
    SELECT FROM ledger.screening_leaf AS leaf
    WHERE leaf.organization_id = screening.organization_id AND leaf.screening_id = screening.id)
  AND NOT EXISTS (
    SELECT FROM longer_term_of_phone AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.phone_id = screening.phone_id
      AND (longer.days IS NULL OR screening.at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM call
    WHERE call.organization_id = screening.organization_id AND call.phone_id = screening.phone_id
      AND call.at >= screening.at - interval '1 day' AND call.at < screening.at + interval '31 days')
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = screening.organization_id
      AND (hold.scope = 'everything' OR hold.campaign = screening.campaign))
  AND NOT EXISTS (
    SELECT FROM held_phone
    WHERE held_phone.organization_id = screening.organization_id AND held_phone.phone_id = screening.phone_id);

-- A call stays while a complaint names it, while its violation is open or was closed within the term, and while it is
-- being judged.
CREATE VIEW due_call WITH (security_invoker = true) AS
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
    WHERE held_phone.organization_id = call.organization_id AND held_phone.phone_id = call.phone_id);

-- Evidence of a consent that ended, from its end or the last call to the phone. Evidence of a withdrawal or a refusal
-- stays for good.
CREATE VIEW due_evidence WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, evidence.id, event.id AS event_id, event.phone_id,
  greatest(ended.at, last_call.at) AS at
FROM retention_term AS term
JOIN evidence ON evidence.organization_id = term.organization_id
JOIN consent_event AS event
  ON event.organization_id = evidence.organization_id AND event.id = evidence.consent_event_id
  AND event.type IN ('requested', 'granted', 'renewed')
CROSS JOIN LATERAL (SELECT consent_ended_at(event.organization_id, event.consent_id) AS at) AS ended
CROSS JOIN LATERAL (
  SELECT max(call.at) AS at FROM call
  WHERE call.organization_id = event.organization_id AND call.phone_id = event.phone_id) AS last_call
WHERE term.kind = 'evidence' AND term.place = ''
  AND ended.at IS NOT NULL
  AND greatest(ended.at, last_call.at) < now() - make_interval(days => term.days)
  AND NOT EXISTS (
    SELECT FROM longer_term_of_phone AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.phone_id = event.phone_id
      AND (longer.days IS NULL
        OR greatest(ended.at, last_call.at) >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = evidence.organization_id AND hold.scope = 'everything')
  AND NOT EXISTS (
    SELECT FROM held_phone
    WHERE held_phone.organization_id = event.organization_id AND held_phone.phone_id = event.phone_id);

-- Files of an import. Those of opt-outs and suppressions prove them and stay for good; those of consents stay as long as
-- any evidence. A file may name anybody, so every hold keeps it.
CREATE VIEW due_import WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, import.id, import.created_at AS at
FROM retention_term AS term
JOIN import ON import.organization_id = term.organization_id
  AND import.created_at < now() - make_interval(days => term.days)
WHERE term.kind = 'imports' AND term.place = ''
  AND import.kind NOT IN ('opt_outs', 'suppressions') AND import.files_removed_at IS NULL
  AND (import.kind <> 'consents' OR EXISTS (
    SELECT FROM retention_term AS proof
    WHERE proof.organization_id = term.organization_id AND proof.policy_id = term.policy_id
      AND proof.kind = 'evidence' AND proof.place = '') AND NOT EXISTS (
    SELECT FROM retention_term AS proof
    WHERE proof.organization_id = term.organization_id AND proof.policy_id = term.policy_id
      AND proof.kind = 'evidence' AND import.created_at >= now() - make_interval(days => proof.days)))
  AND NOT EXISTS (
    SELECT FROM run
    WHERE run.organization_id = import.organization_id AND run.subject_id = import.id
      AND run.status IN ('queued', 'running'))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = import.organization_id);

CREATE VIEW due_scrub WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, scrub.id, scrub.created_at AS at
FROM retention_term AS term
JOIN scrub ON scrub.organization_id = term.organization_id
  AND scrub.created_at < now() - make_interval(days => term.days)
WHERE term.kind = 'scrubs' AND term.place = '' AND scrub.files_removed_at IS NULL
  AND NOT EXISTS (
    SELECT FROM run
    WHERE run.organization_id = scrub.organization_id AND run.subject_id = scrub.id
      AND run.status IN ('queued', 'running'))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = scrub.organization_id);

CREATE VIEW due_activity WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, activity.type, activity.key, activity.contact_ordinal, activity.at
FROM retention_term AS term
JOIN activity ON activity.organization_id = term.organization_id
  AND activity.at < now() - make_interval(days => term.days)
JOIN contact ON contact.organization_id = activity.organization_id
  AND contact.ordinal = activity.contact_ordinal
WHERE term.kind = 'activities' AND term.place = ''
  AND NOT EXISTS (
    SELECT FROM retention_term AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.place = left(contact.address_region, 2)
      AND (longer.days IS NULL OR activity.at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM contact_phone AS owner JOIN longer_term_of_phone AS longer
      ON longer.organization_id = owner.organization_id AND longer.phone_id = owner.phone_id
    WHERE owner.organization_id = contact.organization_id AND owner.contact_id = contact.id
      AND longer.policy_id = term.policy_id AND longer.kind = term.kind
      AND (longer.days IS NULL OR activity.at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = activity.organization_id AND hold.scope = 'everything')
  AND NOT EXISTS (
    SELECT FROM held_contact
    WHERE held_contact.organization_id = contact.organization_id AND held_contact.contact_id = contact.id)
  AND NOT EXISTS (
    SELECT FROM contact_phone AS owner JOIN held_phone
      ON held_phone.organization_id = owner.organization_id AND held_phone.phone_id = owner.phone_id
    WHERE owner.organization_id = contact.organization_id AND owner.contact_id = contact.id);

-- Ids of received messages, without which a repeated message would count again. Questions that wait stay.
CREATE VIEW due_message WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, message.provider, message.external_id, message.received_at AS at
FROM retention_term AS term
JOIN inbound_message AS message ON message.organization_id = term.organization_id
  AND message.received_at < now() - make_interval(days => term.days)
WHERE term.kind = 'messages' AND term.place = ''
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = message.organization_id);

-- A complaint in which the person refused calls proves the opt-out, and stays for good.
CREATE VIEW due_complaint WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, complaint.id, complaint.decided_at AS at
FROM retention_term AS term
JOIN complaint ON complaint.organization_id = term.organization_id
  AND complaint.decided_at < now() - make_interval(days => term.days)
WHERE term.kind = 'complaints' AND term.place = ''
  AND NOT EXISTS (
    SELECT FROM longer_term_of_phone AS longer
    WHERE longer.organization_id = term.organization_id AND longer.policy_id = term.policy_id
      AND longer.kind = term.kind AND longer.phone_id = complaint.phone_id
      AND (longer.days IS NULL OR complaint.decided_at >= now() - make_interval(days => longer.days)))
  AND NOT EXISTS (
    SELECT FROM complaint_event AS event
    WHERE event.organization_id = complaint.organization_id AND event.complaint_id = complaint.id
      AND event.details ? 'optOutId')
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold
    WHERE hold.organization_id = complaint.organization_id AND hold.scope = 'everything')
  AND NOT EXISTS (
    SELECT FROM held_phone
    WHERE held_phone.organization_id = complaint.organization_id AND held_phone.phone_id = complaint.phone_id);

-- Whole days, without the entries about refusals, erasures, holds and retention itself.
CREATE VIEW due_audit WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, entry.id, entry.at
FROM retention_term AS term
JOIN audit_entry AS entry ON entry.organization_id = term.organization_id
  AND entry.at < date_trunc('day', now() - make_interval(days => term.days))
WHERE term.kind = 'audit' AND term.place = ''
  AND NOT starts_with(entry.action, 'opt-out.') AND NOT starts_with(entry.action, 'suppression.')
  AND NOT starts_with(entry.action, 'person.erase') AND NOT starts_with(entry.action, 'retention.')
  AND NOT starts_with(entry.action, 'legal-hold.')
  AND entry.action NOT IN ('consent.withdraw', 'own-record.withdraw')
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = entry.organization_id);

CREATE VIEW due_sign_in WITH (security_invoker = true) AS
SELECT term.organization_id, term.policy_id, sign_in.id, sign_in.at
FROM retention_term AS term
JOIN sign_in ON sign_in.organization_id = term.organization_id
  AND sign_in.at < now() - make_interval(days => term.days)
WHERE term.kind = 'sign-ins' AND term.place = ''
  AND NOT EXISTS (
    SELECT FROM legal_hold_in_force AS hold WHERE hold.organization_id = sign_in.organization_id);

-- A contact of whom nothing is on record but consents that ended, and whose evidence is gone: no opt-out of any kind, no
-- suppression, call, complaint, message, activity or waiting confirmation.
CREATE VIEW due_contact WITH (security_invoker = true) AS
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

-- Removes rows of a kind that are due under the policy in force, of those with these ids, and returns the ids that it
-- removed. Checks again what is due, so a caller can remove nothing else. `hashes` are the leaf hashes of screenings.
CREATE FUNCTION scope.remove_expired(kind_of_rows text, ids_of_rows uuid[], hashes bytea[])
  RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  organization uuid := scope.organization();
  policy uuid;
  due uuid[];
  emptied uuid[];
BEGIN
  IF organization IS NULL THEN
    RAISE EXCEPTION 'rows are removed for an organization';
  END IF;
  -- A hold that is being placed waits for this, and this for it.
  PERFORM pg_advisory_xact_lock(hashtextextended(organization || '/legal-holds', 0));
  SELECT policy_id INTO policy FROM retention_policy_in_force WHERE organization_id = organization;
  INSERT INTO scope.removal VALUES (pg_current_xact_id());
  CASE kind_of_rows
    WHEN 'screenings' THEN
      due := ARRAY(SELECT id FROM due_screening
        WHERE organization_id = organization AND policy_id = policy AND id = ANY (ids_of_rows));
      INSERT INTO ledger.removed_leaf (organization_id, screening_id, leaf_hash)
      SELECT organization, id, hash FROM unnest(ids_of_rows, hashes) AS given (id, hash) WHERE id = ANY (due);
      DELETE FROM screening WHERE organization_id = organization AND id = ANY (due);
      -- Once a whole batch is gone, nobody needs its hashes: the statement names its root.
      emptied := ARRAY(
        SELECT entry_id FROM (
          SELECT DISTINCT entry_id FROM ledger.screening_leaf
          WHERE organization_id = organization AND screening_id = ANY (due)) AS touched
        WHERE NOT EXISTS (
          SELECT FROM ledger.screening_leaf AS other JOIN screening
            ON screening.organization_id = organization AND screening.id = other.screening_id
          WHERE other.organization_id = organization AND other.entry_id = touched.entry_id));
      DELETE FROM ledger.removed_leaf USING ledger.screening_leaf AS leaf
      WHERE removed_leaf.organization_id = organization AND leaf.organization_id = organization
        AND leaf.screening_id = removed_leaf.screening_id AND leaf.entry_id = ANY (emptied);
    WHEN 'calls' THEN
      due := ARRAY(SELECT id FROM due_call
        WHERE organization_id = organization AND policy_id = policy AND id = ANY (ids_of_rows));
      DELETE FROM violation_note USING violation_step AS step, violation
      WHERE violation_note.organization_id = organization AND step.organization_id = organization
        AND step.id = step_id AND violation.organization_id = organization AND violation.id = step.violation_id
        AND call_id = ANY (due);
      DELETE FROM violation_step USING violation
      WHERE violation_step.organization_id = organization AND violation.organization_id = organization
        AND violation.id = violation_step.violation_id AND call_id = ANY (due);
      DELETE FROM violation WHERE organization_id = organization AND call_id = ANY (due);
      DELETE FROM call WHERE organization_id = organization AND id = ANY (due);
    WHEN 'complaints' THEN
      due := ARRAY(SELECT id FROM due_complaint
        WHERE organization_id = organization AND policy_id = policy AND id = ANY (ids_of_rows));
      DELETE FROM complaint_note USING complaint_event AS event
      WHERE complaint_note.organization_id = organization AND event.organization_id = organization
        AND event.id = event_id AND event.complaint_id = ANY (due);
      DELETE FROM evidence_pack_reason USING evidence_pack AS pack
      WHERE evidence_pack_reason.organization_id = organization AND pack.organization_id = organization
        AND pack.id = pack_id AND pack.complaint_id = ANY (due);
      DELETE FROM evidence_pack WHERE organization_id = organization AND complaint_id = ANY (due);
      DELETE FROM complaint_event WHERE organization_id = organization AND complaint_id = ANY (due);
      DELETE FROM complaint_task WHERE organization_id = organization AND complaint_id = ANY (due);
      DELETE FROM complaint_call WHERE organization_id = organization AND complaint_id = ANY (due);
      DELETE FROM complaint WHERE organization_id = organization AND id = ANY (due);
    WHEN 'audit' THEN
      due := ARRAY(SELECT id FROM due_audit
        WHERE organization_id = organization AND policy_id = policy AND id = ANY (ids_of_rows));
      DELETE FROM audit_entry WHERE organization_id = organization AND id = ANY (due);
    ELSE RAISE EXCEPTION 'rows of % are not removed here', kind_of_rows;
  END CASE;
  DELETE FROM scope.removal WHERE transaction_id = pg_current_xact_id();
  RETURN due;
END $$;

-- Removes the activities of some contacts that are due, with what they added to the totals and preferences of their people.
-- The caller holds the lock of erasures, so that nobody adds to these meanwhile.
CREATE FUNCTION scope.remove_expired_activities(first_contact integer, last_contact integer)
  RETURNS TABLE (removed integer, oldest timestamptz, newest timestamptz, sha256 bytea)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  organization uuid := scope.organization();
  policy uuid;
  people integer[];
BEGIN
  IF organization IS NULL THEN
    RAISE EXCEPTION 'rows are removed for an organization';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(organization || '/legal-holds', 0));
  SELECT policy_id INTO policy FROM retention_policy_in_force WHERE organization_id = organization;
  INSERT INTO scope.removal VALUES (pg_current_xact_id());
  WITH due AS (
    SELECT type, key FROM due_activity
    WHERE organization_id = organization AND policy_id = policy
      AND contact_ordinal BETWEEN first_contact AND last_contact
  ), gone AS (
    DELETE FROM activity USING due
    WHERE activity.organization_id = organization AND activity.type = due.type AND activity.key = due.key
    RETURNING activity.type, contact_ordinal, at, recorded_at
  )
  SELECT count(*)::integer, min(at), max(at), pg_catalog.sha256(convert_to(coalesce(string_agg(
      concat_ws(' ', contact_ordinal, type, at AT TIME ZONE 'UTC', recorded_at AT TIME ZONE 'UTC'), E'\n'
      ORDER BY contact_ordinal, type, at, recorded_at), ''), 'UTF8')), array_agg(DISTINCT contact_ordinal)
  INTO removed, oldest, newest, sha256, people FROM gone;
  DELETE FROM scope.removal WHERE transaction_id = pg_current_xact_id();
  DELETE FROM activity_rollup WHERE organization_id = organization AND contact_ordinal = ANY (people);
  INSERT INTO activity_rollup (organization_id, type, contact_ordinal, count, amount, priced, first_at, last_at)
  SELECT organization, type, contact_ordinal, count(*), coalesce(sum(amount), 0), count(amount), min(at), max(at)
  FROM activity WHERE organization_id = organization AND contact_ordinal = ANY (people)
  GROUP BY type, contact_ordinal;
  DELETE FROM preference_rollup WHERE organization_id = organization AND contact_ordinal = ANY (people);
  INSERT INTO preference_rollup (organization_id, contact_ordinal, topic, value, at, key)
  SELECT DISTINCT ON (contact_ordinal, left(properties ->> 'topic', 200)) organization, contact_ordinal,
    left(properties ->> 'topic', 200), left(properties ->> 'value', 200), at, key
  FROM activity
  WHERE organization_id = organization AND contact_ordinal = ANY (people)
    AND type = 'preference' AND properties ? 'topic'
  ORDER BY contact_ordinal, left(properties ->> 'topic', 200), at DESC, key COLLATE "C" DESC;
  RETURN NEXT;
END $$;
