-- When a fetch from a publisher began, in plain words.
ALTER TABLE "registry_fetch" RENAME COLUMN "came_at" TO "started_at";
