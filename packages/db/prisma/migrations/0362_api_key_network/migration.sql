-- The networks from which keys were used, so that members see the last use and hear of a new network.
CREATE TABLE "api_key_network" (
    "organization_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "is_unexpected" BOOLEAN NOT NULL,
    "announced_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_network_pkey" PRIMARY KEY ("organization_id","api_key_id","network")
);
ALTER TABLE "api_key_network" ADD CONSTRAINT "api_key_network_organization_id_api_key_id_fkey" FOREIGN KEY ("organization_id", "api_key_id") REFERENCES "api_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "api_key_network" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "api_key_network" USING (organization_id = (SELECT scope.organization()));

-- When members were last mailed about new networks of the key.
ALTER TABLE "api_key" ADD COLUMN "alarmed_at" TIMESTAMPTZ(3);
