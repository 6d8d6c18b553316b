-- Members may sign in at their organization's identity provider (OpenID Connect), and their groups there decide what
-- they may do. See decision 62.

ALTER TABLE "session" ADD COLUMN "fresh_until" TIMESTAMPTZ(3);

CREATE TABLE "identity_provider" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret" BYTEA NOT NULL,
    "scopes" TEXT NOT NULL,
    "groups_claim" TEXT NOT NULL,
    "groups" JSONB NOT NULL,
    "is_required" BOOLEAN NOT NULL DEFAULT false,
    "emergency_owner_id" UUID,
    "changed_by_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_provider_pkey" PRIMARY KEY ("organization_id")
);

CREATE TABLE "provider_account" (
    "organization_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_account_pkey" PRIMARY KEY ("organization_id","issuer","subject")
);

CREATE TABLE "provider_session" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sid" TEXT,
    "tokens" BYTEA NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "reading_until" TIMESTAMPTZ(3),

    CONSTRAINT "provider_session_pkey" PRIMARY KEY ("organization_id","session_id")
);

CREATE TABLE "logout_token" (
    "organization_id" UUID NOT NULL,
    "id_hash" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "logout_token_pkey" PRIMARY KEY ("organization_id","id_hash")
);

CREATE INDEX "provider_account_organization_id_member_id_idx" ON "provider_account"("organization_id", "member_id");

CREATE INDEX "provider_session_organization_id_subject_idx" ON "provider_session"("organization_id", "subject");

CREATE INDEX "provider_session_organization_id_sid_idx" ON "provider_session"("organization_id", "sid");

CREATE INDEX "logout_token_expires_at_idx" ON "logout_token"("expires_at");

ALTER TABLE "identity_provider" ADD CONSTRAINT "identity_provider_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "provider_account" ADD CONSTRAINT "provider_account_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "provider_session" ADD CONSTRAINT "provider_session_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "session"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "identity_provider" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "identity_provider" USING (organization_id = (SELECT scope.organization()));

ALTER TABLE "provider_account" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "provider_account" USING (organization_id = (SELECT scope.organization()));

ALTER TABLE "provider_session" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "provider_session" USING (organization_id = (SELECT scope.organization()));

ALTER TABLE "logout_token" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "logout_token" USING (organization_id = (SELECT scope.organization()));
