-- The overview of an organization: how many contacts a seller may call and why not the others, consents by source and
-- strength, and opt-outs after calls. Counting takes too long for a page, so a worker counts every hour (decision 70).
CREATE TABLE "overview_count" (
    "organization_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "overview_count_pkey" PRIMARY KEY ("organization_id","seller_id","day")
);

CREATE TABLE "overview_block" (
    "organization_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "block" INTEGER NOT NULL,
    "bits" BYTEA NOT NULL,

    CONSTRAINT "overview_block_pkey" PRIMARY KEY ("organization_id","seller_id","step","block")
);

-- The violations of a span, for the same page.
CREATE INDEX "violation_organization_id_at_idx" ON "violation"("organization_id", "at");

-- Rows of another organization do not exist for a transaction (0330_row_level_security).
DO $$
BEGIN
  IF to_regnamespace('scope') IS NOT NULL THEN
    ALTER TABLE "overview_count" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY of_organization ON "overview_count" USING (organization_id = (SELECT scope.organization()));
    ALTER TABLE "overview_block" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY of_organization ON "overview_block" USING (organization_id = (SELECT scope.organization()));
  END IF;
END $$;
