ALTER TABLE "blocked_list" ADD COLUMN "reason" TEXT;
