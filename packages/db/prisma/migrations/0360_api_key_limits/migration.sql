-- When a key expires, and from where it may be used. `inet` holds addresses and networks, and compares them.
ALTER TABLE "api_key" ADD COLUMN "expires_at" TIMESTAMPTZ(3), ADD COLUMN "allowed_addresses" INET[] DEFAULT ARRAY[]::INET[];
