-- Which permit a screening verified, by the screening that gave it: the marks of verified permits are deleted
-- soon after their call is on record, and a past screening tells what became of its permit.
ALTER TABLE "screening" ADD COLUMN "permit_id" UUID;
