-- Public keys with which the requests of an API key are verified, and the nonces of signed requests, which may not be
-- used again by any process. See decision 66.
ALTER TABLE "api_key" ADD COLUMN "signed_since" TIMESTAMPTZ(3);

CREATE TABLE "api_key_public_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "x" TEXT NOT NULL,
    "thumbprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_public_key_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "signature_nonce" (
    "organization_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "nonce_hash" BYTEA NOT NULL,
    "signed_at" TIMESTAMPTZ(0) NOT NULL,

    CONSTRAINT "signature_nonce_pkey" PRIMARY KEY ("organization_id","api_key_id","nonce_hash")
);

CREATE INDEX "api_key_public_key_organization_id_api_key_id_idx" ON "api_key_public_key"("organization_id", "api_key_id");

CREATE INDEX "signature_nonce_signed_at_idx" ON "signature_nonce"("signed_at");

ALTER TABLE "api_key_public_key" ADD CONSTRAINT "api_key_public_key_organization_id_api_key_id_fkey" FOREIGN KEY ("organization_id", "api_key_id") REFERENCES "api_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "signature_nonce" ADD CONSTRAINT "signature_nonce_organization_id_api_key_id_fkey" FOREIGN KEY ("organization_id", "api_key_id") REFERENCES "api_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A public key is registered once and only ends: what it verified stays verifiable.
CREATE TRIGGER kept BEFORE DELETE OR UPDATE OF organization_id, id, api_key_id, x, thumbprint, created_at
  ON api_key_public_key FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "api_key_public_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "api_key_public_key" USING (organization_id = (SELECT scope.organization()));
ALTER TABLE "signature_nonce" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "signature_nonce" USING (organization_id = (SELECT scope.organization()));
