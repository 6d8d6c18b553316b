-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ConsentEventType" AS ENUM ('requested', 'granted', 'renewed', 'refused', 'withdrawn', 'invalidated');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'officer', 'marketer', 'agent', 'auditor', 'developer');

-- CreateEnum
CREATE TYPE "OptOutScope" AS ENUM ('all', 'seller', 'purpose', 'profiling');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('queued', 'running', 'done', 'failed', 'canceled');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('allow', 'refuse');

-- CreateTable
CREATE TABLE "activity_type" (
    "organization_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "properties" JSONB NOT NULL,

    CONSTRAINT "activity_type_pkey" PRIMARY KEY ("organization_id","key")
);

-- CreateTable
CREATE TABLE "activity" (
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "amount" DOUBLE PRECISION,
    "category" TEXT,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("organization_id","type","key")
);

-- CreateTable
CREATE TABLE "activity_rollup" (
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "amount" DOUBLE PRECISION NOT NULL,
    "priced" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_rollup_pkey" PRIMARY KEY ("organization_id","type","contact_ordinal")
);

-- CreateTable
CREATE TABLE "contact_attribute" (
    "organization_id" UUID NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "text" TEXT,
    "number" DOUBLE PRECISION,

    CONSTRAINT "contact_attribute_pkey" PRIMARY KEY ("organization_id","contact_ordinal","field")
);

-- CreateTable
CREATE TABLE "preference_rollup" (
    "organization_id" UUID NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "value" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "preference_rollup_pkey" PRIMARY KEY ("organization_id","contact_ordinal","topic")
);

-- CreateTable
CREATE TABLE "api_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "seller_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "idempotent_answer" (
    "organization_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("organization_id","api_key_id","route","key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "phone_id" UUID,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "blocked_list" (
    "organization_id" UUID NOT NULL,
    "schedule" JSONB NOT NULL,
    "swept_at" TIMESTAMPTZ(3),
    "seen" TEXT,

    CONSTRAINT "blocked_list_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "blocked_edition" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "lines" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "added" BIGINT NOT NULL,
    "removed" BIGINT NOT NULL,
    "has_changes" BOOLEAN NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocked_edition_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "call" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT,
    "phone_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "seconds" INTEGER,
    "campaign" TEXT,
    "dialer" TEXT,
    "screening_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "call_queue" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "is_first" BOOLEAN NOT NULL,

    CONSTRAINT "call_queue_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "calls_again" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calls_again_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "call_day" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "calls" INTEGER NOT NULL,
    "bypassed" INTEGER NOT NULL,

    CONSTRAINT "call_day_pkey" PRIMARY KEY ("organization_id","day")
);

-- CreateTable
CREATE TABLE "campaign_day" (
    "organization_id" UUID NOT NULL,
    "campaign" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "answered" INTEGER NOT NULL,
    "abandoned" INTEGER NOT NULL,

    CONSTRAINT "campaign_day_pkey" PRIMARY KEY ("organization_id","campaign","rule_id","day")
);

-- CreateTable
CREATE TABLE "campaign" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL,
    "segment_id" UUID NOT NULL,
    "rule_versions" JSONB,
    "seller_id" UUID NOT NULL,
    "dialer" TEXT NOT NULL,
    "caller_number" TEXT NOT NULL,
    "hours" JSONB NOT NULL,
    "label" TEXT NOT NULL,
    "label_contract" TEXT NOT NULL,
    "cap_calls" INTEGER NOT NULL,
    "cap_days" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "refusal_limit" DOUBLE PRECISION NOT NULL,
    "is_held" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3),
    "counted_from" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "campaign_offer" (
    "organization_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "version" INTEGER,

    CONSTRAINT "campaign_offer_pkey" PRIMARY KEY ("organization_id","campaign_id","offer_id")
);

-- CreateTable
CREATE TABLE "campaign_step" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "campaign_step_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "campaign_note" (
    "organization_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "campaign_note_pkey" PRIMARY KEY ("organization_id","step_id")
);

-- CreateTable
CREATE TABLE "campaign_hand_over" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "people" INTEGER NOT NULL,
    "calls" INTEGER NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "campaign_hand_over_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "handed_phone" (
    "organization_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "hand_over_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handed_phone_pkey" PRIMARY KEY ("organization_id","phone_id","contact_ordinal")
);

