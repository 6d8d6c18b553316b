-- A second factor, proved at sign-in and again before what a stolen session must not do (decision 63), and the history
-- of sign-ins. Sessions that are open now go on, and have to prove the factor or the password again.

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "second_factor_from" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "awaits_factor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "device" TEXT,
ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password',
ADD COLUMN     "network" TEXT,
ADD COLUMN     "places" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "proved_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sign_in" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "factor" TEXT,
    "network" TEXT,
    "device" TEXT,
    "is_new_network" BOOLEAN NOT NULL,

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "authenticator" (
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER,

    CONSTRAINT "authenticator_pkey" PRIMARY KEY ("organization_id","member_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "mac" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("organization_id","member_id","mac")
);

-- CreateIndex
CREATE INDEX "sign_in_organization_id_member_id_at_idx" ON "sign_in"("organization_id", "member_id", "at");

-- CreateIndex
CREATE INDEX "sign_in_at_idx" ON "sign_in"("at");

-- AddForeignKey
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rows of another organization do not exist for a transaction (0330_row_level_security), where it is set up already.
DO $$
DECLARE
  name text;
BEGIN
  IF to_regnamespace('scope') IS NOT NULL THEN
    FOREACH name IN ARRAY ARRAY['sign_in', 'authenticator', 'recovery_code'] LOOP
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('CREATE POLICY of_organization ON %I USING (organization_id = (SELECT scope.organization()))', name);
    END LOOP;
  END IF;
END $$;
