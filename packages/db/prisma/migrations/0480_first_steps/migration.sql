-- Whether Today shows a member the first steps of a new organization. They put the list away and bring it back themselves.
ALTER TABLE "member" ADD COLUMN "has_first_steps" BOOLEAN NOT NULL DEFAULT true;