-- CreateTable
CREATE TABLE "campaign_person" (
    "organization_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_ordinal" INTEGER NOT NULL,
    "offer_id" UUID NOT NULL,
    "offer_version" INTEGER NOT NULL,
    "is_below" BOOLEAN,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_person_pkey" PRIMARY KEY ("organization_id","campaign_id","contact_ordinal")
);

-- CreateTable
CREATE TABLE "capture_form" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "checks" JSONB,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "capture_form_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "capture_form_version" (
    "organization_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "checks" JSONB,
    "answers" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "capture_form_version_pkey" PRIMARY KEY ("organization_id","form_id","version")
);

-- CreateTable
CREATE TABLE "spent_token" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_token_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "complaint" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "call_id" UUID,
    "text" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" JSONB,

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "confirmation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "consent_ids" UUID[],
    "means" TEXT NOT NULL,
    "email" TEXT,
    "is_asked" BOOLEAN NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "disowned_at" TIMESTAMPTZ(3),

    CONSTRAINT "confirmation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "consent_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "consent_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "type" "ConsentEventType" NOT NULL,
    "purposes" TEXT[],
    "channels" TEXT[],
    "elements" TEXT[],
    "is_written" BOOLEAN NOT NULL,
    "is_proven" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,
    "disclosure_id" UUID,
    "disclosure_version" INTEGER,
    "form_id" UUID,
    "form_version" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "consent_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "consent_event_id" UUID NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "contact" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT,
    "ordinal" SERIAL NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "locale" TEXT,
    "zone" TEXT,
    "address_region" TEXT,
    "called_party" TEXT NOT NULL DEFAULT 'individual',
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "contact_phone" (
    "organization_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "contact_ordinal" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "contact_phone_pkey" PRIMARY KEY ("organization_id","contact_id","phone_id")
);

-- CreateTable
CREATE TABLE "contact_count" (
    "organization_id" UUID NOT NULL,
    "counts" JSONB NOT NULL,
    "newest" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_count_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "terms" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("organization_id","id","version")
);

-- CreateTable
CREATE TABLE "disclosure_draft" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "disclosure_draft_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" BYTEA NOT NULL,
    "old_secret" BYTEA,
    "old_secret_until" TIMESTAMPTZ(3),
    "every_minutes" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "pulled_at" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempted_at" TIMESTAMPTZ(3),
    "heard_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "import" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "mapping" JSONB NOT NULL,
    "is_dry_run" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "import_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "inbound_source" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_source_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "inbound_message" (
    "organization_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_message_pkey" PRIMARY KEY ("organization_id","provider","external_id")
);

-- CreateTable
CREATE TABLE "refusal_question" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID,
    "channel" TEXT NOT NULL,
    "mailbox" TEXT,
    "is_automatic" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "pattern" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "refusal_question_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "disposition" (
    "organization_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reading" TEXT NOT NULL,

    CONSTRAINT "disposition_pkey" PRIMARY KEY ("organization_id","system","code")
);

-- CreateTable
CREATE TABLE "member" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "has_first_password" BOOLEAN NOT NULL DEFAULT false,
    "role" "Role" NOT NULL,
    "seller_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "locale" TEXT NOT NULL DEFAULT 'en',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "theme" TEXT NOT NULL DEFAULT 'auto',
    "has_single_keys" BOOLEAN NOT NULL DEFAULT true,
    "signed_in_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "session" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "subject" CHAR(64) NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "offer" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "offer_version" (
    "organization_id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "eligibility_id" UUID,
    "priority" INTEGER NOT NULL,
    "scripts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "offer_version_pkey" PRIMARY KEY ("organization_id","offer_id","number")
);

-- CreateTable
CREATE TABLE "opt_out" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "scope" "OptOutScope" NOT NULL,
    "seller_id" UUID,
    "purpose" TEXT,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "reference" TEXT NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "opt_out_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "opt_out_note" (
    "organization_id" UUID NOT NULL,
    "opt_out_id" UUID NOT NULL,
    "text" TEXT,
    "recording" TEXT,

    CONSTRAINT "opt_out_note_pkey" PRIMARY KEY ("organization_id","opt_out_id")
);

