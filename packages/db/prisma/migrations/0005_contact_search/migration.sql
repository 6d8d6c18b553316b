-- A part of a name finds a person among millions. pg_trgm is a trusted extension: whoever owns the
-- database may create it. Partial, so that the schema need not describe it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX contact_name_trigrams ON contact USING gin (name gin_trgm_ops) WHERE name IS NOT NULL;
