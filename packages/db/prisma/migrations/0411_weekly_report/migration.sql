-- The weekly report by mail: who wants it, and the Monday of the last one that was sent.
ALTER TABLE "member" ADD COLUMN "has_weekly_report" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "last_report_week" DATE;