-- CreateTable
CREATE TABLE "opt_out_correction" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "opt_out_id" UUID NOT NULL,
    "replacement_id" UUID,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "opt_out_correction_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "opt_out_correction_reason" (
    "organization_id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "opt_out_correction_reason_pkey" PRIMARY KEY ("organization_id","correction_id")
);

-- CreateTable
CREATE TABLE "opt_out_correction_answer" (
    "organization_id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "opt_out_id" UUID NOT NULL,
    "is_accepted" BOOLEAN NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "opt_out_correction_answer_pkey" PRIMARY KEY ("organization_id","correction_id")
);

-- CreateTable
CREATE TABLE "opt_out_queue" (
    "organization_id" UUID NOT NULL,
    "opt_out_id" UUID NOT NULL,
    "change" TEXT NOT NULL,

    CONSTRAINT "opt_out_queue_pkey" PRIMARY KEY ("organization_id","opt_out_id","change")
);

-- CreateTable
CREATE TABLE "opt_out_change" (
    "organization_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "opt_out_id" UUID NOT NULL,
    "change" TEXT NOT NULL,

    CONSTRAINT "opt_out_change_pkey" PRIMARY KEY ("organization_id","position")
);

-- CreateTable
CREATE TABLE "misread_opt_out" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "input" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "discarded_at" TIMESTAMPTZ(3),
    "discard_reason" TEXT,
    "discarded_by" JSONB,

    CONSTRAINT "misread_opt_out_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "receipt_mail" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT,
    "mailbox_key" BYTEA NOT NULL,
    "opt_out_ids" UUID[],
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "receipt_mail_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "home_region" CHAR(2) NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "readings" JSONB,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "dialer" TEXT NOT NULL DEFAULT 'live_agent',
    "hours" JSONB,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_code" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_code_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "phone" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "e164" TEXT,
    "phone_key" BYTEA,
    "line_type" TEXT,
    "line_type_at" TIMESTAMPTZ(3),

    CONSTRAINT "phone_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "purpose" (
    "organization_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "purpose_pkey" PRIMARY KEY ("organization_id","key")
);

-- CreateTable
CREATE TABLE "reassigned_query" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "numbers" INTEGER NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "reassigned_query_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reassigned_question" (
    "organization_id" UUID NOT NULL,
    "query_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "consent_date" DATE NOT NULL,

    CONSTRAINT "reassigned_question_pkey" PRIMARY KEY ("organization_id","query_id","phone_id")
);

-- CreateTable
CREATE TABLE "reassigned_answer" (
    "organization_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "query_id" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "consent_date" DATE NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reassigned_answer_pkey" PRIMARY KEY ("organization_id","phone_id","id")
);

-- CreateTable
CREATE TABLE "line_lookup" (
    "organization_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "line_type" TEXT NOT NULL,
    "looked_up_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "line_lookup_pkey" PRIMARY KEY ("organization_id","phone_id","id")
);

-- CreateTable
CREATE TABLE "registry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "format" JSONB NOT NULL,
    "source" JSONB NOT NULL,
    "secret" BYTEA,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "max_age_days" INTEGER NOT NULL,
    "max_shrink_share" DOUBLE PRECISION NOT NULL DEFAULT 0.02,
    "edition" INTEGER NOT NULL DEFAULT 0,
    "listed" BIGINT NOT NULL DEFAULT 0,
    "areas" JSONB NOT NULL DEFAULT '{}',
    "verified_at" TIMESTAMPTZ(3),
    "validators" JSONB,
    "schedule" JSONB,
    "balance" JSONB,
    "swept_at" TIMESTAMPTZ(3),

    CONSTRAINT "registry_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "registry_edition" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER,
    "status" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "lines" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "listed" BIGINT NOT NULL,
    "added" BIGINT NOT NULL,
    "removed" BIGINT NOT NULL,
    "published_on" DATE,
    "changed_until" TIMESTAMPTZ(3),
    "areas" JSONB NOT NULL DEFAULT '{}',
    "content_read_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "fault" JSONB,
    "settled_by" JSONB,
    "settled_at" TIMESTAMPTZ(3),
    "settled_why" TEXT,

    CONSTRAINT "registry_edition_pkey" PRIMARY KEY ("organization_id","registry_id","id")
);

