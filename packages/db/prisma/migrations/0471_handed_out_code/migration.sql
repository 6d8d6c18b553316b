-- Codes that a member hands to a person, read aloud or in a letter, for people without text messages. Such a code reads
-- and refuses; only one that was sent to the phone itself lifts what was refused.
ALTER TABLE "person_code"
  ADD COLUMN "means" TEXT NOT NULL DEFAULT 'sms',
  ADD COLUMN "handed_out_by" UUID;
ALTER TABLE "person_code"
  ADD CHECK ("means" IN ('sms', 'spoken', 'letter')),
  ADD CHECK (("means" = 'sms') = ("handed_out_by" IS NULL));

CREATE INDEX "person_code_organization_id_handed_out_by_created_at_idx" ON "person_code"("organization_id", "handed_out_by", "created_at");
