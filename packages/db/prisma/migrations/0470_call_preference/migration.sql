-- When and how a person takes calls, as they chose it on `/my`. Screening reads it with all other facts, and it can only
-- refuse a call.
-- CreateTable
CREATE TABLE "call_preference" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "days" TEXT[],
    "opens_at" TEXT NOT NULL,
    "closes_at" TEXT NOT NULL,
    "refused_dialers" TEXT[],
    "actor" JSONB NOT NULL,
    "mac" BYTEA,

    CONSTRAINT "call_preference_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "call_preference_organization_id_phone_id_at_idx" ON "call_preference"("organization_id", "phone_id", "at");

-- AddForeignKey
ALTER TABLE "call_preference" ADD CONSTRAINT "call_preference_organization_id_phone_id_fkey" FOREIGN KEY ("organization_id", "phone_id") REFERENCES "phone"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A row that screening could not read would refuse every call to its phone.
ALTER TABLE "call_preference"
  ADD CHECK ("days" <@ ARRAY['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] AND cardinality("days") > 0),
  ADD CHECK ("opens_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD CHECK ("closes_at" ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' AND "closes_at" COLLATE "C" > "opens_at" COLLATE "C"),
  ADD CHECK ("refused_dialers" <@ ARRAY['predictive', 'prerecorded', 'ai_voice'] AND "refused_dialers" IS NOT NULL);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "call_preference"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "call_preference"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "call_preference" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "call_preference" USING (organization_id = (SELECT scope.organization()));