-- CreateTable
CREATE TABLE "registry_block" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "block" BIGINT NOT NULL,
    "bits" BYTEA NOT NULL,

    CONSTRAINT "registry_block_pkey" PRIMARY KEY ("organization_id","registry_id","block")
);

-- CreateTable
CREATE TABLE "registry_change" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "block" BIGINT NOT NULL,
    "lines" BYTEA NOT NULL,

    CONSTRAINT "registry_change_pkey" PRIMARY KEY ("organization_id","registry_id","block","edition")
);

-- CreateTable
CREATE TABLE "registry_alert" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "registry_alert_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "registry_fetch" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "request" TEXT,
    "files" JSONB NOT NULL DEFAULT '[]',
    "came_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_fetch_pkey" PRIMARY KEY ("organization_id","registry_id","id")
);

-- CreateTable
CREATE TABLE "registry_ask" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_ids" UUID[],
    "status" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_ask_pkey" PRIMARY KEY ("organization_id","registry_id","id")
);

-- CreateTable
CREATE TABLE "registry_answer" (
    "organization_id" UUID NOT NULL,
    "registry_id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "ask_id" UUID NOT NULL,
    "said" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_answer_pkey" PRIMARY KEY ("organization_id","registry_id","phone_id")
);

-- CreateTable
CREATE TABLE "relevance_model" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "trained_at" TIMESTAMPTZ(3) NOT NULL,
    "outcomes" INTEGER NOT NULL,
    "standing" TEXT NOT NULL,
    "model" JSONB,
    "evaluation" JSONB,
    "trade_offs" JSONB NOT NULL,

    CONSTRAINT "relevance_model_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "relevance_threshold" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "offer_id" UUID,
    "is_of_all" BOOLEAN NOT NULL DEFAULT false,
    "threshold" DOUBLE PRECISION,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "relevance_threshold_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "rule_override" (
    "organization_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_override_pkey" PRIMARY KEY ("organization_id","rule_id")
);

-- CreateTable
CREATE TABLE "emergency" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "member_id" UUID NOT NULL,

    CONSTRAINT "emergency_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "run" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "job" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'queued',
    "worker" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB,
    "outcome" JSONB,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "screening" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID,
    "seller_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "dialer" TEXT NOT NULL,
    "campaign" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "refusals" JSONB NOT NULL,
    "warnings" JSONB NOT NULL,
    "checked" JSONB NOT NULL,
    "permit_until" TIMESTAMPTZ(3),
    "actor" JSONB NOT NULL,

    CONSTRAINT "screening_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "scrub" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "scrub_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "scrub_record" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "scrub_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL,
    "rows" BIGINT NOT NULL,
    "counts" JSONB NOT NULL,
    "input_sha256" BYTEA NOT NULL,
    "result_sha256" BYTEA NOT NULL,
    "rows_root" BYTEA NOT NULL,
    "checked" JSONB NOT NULL,

    CONSTRAINT "scrub_record_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "segment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "size" INTEGER,
    "refreshed_at" TIMESTAMPTZ(3),
    "followed_at" TIMESTAMPTZ(3),
    "refreshed" INTEGER,
    "refreshed_with" JSONB,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "segment_version" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "rule" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "segment_version_pkey" PRIMARY KEY ("organization_id","segment_id","number")
);

-- CreateTable
CREATE TABLE "segment_block" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "block" INTEGER NOT NULL,
    "bits" BYTEA NOT NULL,

    CONSTRAINT "segment_block_pkey" PRIMARY KEY ("organization_id","segment_id","block")
);

-- CreateTable
CREATE TABLE "segment_touch" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ordinals" INTEGER[],

    CONSTRAINT "segment_touch_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "person_change" (
    "organization_id" UUID NOT NULL,
    "xact" BIGINT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "ordinals" INTEGER[],
    "phones" UUID[] DEFAULT ARRAY[]::UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_change_pkey" PRIMARY KEY ("organization_id","xact","id")
);

-- CreateTable
CREATE TABLE "segment_size" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "segment_size_pkey" PRIMARY KEY ("organization_id","segment_id","at")
);

