CREATE TABLE "segment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "size" INTEGER,
    "refreshed_at" TIMESTAMPTZ(3),
    "refreshed" INTEGER,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "segment_version" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "rule" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,

    CONSTRAINT "segment_version_pkey" PRIMARY KEY ("organization_id","segment_id","number")
);

CREATE TABLE "segment_block" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "block" INTEGER NOT NULL,
    "bits" BYTEA NOT NULL,

    CONSTRAINT "segment_block_pkey" PRIMARY KEY ("organization_id","segment_id","block")
);

CREATE TABLE "segment_size" (
    "organization_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "segment_size_pkey" PRIMARY KEY ("organization_id","segment_id","at")
);

CREATE UNIQUE INDEX "segment_organization_id_name_key" ON "segment"("organization_id", "name");
ALTER TABLE "segment" ADD CONSTRAINT "segment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "segment_version" ADD CONSTRAINT "segment_version_organization_id_segment_id_fkey" FOREIGN KEY ("organization_id", "segment_id") REFERENCES "segment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON segment_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON segment_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON segment_size
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON segment_size
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 65,536 people, one bit each.
ALTER TABLE "segment_block" ADD CHECK (octet_length("bits") = 8192);
