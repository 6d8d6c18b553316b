-- Officers of an organization accept changes of the law that are not provably stricter: one proposes, another
-- accepts. Rows are only added.
CREATE TABLE "law_acceptance" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "parts" TEXT[] NOT NULL,
    "changes" TEXT[] NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "law_acceptance_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "law_acceptance" ADD CONSTRAINT "law_acceptance_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "law_acceptance_answer" (
    "organization_id" UUID NOT NULL,
    "acceptance_id" UUID NOT NULL,
    "is_accepted" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "law_acceptance_answer_pkey" PRIMARY KEY ("organization_id","acceptance_id")
);
ALTER TABLE "law_acceptance_answer" ADD CONSTRAINT "law_acceptance_answer_organization_id_acceptance_id_fkey" FOREIGN KEY ("organization_id", "acceptance_id") REFERENCES "law_acceptance"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Nobody loosens the law alone, whatever our code says.
CREATE FUNCTION refuse_own_law_acceptance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM law_acceptance
    WHERE organization_id = NEW.organization_id AND id = NEW.acceptance_id
      AND proposed_by = NEW.answered_by
  ) THEN RAISE EXCEPTION 'a change of the law is accepted by another than who proposed it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_officers BEFORE INSERT ON "law_acceptance_answer"
  FOR EACH ROW WHEN (NEW."is_accepted") EXECUTE FUNCTION refuse_own_law_acceptance();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "law_acceptance"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "law_acceptance"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "law_acceptance_answer"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "law_acceptance_answer"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