-- CreateTable
CREATE TABLE "segment_waterfall" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "contacts" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "segment_waterfall_pkey" PRIMARY KEY ("organization_id","segment_id","seller_id","purpose")
);

-- CreateTable
CREATE TABLE "segment_place" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "block" INTEGER NOT NULL,
    "bits" BYTEA NOT NULL,

    CONSTRAINT "segment_place_pkey" PRIMARY KEY ("organization_id","segment_id","seller_id","purpose","place","block")
);

-- CreateTable
CREATE TABLE "segment_export" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "people" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "segment_export_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "seller" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "consent_policy" TEXT NOT NULL DEFAULT 'opt_in',

    CONSTRAINT "seller_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "used_permit" (
    "organization_id" UUID NOT NULL,
    "screening_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_permit_pkey" PRIMARY KEY ("organization_id","screening_id")
);

-- CreateTable
CREATE TABLE "violation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID,
    "campaign" TEXT,
    "span_from" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "causes" JSONB NOT NULL,
    "codes" TEXT[],
    "rank" INTEGER NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "owner_id" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "violation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "violation_step" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "violation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "violation_step_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "violation_note" (
    "organization_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "violation_note_pkey" PRIMARY KEY ("organization_id","step_id")
);

-- CreateIndex
CREATE INDEX "activity_organization_id_contact_ordinal_at_idx" ON "activity"("organization_id", "contact_ordinal", "at");

-- CreateIndex
CREATE INDEX "activity_recorded_at_idx" ON "activity" USING BRIN ("recorded_at");

