-- A choice about calls always names its days, and both lists are flat: the checks of 0470 let a missing list of days and
-- nested lists pass.
ALTER TABLE "call_preference"
  ALTER COLUMN "days" SET NOT NULL,
  ALTER COLUMN "refused_dialers" SET NOT NULL,
  ADD CHECK (array_ndims("days") = 1),
  -- An empty list has no dimension.
  ADD CHECK (array_ndims("refused_dialers") = 1 OR cardinality("refused_dialers") = 0);
