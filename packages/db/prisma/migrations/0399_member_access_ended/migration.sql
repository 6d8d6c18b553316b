-- Since when the identity provider says that a member has none of the groups (decision 62). Their API keys do no more than
-- those of a removed member, until they sign in again.
ALTER TABLE "member" ADD COLUMN "access_ended_at" TIMESTAMPTZ(3);