-- CreateIndex
CREATE INDEX "preference_rollup_organization_id_topic_value_contact_ordin_idx" ON "preference_rollup"("organization_id", "topic", "value", "contact_ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_organization_id_secret_hash_key" ON "api_key"("organization_id", "secret_hash");

-- CreateIndex
CREATE INDEX "idempotent_answer_created_at_idx" ON "idempotent_answer"("created_at");

-- CreateIndex
CREATE INDEX "audit_entry_organization_id_at_idx" ON "audit_entry"("organization_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "blocked_edition_organization_id_number_key" ON "blocked_edition"("organization_id", "number");

-- CreateIndex
CREATE INDEX "call_organization_id_phone_id_at_idx" ON "call"("organization_id", "phone_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "call_organization_id_external_id_key" ON "call"("organization_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_organization_id_key_key" ON "campaign"("organization_id", "key");

-- CreateIndex
CREATE INDEX "campaign_step_organization_id_campaign_id_idx" ON "campaign_step"("organization_id", "campaign_id");

-- CreateIndex
CREATE INDEX "campaign_hand_over_organization_id_campaign_id_at_idx" ON "campaign_hand_over"("organization_id", "campaign_id", "at");

-- CreateIndex
CREATE INDEX "handed_phone_organization_id_hand_over_id_contact_ordinal_idx" ON "handed_phone"("organization_id", "hand_over_id", "contact_ordinal");

-- CreateIndex
CREATE INDEX "spent_token_expires_at_idx" ON "spent_token"("expires_at");

-- CreateIndex
CREATE INDEX "complaint_organization_id_phone_id_received_at_idx" ON "complaint"("organization_id", "phone_id", "received_at");

-- CreateIndex
CREATE INDEX "confirmation_organization_id_phone_id_created_at_idx" ON "confirmation"("organization_id", "phone_id", "created_at");

-- CreateIndex
CREATE INDEX "confirmation_organization_id_form_id_created_at_idx" ON "confirmation"("organization_id", "form_id", "created_at");

-- CreateIndex
CREATE INDEX "consent_event_organization_id_consent_id_idx" ON "consent_event"("organization_id", "consent_id");

-- CreateIndex
CREATE INDEX "consent_event_organization_id_recorded_at_idx" ON "consent_event"("organization_id", "recorded_at");

-- CreateIndex
CREATE INDEX "consent_event_organization_id_valid_until_idx" ON "consent_event"("organization_id", "valid_until");

-- CreateIndex
CREATE INDEX "evidence_organization_id_consent_event_id_idx" ON "evidence"("organization_id", "consent_event_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_organization_id_external_id_key" ON "contact"("organization_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_organization_id_ordinal_key" ON "contact"("organization_id", "ordinal");

-- CreateIndex
CREATE INDEX "contact_phone_organization_id_phone_id_idx" ON "contact_phone"("organization_id", "phone_id");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_organization_id_name_key" ON "endpoint"("organization_id", "name");

-- CreateIndex
CREATE INDEX "delivery_organization_id_endpoint_id_status_due_at_idx" ON "delivery"("organization_id", "endpoint_id", "status", "due_at");

-- CreateIndex
CREATE INDEX "delivery_organization_id_subject_id_idx" ON "delivery"("organization_id", "subject_id");

-- CreateIndex
CREATE INDEX "import_organization_id_digest_idx" ON "import"("organization_id", "digest");

-- CreateIndex
CREATE INDEX "inbound_source_provider_account_idx" ON "inbound_source"("provider", "account");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_source_organization_id_provider_account_key" ON "inbound_source"("organization_id", "provider", "account");

-- CreateIndex
CREATE INDEX "member_email_idx" ON "member"("email");

-- CreateIndex
CREATE INDEX "session_organization_id_member_id_idx" ON "session"("organization_id", "member_id");

-- CreateIndex
CREATE INDEX "sign_in_attempt_until_idx" ON "sign_in_attempt"("until");

-- CreateIndex
CREATE UNIQUE INDEX "offer_organization_id_name_key" ON "offer"("organization_id", "name");

-- CreateIndex
CREATE INDEX "opt_out_organization_id_phone_id_idx" ON "opt_out"("organization_id", "phone_id");

-- CreateIndex
CREATE INDEX "opt_out_organization_id_recorded_at_idx" ON "opt_out"("organization_id", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "opt_out_organization_id_reference_key" ON "opt_out"("organization_id", "reference");

-- CreateIndex
CREATE INDEX "opt_out_correction_organization_id_opt_out_id_idx" ON "opt_out_correction"("organization_id", "opt_out_id");

-- CreateIndex
CREATE INDEX "opt_out_change_organization_id_opt_out_id_idx" ON "opt_out_change"("organization_id", "opt_out_id");

-- CreateIndex
CREATE INDEX "receipt_mail_organization_id_mailbox_key_created_at_idx" ON "receipt_mail"("organization_id", "mailbox_key", "created_at");

-- CreateIndex
CREATE INDEX "person_code_organization_id_phone_id_created_at_idx" ON "person_code"("organization_id", "phone_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "phone_organization_id_e164_key" ON "phone"("organization_id", "e164");

-- CreateIndex
CREATE UNIQUE INDEX "phone_organization_id_phone_key_key" ON "phone"("organization_id", "phone_key");

-- CreateIndex
CREATE UNIQUE INDEX "registry_organization_id_code_key" ON "registry"("organization_id", "code");

-- CreateIndex
CREATE INDEX "registry_edition_organization_id_registry_id_sha256_idx" ON "registry_edition"("organization_id", "registry_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "registry_edition_organization_id_registry_id_number_key" ON "registry_edition"("organization_id", "registry_id", "number");

-- CreateIndex
CREATE INDEX "registry_alert_organization_id_registry_id_idx" ON "registry_alert"("organization_id", "registry_id");

-- CreateIndex
CREATE INDEX "relevance_model_organization_id_trained_at_idx" ON "relevance_model"("organization_id", "trained_at");

-- CreateIndex
CREATE INDEX "relevance_threshold_organization_id_set_at_idx" ON "relevance_threshold"("organization_id", "set_at");

-- CreateIndex
CREATE INDEX "run_organization_id_subject_id_idx" ON "run"("organization_id", "subject_id");

-- CreateIndex
CREATE INDEX "screening_organization_id_phone_id_idx" ON "screening"("organization_id", "phone_id");

-- CreateIndex
CREATE INDEX "screening_organization_id_at_idx" ON "screening"("organization_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "scrub_record_organization_id_scrub_id_key" ON "scrub_record"("organization_id", "scrub_id");

-- CreateIndex
CREATE UNIQUE INDEX "segment_organization_id_name_key" ON "segment"("organization_id", "name");

-- CreateIndex
CREATE INDEX "person_change_at_idx" ON "person_change" USING BRIN ("at");

-- CreateIndex
CREATE UNIQUE INDEX "seller_organization_id_key_key" ON "seller"("organization_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "suppression_organization_id_phone_id_reason_at_key" ON "suppression"("organization_id", "phone_id", "reason", "at");

-- CreateIndex
CREATE INDEX "used_permit_expires_at_idx" ON "used_permit"("expires_at");

-- CreateIndex
CREATE INDEX "violation_organization_id_rank_id_idx" ON "violation"("organization_id", "rank", "id");

-- CreateIndex
CREATE UNIQUE INDEX "violation_organization_id_call_id_key" ON "violation"("organization_id", "call_id");

-- CreateIndex
CREATE UNIQUE INDEX "violation_organization_id_campaign_span_from_key" ON "violation"("organization_id", "campaign", "span_from");

-- CreateIndex
CREATE INDEX "violation_step_organization_id_violation_id_idx" ON "violation_step"("organization_id", "violation_id");

-- AddForeignKey
ALTER TABLE "activity_type" ADD CONSTRAINT "activity_type_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_organization_id_contact_ordinal_fkey" FOREIGN KEY ("organization_id", "contact_ordinal") REFERENCES "contact"("organization_id", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotent_answer" ADD CONSTRAINT "idempotent_answer_organization_id_api_key_id_fkey" FOREIGN KEY ("organization_id", "api_key_id") REFERENCES "api_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blocked_list" ADD CONSTRAINT "blocked_list_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_queue" ADD CONSTRAINT "call_queue_organization_id_call_id_fkey" FOREIGN KEY ("organization_id", "call_id") REFERENCES "call"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calls_again" ADD CONSTRAINT "calls_again_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_offer" ADD CONSTRAINT "campaign_offer_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaign"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_offer" ADD CONSTRAINT "campaign_offer_organization_id_offer_id_fkey" FOREIGN KEY ("organization_id", "offer_id") REFERENCES "offer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_step" ADD CONSTRAINT "campaign_step_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaign"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_note" ADD CONSTRAINT "campaign_note_organization_id_step_id_fkey" FOREIGN KEY ("organization_id", "step_id") REFERENCES "campaign_step"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_hand_over" ADD CONSTRAINT "campaign_hand_over_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaign"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handed_phone" ADD CONSTRAINT "handed_phone_organization_id_hand_over_id_fkey" FOREIGN KEY ("organization_id", "hand_over_id") REFERENCES "campaign_hand_over"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaign"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_organization_id_offer_id_offer_version_fkey" FOREIGN KEY ("organization_id", "offer_id", "offer_version") REFERENCES "offer_version"("organization_id", "offer_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capture_form" ADD CONSTRAINT "capture_form_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capture_form_version" ADD CONSTRAINT "capture_form_version_organization_id_form_id_fkey" FOREIGN KEY ("organization_id", "form_id") REFERENCES "capture_form"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_organization_id_call_id_fkey" FOREIGN KEY ("organization_id", "call_id") REFERENCES "call"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "confirmation" ADD CONSTRAINT "confirmation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "confirmation" ADD CONSTRAINT "confirmation_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_organization_id_disclosure_id_disclosure_ver_fkey" FOREIGN KEY ("organization_id", "disclosure_id", "disclosure_version") REFERENCES "disclosure"("organization_id", "id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_organization_id_form_id_form_version_fkey" FOREIGN KEY ("organization_id", "form_id", "form_version") REFERENCES "capture_form_version"("organization_id", "form_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_organization_id_consent_event_id_fkey" FOREIGN KEY ("organization_id", "consent_event_id") REFERENCES "consent_event"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_phone" ADD CONSTRAINT "contact_phone_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contact"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_phone" ADD CONSTRAINT "contact_phone_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_count" ADD CONSTRAINT "contact_count_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure_draft" ADD CONSTRAINT "disclosure_draft_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_organization_id_endpoint_id_fkey" FOREIGN KEY ("organization_id", "endpoint_id") REFERENCES "endpoint"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_source" ADD CONSTRAINT "inbound_source_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_message" ADD CONSTRAINT "inbound_message_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refusal_question" ADD CONSTRAINT "refusal_question_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refusal_question" ADD CONSTRAINT "refusal_question_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disposition" ADD CONSTRAINT "disposition_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_version" ADD CONSTRAINT "offer_version_organization_id_offer_id_fkey" FOREIGN KEY ("organization_id", "offer_id") REFERENCES "offer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out" ADD CONSTRAINT "opt_out_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out" ADD CONSTRAINT "opt_out_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_note" ADD CONSTRAINT "opt_out_note_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_correction" ADD CONSTRAINT "opt_out_correction_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_correction" ADD CONSTRAINT "opt_out_correction_organization_id_replacement_id_fkey" FOREIGN KEY ("organization_id", "replacement_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_correction_reason" ADD CONSTRAINT "opt_out_correction_reason_organization_id_correction_id_fkey" FOREIGN KEY ("organization_id", "correction_id") REFERENCES "opt_out_correction"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_correction_answer" ADD CONSTRAINT "opt_out_correction_answer_organization_id_correction_id_fkey" FOREIGN KEY ("organization_id", "correction_id") REFERENCES "opt_out_correction"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_correction_answer" ADD CONSTRAINT "opt_out_correction_answer_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_queue" ADD CONSTRAINT "opt_out_queue_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_change" ADD CONSTRAINT "opt_out_change_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opt_out_change" ADD CONSTRAINT "opt_out_change_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "misread_opt_out" ADD CONSTRAINT "misread_opt_out_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt_mail" ADD CONSTRAINT "receipt_mail_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_code" ADD CONSTRAINT "person_code_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_code" ADD CONSTRAINT "person_code_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purpose" ADD CONSTRAINT "purpose_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassigned_query" ADD CONSTRAINT "reassigned_query_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassigned_question" ADD CONSTRAINT "reassigned_question_organization_id_query_id_fkey" FOREIGN KEY ("organization_id", "query_id") REFERENCES "reassigned_query"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassigned_question" ADD CONSTRAINT "reassigned_question_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassigned_answer" ADD CONSTRAINT "reassigned_answer_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassigned_answer" ADD CONSTRAINT "reassigned_answer_organization_id_query_id_fkey" FOREIGN KEY ("organization_id", "query_id") REFERENCES "reassigned_query"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_lookup" ADD CONSTRAINT "line_lookup_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry" ADD CONSTRAINT "registry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_edition" ADD CONSTRAINT "registry_edition_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_alert" ADD CONSTRAINT "registry_alert_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_fetch" ADD CONSTRAINT "registry_fetch_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_ask" ADD CONSTRAINT "registry_ask_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_answer" ADD CONSTRAINT "registry_answer_organization_id_registry_id_fkey" FOREIGN KEY ("organization_id", "registry_id") REFERENCES "registry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_answer" ADD CONSTRAINT "registry_answer_organization_id_registry_id_ask_id_fkey" FOREIGN KEY ("organization_id", "registry_id", "ask_id") REFERENCES "registry_ask"("organization_id", "registry_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relevance_model" ADD CONSTRAINT "relevance_model_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relevance_threshold" ADD CONSTRAINT "relevance_threshold_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relevance_threshold" ADD CONSTRAINT "relevance_threshold_organization_id_offer_id_fkey" FOREIGN KEY ("organization_id", "offer_id") REFERENCES "offer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_override" ADD CONSTRAINT "rule_override_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency" ADD CONSTRAINT "emergency_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scrub" ADD CONSTRAINT "scrub_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scrub_record" ADD CONSTRAINT "scrub_record_organization_id_scrub_id_fkey" FOREIGN KEY ("organization_id", "scrub_id") REFERENCES "scrub"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment" ADD CONSTRAINT "segment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_version" ADD CONSTRAINT "segment_version_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_waterfall" ADD CONSTRAINT "segment_waterfall_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_export" ADD CONSTRAINT "segment_export_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seller" ADD CONSTRAINT "seller_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation" ADD CONSTRAINT "violation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation" ADD CONSTRAINT "violation_organization_id_call_id_fkey" FOREIGN KEY ("organization_id", "call_id") REFERENCES "call"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation_step" ADD CONSTRAINT "violation_step_organization_id_violation_id_fkey" FOREIGN KEY ("organization_id", "violation_id") REFERENCES "violation"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation_note" ADD CONSTRAINT "violation_note_organization_id_step_id_fkey" FOREIGN KEY ("organization_id", "step_id") REFERENCES "violation_step"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



