-- Keys with which members sign in without a password, and the challenges that they have answered (decision 63).

-- CreateTable
CREATE TABLE "passkey" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "passkey_challenge" (
    "challenge" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("challenge")
);

-- CreateIndex
CREATE INDEX "passkey_organization_id_member_id_idx" ON "passkey"("organization_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_organization_id_credential_id_key" ON "passkey"("organization_id", "credential_id");

-- CreateIndex
CREATE INDEX "passkey_challenge_until_idx" ON "passkey_challenge"("until");

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "passkey" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "passkey" USING (organization_id = (SELECT scope.organization()));
