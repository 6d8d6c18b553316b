-- Which keys this installation works with: a value by which each generation of each key is known again.
-- The keys themselves are files apart from the database.
CREATE TABLE "installation_key" (
    "name" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "check_value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "installation_key_pkey" PRIMARY KEY ("name","generation")
);
ALTER TABLE "installation_key" ADD CHECK ("name" IN ('master', 'vault', 'permit', 'statement'));
ALTER TABLE "installation_key" ADD CHECK ("generation" > 0);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "installation_key"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "installation_key"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Up to which generation of the master key the hashes of erased numbers are chained: who looks one up in
-- the same statement knows whether the hash that they look for is of that generation. In PL/pgSQL, which
-- keeps its plan for the session: every screening asks.
CREATE FUNCTION phone_key_generation() RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT coalesce(max(generation), 1) FROM installation_key WHERE name = 'master');
END $$;
