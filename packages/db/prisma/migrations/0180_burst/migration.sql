CREATE TABLE "anonymous_refusal" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "opt_out_id" UUID,
    "is_new" BOOLEAN NOT NULL,
    "address_key" BYTEA NOT NULL,
    "has_proof" BOOLEAN NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "anonymous_refusal_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "anonymous_refusal_organization_id_address_key_received_at_idx" ON "anonymous_refusal"("organization_id", "address_key", "received_at");
CREATE INDEX "anonymous_refusal_organization_id_received_at_idx" ON "anonymous_refusal"("organization_id", "received_at");
CREATE INDEX "anonymous_refusal_organization_id_opt_out_id_idx" ON "anonymous_refusal"("organization_id", "opt_out_id");
ALTER TABLE "anonymous_refusal" ADD CONSTRAINT "anonymous_refusal_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "anonymous_refusal" ADD CONSTRAINT "anonymous_refusal_organization_id_opt_out_id_fkey" FOREIGN KEY ("organization_id", "opt_out_id") REFERENCES "opt_out"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "refusal_burst" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "address_key" BYTEA,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),
    "dismissed_by" JSONB,

    CONSTRAINT "refusal_burst_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "refusal_burst_organization_id_address_key_last_at_idx" ON "refusal_burst"("organization_id", "address_key", "last_at");
ALTER TABLE "refusal_burst" ADD CONSTRAINT "refusal_burst_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "burst_refusal" (
    "organization_id" UUID NOT NULL,
    "refusal_id" UUID NOT NULL,
    "burst_id" UUID NOT NULL,

    CONSTRAINT "burst_refusal_pkey" PRIMARY KEY ("organization_id","refusal_id")
);
CREATE INDEX "burst_refusal_organization_id_burst_id_refusal_id_idx" ON "burst_refusal"("organization_id", "burst_id", "refusal_id");
ALTER TABLE "burst_refusal" ADD CONSTRAINT "burst_refusal_organization_id_refusal_id_fkey" FOREIGN KEY ("organization_id", "refusal_id") REFERENCES "anonymous_refusal"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "burst_refusal" ADD CONSTRAINT "burst_refusal_organization_id_burst_id_fkey" FOREIGN KEY ("organization_id", "burst_id") REFERENCES "refusal_burst"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "burst_lifting" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "burst_id" UUID NOT NULL,
    "includes_proof" BOOLEAN NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "burst_lifting_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "burst_lifting_organization_id_burst_id_idx" ON "burst_lifting"("organization_id", "burst_id");
ALTER TABLE "burst_lifting" ADD CONSTRAINT "burst_lifting_organization_id_burst_id_fkey" FOREIGN KEY ("organization_id", "burst_id") REFERENCES "refusal_burst"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "burst_lifting_reason" (
    "organization_id" UUID NOT NULL,
    "lifting_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "burst_lifting_reason_pkey" PRIMARY KEY ("organization_id","lifting_id")
);
ALTER TABLE "burst_lifting_reason" ADD CONSTRAINT "burst_lifting_reason_organization_id_lifting_id_fkey" FOREIGN KEY ("organization_id", "lifting_id") REFERENCES "burst_lifting"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "burst_lifting_answer" (
    "organization_id" UUID NOT NULL,
    "lifting_id" UUID NOT NULL,
    "is_accepted" BOOLEAN NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "burst_lifting_answer_pkey" PRIMARY KEY ("organization_id","lifting_id")
);
ALTER TABLE "burst_lifting_answer" ADD CONSTRAINT "burst_lifting_answer_organization_id_lifting_id_fkey" FOREIGN KEY ("organization_id", "lifting_id") REFERENCES "burst_lifting"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "used_challenge" (
    "organization_id" UUID NOT NULL,
    "challenge" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_challenge_pkey" PRIMARY KEY ("organization_id","challenge")
);
CREATE INDEX "used_challenge_expires_at_idx" ON "used_challenge"("expires_at");

DO $$
DECLARE guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['anonymous_refusal', 'burst_refusal', 'burst_lifting',
    'burst_lifting_answer'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END $$;

-- Nobody lifts a burst alone, whatever our code says: who asks for it does not accept it.
CREATE FUNCTION refuse_own_lifting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM burst_lifting AS asked
    WHERE asked.organization_id = NEW.organization_id AND asked.id = NEW.lifting_id
      AND asked.actor = NEW.actor
  ) THEN RAISE EXCEPTION 'the lifting of a burst is accepted by another than who asked for it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_officers BEFORE INSERT ON burst_lifting_answer
  FOR EACH ROW WHEN (NEW.is_accepted) EXECUTE FUNCTION refuse_own_lifting();
