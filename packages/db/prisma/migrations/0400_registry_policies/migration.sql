-- The lists of registries are guarded like every other table of an organization. They had no policy because COPY does
-- not work with one; they are inserted by statements now. See decision 61.
ALTER TABLE "registry_block" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "registry_block" USING ("organization_id" = (SELECT scope.organization()));

ALTER TABLE "registry_change" ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organization ON "registry_change" USING ("organization_id" = (SELECT scope.organization()));
