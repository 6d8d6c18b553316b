-- Duties of the caller that an officer has confirmed, and confirmations that were taken back. Both are kept as they
-- were recorded.
CREATE TABLE "duty_confirmation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "campaign_id" UUID,
    "rule_id" TEXT NOT NULL,
    "rule_version" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "valid_until" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "duty_confirmation_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "duty_withdrawal" (
    "organization_id" UUID NOT NULL,
    "confirmation_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "duty_withdrawal_pkey" PRIMARY KEY ("organization_id","confirmation_id")
);

CREATE INDEX "duty_confirmation_organization_id_seller_id_idx" ON "duty_confirmation"("organization_id", "seller_id");

ALTER TABLE "duty_confirmation" ADD CONSTRAINT "duty_confirmation_organization_id_seller_id_fkey" FOREIGN KEY ("organization_id", "seller_id") REFERENCES "seller"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "duty_confirmation" ADD CONSTRAINT "duty_confirmation_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaign"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "duty_withdrawal" ADD CONSTRAINT "duty_withdrawal_organization_id_confirmation_id_fkey" FOREIGN KEY ("organization_id", "confirmation_id") REFERENCES "duty_confirmation"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "duty_confirmation" ADD CHECK ("rule_version" ~ '^[0-9a-f]{64}$');

DO $$
DECLARE
  append_only text;
BEGIN
  FOREACH append_only IN ARRAY ARRAY['duty_confirmation', 'duty_withdrawal'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', append_only);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', append_only);
  END LOOP;
END $$;
