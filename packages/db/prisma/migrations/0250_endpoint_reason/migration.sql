ALTER TABLE "endpoint" ADD COLUMN "reason" TEXT;
